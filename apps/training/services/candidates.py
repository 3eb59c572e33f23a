"""Candidates: people who are to become one of a profile, named by their own manager or the personnel section."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.organization.models import User
from apps.training.models import Candidate, TalentProfile
from apps.training.selectors.people import people_visible_to

NAMED = declare_event("training.candidate.named", gettext_lazy("Named a candidate"))
WITHDRAWN = declare_event("training.candidate.withdrawn", gettext_lazy("Candidacy taken back"))


def name_candidate(*, person: User, profile: TalentProfile, by: Any, reason: str = "") -> Candidate:
    """The person is to become one of the profile. Naming somebody twice keeps the first day."""
    name_candidates(people=[person], profile=profile, by=by, reason=reason)
    return Candidate.objects.get(person=person, profile=profile)


def name_candidates(*, people: Collection[User], profile: TalentProfile, by: Any, reason: str = "") -> int:
    """All of these people at once, in one act; gives back how many were not candidates before."""
    _require_each(people, by)
    for person in people:
        check_works_here(person)
    check_in_use(profile)
    with act(NAMED, by=by, reason=reason):
        known = set(Candidate.objects.filter(profile=profile, person__in=people).values_list("person", flat=True))
        new = {person.pk: person for person in people if person.pk not in known}
        made = [Candidate(person=each, profile=profile, named_on=clock.today(), named_by=by) for each in new.values()]
        Candidate.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _require_each(people: Collection[User], by: Any) -> None:
    """Forbidden, where there is anybody among them whom this person may not name; one query for those who are right."""
    seen = set(people_visible_to(by).filter(pk__in=[person.pk for person in people]).values_list("pk", flat=True))
    for person in people:
        if person.pk not in seen:
            require(by, "training.name_candidate", person)
    if people:
        require(by, "training.name_candidate", next(iter(people)))


def withdraw_candidacy(*, candidacy: Candidate, by: Any, reason: str = "") -> None:
    """The person is a candidate no longer; the history keeps that it was one, and why it ended."""
    require(by, "training.withdraw_candidacy", candidacy.person)
    with act(WITHDRAWN, by=by, reason=reason):
        Candidate.objects.filter(pk=candidacy.pk).delete()


def check_works_here(person: User) -> None:
    """Unmet, where the person has left the city."""
    if not person.is_active:
        raise Unmet(_("%(person)s has left the city.") % {"person": person})


def check_in_use(profile: TalentProfile) -> None:
    """Unmet, where the profile is archived."""
    if profile.archived_at:
        raise Unmet(_("The talent profile “%(profile)s” is archived.") % {"profile": profile})
