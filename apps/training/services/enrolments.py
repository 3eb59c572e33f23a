"""Taking a place in a session, giving it back, and saying no to an invitation."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.notices import tell_each
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.services import save_version
from apps.training.choices import EnrolmentState
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import own_enrolment
from apps.training.services.enrolment_flow import ENROLMENT_FLOW
from apps.training.services.seats import begin_roll, fill_free_seats, lock_session, place_in, words_for

ENROLLED = declare_event("training.enrolment.enrolled", pgettext_lazy("enrolment", "Enrolled"))
DECLINED = declare_event("training.enrolment.declined", gettext_lazy("Invitation declined"))
WITHDRAWN = declare_event("training.enrolment.withdrawn", pgettext_lazy("enrolment", "Withdrawn"))
# Who was the first to enrol is no part of the session's history.
ENROLMENT = "受講申込"
SEATED = gettext_lazy("You were enrolled and have a seat: %(session)s on %(day)s.")
ON_THE_LIST = gettext_lazy("You were enrolled and are on the waiting list: %(session)s on %(day)s.")
TAKEN_BACK = gettext_lazy("Your enrolment was taken back: %(session)s on %(day)s.")


def enrol(*, session: Session, by: Any) -> Enrolment:
    """One enrols oneself: a seat, or the end of the waiting list."""
    require(by, "training.enrol_oneself", session)
    return _take_place(session, by, by=by)


def enrol_person(*, session: Session, person: Any, by: Any, reason: str = "") -> Enrolment:
    """The own manager or the personnel section enrols a person, who is told.

    The personnel section may overrule missing prerequisites with a reason.
    """
    require(by, "training.enrol_person", person)
    return _take_place(session, person, by=by, reason=reason)


def _take_place(session: Session, person: Any, *, by: Any, reason: str = "") -> Enrolment:
    with transaction.atomic():
        locked = lock_session(session)
        enrolment = own_enrolment(locked, person) or Enrolment(session=locked, person=person)
        enrolment.session, enrolment.person = locked, person
        ENROLMENT_FLOW.check("enrol", enrolment, by=by, data={"by": by, "reason": reason})
        begin_roll(session=locked, by=ENROLMENT)
        with act(ENROLLED, by=by, reason=reason):
            _put(enrolment, {"state": place_in(locked), "applied_at": clock.now(), "unit": person.unit})
            _tell(enrolment, SEATED if enrolment.state == EnrolmentState.ENROLLED else ON_THE_LIST, ENROLLED, by)
        fill_free_seats(session=locked, by=by)
        enrolment.refresh_from_db()
    return enrolment


def _put(enrolment: Enrolment, changes: dict[str, Any]) -> None:
    if enrolment.pk:
        save_version(enrolment, version=enrolment.version, changes=changes)
        return
    for name, value in changes.items():
        setattr(enrolment, name, value)
    enrolment.save()


def _tell(enrolment: Enrolment, sentence: Any, event: Event, by: Any) -> None:
    text = str(sentence % words_for(enrolment.session))
    tell_each([(enrolment.person, enrolment, text)], event=event, by=by)


def withdraw_enrolment(*, enrolment: Enrolment, by: Any, reason: str = "", version: int | None = None) -> Enrolment:
    """The place is given back; a seat goes to the first of the waiting list at once."""
    with transaction.atomic():
        locked = lock_session(enrolment.session)
        row = ENROLMENT_FLOW.check("withdraw", enrolment, by=by)
        with act(WITHDRAWN, by=by, reason=reason):
            _move(enrolment, row.target, version)
            _tell(enrolment, TAKEN_BACK, WITHDRAWN, by)
        fill_free_seats(session=locked, by=by)
    return enrolment


def decline_invitation(*, enrolment: Enrolment, by: Any, reason: str = "", version: int | None = None) -> Enrolment:
    """The person says no; saying yes later is still possible."""
    row = ENROLMENT_FLOW.check("decline", enrolment, by=by)
    with act(DECLINED, by=by, reason=reason):
        _move(enrolment, row.target, version)
    return enrolment


def _move(enrolment: Enrolment, target: str, version: int | None) -> None:
    save_version(enrolment, version=enrolment.version if version is None else version, changes={"state": target})
