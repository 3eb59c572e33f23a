"""Inviting people to a session: each gets a row in its roll, and is told."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.notices import tell_each
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.training.choices import EnrolmentState
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import is_to_come, reported_without_names
from apps.training.services.seats import begin_roll, lock_session, words_for

INVITED = declare_event("training.enrolment.invited", gettext_lazy("Invited to a session"))


def check_invitable(session: Session) -> None:
    """Unmet where there is nothing to invite people to."""
    if not is_to_come(session):
        raise Unmet(_("The session is over or called off."))
    if reported_without_names(session):
        raise Unmet(_("Whoever leads this session takes the enrolments elsewhere. Ask the lead unit."))


def invite_people(*, session: Session, people: Iterable[Any], by: Any) -> int:
    """Invites those who are not in the roll yet, whatever became of it there; how many these are.

    That number tells of people: only the personnel section may read it.
    """
    require(by, "training.invite_people", session)
    with transaction.atomic():
        locked = lock_session(session)
        check_invitable(locked)
        begin_roll(session=locked, by=by)
        known = set(Enrolment.objects.filter(session=locked).values_list("person", flat=True))
        new = [person for person in people if person.pk not in known]
        with act(INVITED, by=by):
            _invite(locked, new, by)
    return len(new)


def _invite(session: Session, people: list[Any], by: Any) -> None:
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            session=session,
            person=person,
            unit_id=person.unit_id,
            state=EnrolmentState.INVITED,
            invited_on=clock.today(),
        )
        for person in people
    )
    text = _("You are invited: %(session)s on %(day)s.") % words_for(session)
    tell_each([(row.person, row, text) for row in rows], event=INVITED, by=by)
