"""A new session of a course, what it says, and laying it aside."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.history import act, declare_event
from apps.core.permissions import permitted, require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.training.choices import TO_COME, SessionState
from apps.training.models import Course, Session
from apps.training.selectors.disclosure import SMALLEST_SHOWN, shown
from apps.training.selectors.sessions import has_results, has_roll, seats_taken
from apps.training.services import seats
from apps.training.services.session_flow import REPORTED, too_many_completed

CREATED = declare_event("training.session.created", gettext_lazy("Added"))
EDITED = declare_event("training.session.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("training.session.archived", gettext_lazy("Archived"))


def create_session(*, course: Course, uid: UUID, values: dict[str, Any], by: Any) -> Session:
    """A planned session. Raises IntegrityError for a second record of the same uid."""
    require(by, "training.create_session", course)
    _refuse_late_closing(values)
    with act(CREATED, by=by):
        return Session.objects.create(course=course, uid=uid, **values)


def edit_session(*, session: Session, version: int, values: dict[str, Any], by: Any) -> Session:
    """Changes what it says. A moved day is told to those who have a seat or wait; more places are given at once.

    Raises StaleVersion where somebody saved in the meantime, Unmet where more people have a seat than places remain.
    """
    require(by, "training.edit_session", session)
    _refuse_late_closing(values)
    _refuse_wrong_numbers(session, values)
    with transaction.atomic():
        before = seats.lock_session(session)
        _refuse_to_lose_the_roll(before, values)
        _refuse_fewer_than_taken(before, values, by)
        with act(EDITED, by=by):
            save_version(session, version=version, changes=values)
        if session.date != before.date and session.state in TO_COME:
            _tell_of_the_day(before, session, by)
        seats.fill_free_seats(session=session, by=by)
        session.refresh_from_db()
    return session


def _refuse_late_closing(values: dict[str, Any]) -> None:
    if values.get("closes_on") and values["closes_on"] > values["date"]:
        raise Unmet(_("Enrolment cannot end after the day of the session."))
    starts_at, ends_at = values.get("starts_at"), values.get("ends_at")
    if starts_at and ends_at and ends_at <= starts_at:
        raise Unmet(_("A session cannot end before it begins."))


def _refuse_wrong_numbers(session: Session, values: dict[str, Any]) -> None:
    """What was held is corrected: its day has come, and nobody completed it who was not there."""
    if values["date"] > clock.today() and (session.state == SessionState.HELD or has_results(session)):
        raise Unmet(_("It was held: its day cannot be still to come."))
    if set(REPORTED) <= set(values) and (message := too_many_completed(values)):
        raise Unmet(message)


def _refuse_to_lose_the_roll(session: Session, values: dict[str, Any]) -> None:
    """Whose names stand on a roll is not counted by a reported number again."""
    if session.keeps_roll and not values.get("keeps_roll", True) and has_roll(session):
        raise Unmet(_("There are people on the roll already: it counts."))


def _refuse_fewer_than_taken(session: Session, values: dict[str, Any], by: Any) -> None:
    """Nobody loses a seat by a smaller room.

    Who may not know a number from 1 to 4 is refused for all of them alike: trying tells nothing then.
    """
    capacity, taken = values.get("capacity"), seats_taken(session)
    known = permitted(by, "training.view_roll") or shown(taken) is not None
    least = taken if known else SMALLEST_SHOWN - 1
    if capacity is None or capacity >= least:
        return
    if known:
        raise Unmet(_("%(count)d people have a seat already: the capacity cannot be lower.") % {"count": taken})
    raise Unmet(_("People have a seat already: the capacity cannot be lower than %(count)d.") % {"count": least})


def _tell_of_the_day(before: Session, session: Session, by: Any) -> None:
    words = {
        "session": session,
        "old": wareki.format_date(before.date, weekday=True),
        "new": wareki.format_date(session.date, weekday=True),
    }
    text = _("%(session)s is moved from %(old)s to %(new)s.") % words
    seats.tell_enrolled(session=session, event=EDITED, text=text, by=by)


def archive_session(*, session: Session, reason: str, by: Any, version: int | None = None) -> Session:
    """Lays aside what was entered by mistake. Not while there are people on its roll."""
    require(by, "training.archive_session", session)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    if session.state == SessionState.OPEN:
        raise Unmet(_("People may enrol in it: call it off first."))
    with transaction.atomic():
        locked = seats.lock_session(session)
        if has_roll(locked):
            raise Unmet(_("There are people on its roll: it stays."))
        with act(ARCHIVED, by=by, reason=reason):
            version = session.version if version is None else version
            save_version(session, version=version, changes={"archived_at": clock.now()})
    return session
