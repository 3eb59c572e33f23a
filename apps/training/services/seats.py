"""Seats and the waiting list: decided while the row of the session is locked, so that the last seat is given once."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.history import act, declare_event
from apps.core.notices import tell_each
from apps.core.registry import Event
from apps.core.services import save_version
from apps.training.choices import GOING, EnrolmentState
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import is_to_come, roll_of, seats_left, waiting_list
from apps.training.services.enrolment_flow import ENROLMENT_FLOW

SEAT_GIVEN = declare_event("training.enrolment.seat_given", gettext_lazy("Moved up from the waiting list"))
ROLL_BEGUN = declare_event("training.session.roll_begun", gettext_lazy("The roll was begun"))
# Whose seat it was is that person's record: who moves up reads of the waiting list alone.
WAITING_LIST = "補欠の繰上げ"


def lock_session(session: Session) -> Session:
    """The session as it stands now, locked until the transaction ends: whoever takes or frees a seat waits here."""
    locked = Session.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("course").get(pk=session.pk)


def place_in(session: Session) -> EnrolmentState:
    """A seat, or a place on the waiting list; the session is locked. Nobody overtakes those who wait already."""
    left = seats_left(session)
    free = left is None or left > waiting_list(session).count()
    return EnrolmentState.ENROLLED if free else EnrolmentState.WAITING


def begin_roll(*, session: Session, by: Any) -> None:
    """From now on people are counted from the roll; a reported number says nothing any more. The session is locked."""
    if session.keeps_roll:
        return
    with act(ROLL_BEGUN, by=by):
        Session.objects.filter(pk=session.pk).update(keeps_roll=True)
    session.keeps_roll = True


def fill_free_seats(*, session: Session, by: Any) -> list[Enrolment]:
    """Gives free seats to those who wait, in their order, and tells them; those who got one.

    Call it after your act and in the same transaction, not within the act: it has its own entry, without your name.
    """
    with transaction.atomic():
        locked = lock_session(session)
        if not is_to_come(locked):
            return []
        left = seats_left(locked)
        waiting = waiting_list(locked).select_related("person")
        moved = list(waiting if left is None else waiting[:left])
        if moved:
            with act(SEAT_GIVEN, by=WAITING_LIST):
                _give_seats(moved, locked, by)
    return moved


def _give_seats(moved: Sequence[Enrolment], session: Session, by: Any) -> None:
    for enrolment in moved:
        row = ENROLMENT_FLOW.check("give_seat", enrolment, by=WAITING_LIST)
        save_version(enrolment, version=enrolment.version, changes={"state": row.target})
    words = _("You have a seat now: %(session)s on %(day)s.") % words_for(session)
    tell_each([(enrolment.person, enrolment, words) for enrolment in moved], event=SEAT_GIVEN, by=by)


def tell_enrolled(*, session: Session, event: Event, text: str, by: Any) -> None:
    """Tells everybody who is invited, has a seat or waits: of a moved day, or of a session that is called off.

    Each notice is about the person's own enrolment. `text` is a whole sentence.
    """
    rows = roll_of(session).filter(state__in=GOING)
    tell_each([(row.person, row, text) for row in rows], event=event, by=by)


def words_for(session: Session) -> dict[str, str]:
    """The session and its day, for a sentence."""
    return {"session": str(session), "day": wareki.format_date(session.date, weekday=True)}
