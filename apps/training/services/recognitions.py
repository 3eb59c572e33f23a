"""Recognitions: a person belongs to a profile from a day on, until a day, and uses it somewhere."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.notices import tell_each
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.organization.models import Unit, User
from apps.training.choices import RecognitionBasis
from apps.training.models import Course, Recognition, TalentProfile
from apps.training.selectors.recognitions import open_recognitions
from apps.training.services.candidates import check_in_use, check_works_here

RECOGNISED = declare_event("training.person.recognised", gettext_lazy("Recognised"))
ENDED = declare_event("training.recognition.ended", gettext_lazy("Recognition ended"))
PLACED = declare_event("training.person.placed", gettext_lazy("Placed"))
PLACEMENT_ENDED = declare_event("training.placement.ended", gettext_lazy("Placement ended"))


@dataclass(frozen=True)
class Grounds:
    """Why and since when people belong to a profile."""

    recognised_on: date
    basis: str = RecognitionBasis.COURSE
    course: Course | None = None
    note: str = ""
    uid: uuid.UUID = field(default_factory=uuid.uuid4)


def recognise_person(*, person: User, profile: TalentProfile, grounds: Grounds, by: Any) -> Recognition:
    """From the day on the person belongs to the profile; a form sent twice recognises once."""
    require(by, "training.recognise_person", person)
    check_works_here(person)
    check_in_use(profile)
    _check_grounds(grounds)
    if made := Recognition.objects.filter(uid=grounds.uid).first():
        return made
    if open_recognitions().filter(profile=profile, person=person).exists():
        raise Unmet(_("This person belongs to this profile already."))
    with act(RECOGNISED, by=by):
        recognition = Recognition.objects.create(person=person, profile=profile, **_fields(grounds))
        _tell([recognition], profile, by)
    return recognition


def recognise_people(*, people: Collection[User], profile: TalentProfile, grounds: Grounds, by: Any) -> int:
    """All of these people at once, in one act; who belongs to the profile already is left as it is."""
    require(by, "training.recognise_people")
    for person in people:
        check_works_here(person)
    check_in_use(profile)
    _check_grounds(grounds)
    fields = {name: value for name, value in _fields(grounds).items() if name != "uid"}
    with act(RECOGNISED, by=by):
        # One at a time, so that two clicks do not recognise the same people twice.
        TalentProfile.objects.select_for_update().get(pk=profile.pk)
        known = set(open_recognitions().filter(profile=profile, person__in=people).values_list("person", flat=True))
        new = {person.pk: person for person in people if person.pk not in known}
        rows = [Recognition(person=each, profile=profile, **fields) for each in new.values()]
        _tell(Recognition.objects.bulk_create(rows), profile, by)
    return len(new)


def _tell(recognitions: Collection[Recognition], profile: TalentProfile, by: Any) -> None:
    """Each person is told, and nobody else."""
    text = _("You are recognised as “%(profile)s”.") % {"profile": profile}
    tell_each([(each.person, each, text) for each in recognitions], event=RECOGNISED, by=by)


def _check_grounds(grounds: Grounds) -> None:
    if grounds.recognised_on > clock.today():
        raise Unmet(_("The day cannot be in the future."))


def _fields(grounds: Grounds) -> dict[str, Any]:
    course = grounds.course if grounds.basis == RecognitionBasis.COURSE else None
    return {
        "uid": grounds.uid,
        "recognised_on": grounds.recognised_on,
        "basis": grounds.basis,
        "course": course,
        "note": grounds.note,
    }


def end_recognition(*, recognition: Recognition, ended_on: date, reason: str, by: Any, version: int) -> Recognition:
    """From the day on the person belongs to the profile no longer; the placement ends with it."""
    require(by, "training.end_recognition", recognition.person)
    if recognition.ended_on:
        raise Unmet(_("It has ended already."))
    if ended_on < recognition.recognised_on:
        raise Unmet(_("A recognition cannot end before it begins."))
    if not reason.strip():
        raise Unmet(_("Say why."))
    with act(ENDED, by=by, reason=reason):
        save_version(recognition, version=version, changes={"ended_on": ended_on})
    return recognition


def place_person(
    *, recognition: Recognition, placed_on: date, placed_in: Unit | None, placed_as: str, by: Any, version: int
) -> Recognition:
    """Where the skills are used, from which day; a later placement takes the place of an earlier one."""
    require(by, "training.place_person", recognition.person)
    if recognition.ended_on:
        raise Unmet(_("It has ended already."))
    if not placed_as.strip():
        raise Unmet(_("Say where the skills are used."))
    if placed_on < recognition.recognised_on:
        raise Unmet(_("Nobody is placed before being recognised."))
    with act(PLACED, by=by):
        changes = {"placed_on": placed_on, "placed_in": placed_in, "placed_as": placed_as}
        save_version(recognition, version=version, changes=changes)
    return recognition


def end_placement(*, recognition: Recognition, reason: str, by: Any, version: int) -> Recognition:
    """The skills are not used there any more; the history keeps where they were."""
    require(by, "training.end_placement", recognition.person)
    if recognition.placed_on is None:
        raise Unmet(_("The person is placed nowhere."))
    with act(PLACEMENT_ENDED, by=by, reason=reason):
        save_version(recognition, version=version, changes={"placed_on": None, "placed_in": None, "placed_as": ""})
    return recognition
