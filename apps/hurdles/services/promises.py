"""Promised dates: the first agreed one is kept for ever, every move is a row with its reason.

A later date on a severe hurdle waits for the secretariat, an earlier one does not.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.history import act, declare_event
from apps.core.permissions import Forbidden, permitted
from apps.core.registry import Event
from apps.core.services import save_version
from apps.core.transitions import Unmet, WrongState
from apps.hurdles.choices import MoveState, Severity
from apps.hurdles.models import Hurdle, TargetMove
from apps.hurdles.services.flow import ACTS
from apps.hurdles.services.telling import tell_of

PROMISED = declare_event("hurdles.hurdle.target_promised", gettext_lazy("Date promised"))
MOVED = declare_event("hurdles.hurdle.target_moved", gettext_lazy("Promised date moved"))
ASKED = declare_event("hurdles.hurdle.move_asked", gettext_lazy("Later date asked for"))
AGREED = declare_event("hurdles.hurdle.move_agreed", gettext_lazy("Later date agreed"))
REFUSED = declare_event("hurdles.hurdle.move_refused", gettext_lazy("Later date refused"))


def promise_target(*, hurdle: Hurdle, new_date: date, by: Any, version: int | None = None) -> TargetMove:
    """The first date that is agreed."""
    ACTS.check("target", hurdle, by=by)
    if hurdle.target_date:
        raise Unmet(_("This hurdle already has a promised date."))
    _check_coming(new_date)
    changes: dict[str, Any] = {"target_date": new_date}
    if not hurdle.first_target_date:
        changes["first_target_date"] = new_date
    with act(PROMISED, by=by):
        move = _row(hurdle, None, new_date, by)
        _save(hurdle, version, changes)
        _tell(hurdle, new_date, PROMISED, by)
    return move


def move_target(*, hurdle: Hurdle, new_date: date, reason: str, by: Any, version: int | None = None) -> TargetMove:
    """Moves the date, or asks the secretariat to: see `waits_for_secretariat`."""
    ACTS.check("target", hurdle, by=by)
    _check_move(hurdle, new_date, reason)
    if waits_for_secretariat(hurdle, new_date, by):
        with act(ASKED, by=by, reason=reason):
            move = _row(hurdle, hurdle.target_date, new_date, by, reason=reason, state=MoveState.WAITING)
            _save(hurdle, version, {})
        return move
    with act(MOVED, by=by, reason=reason):
        move = _row(hurdle, hurdle.target_date, new_date, by, reason=reason)
        _save(hurdle, version, _moved(hurdle, new_date))
        _tell(hurdle, new_date, MOVED, by)
    return move


def waits_for_secretariat(hurdle: Hurdle, new_date: date, by: Any) -> bool:
    """Whether this person's move to that day waits: a later day on a severe hurdle."""
    if isinstance(by, str) or hurdle.severity != Severity.SEVERE or not hurdle.target_date:
        return False
    return new_date > hurdle.target_date and not permitted(by, "hurdles.decide_move", hurdle)


def target_refusal(hurdle: Hurdle, new_date: date, by: Any) -> str:
    """Why this person cannot promise that day, or move the date there, now; empty where they can."""
    try:
        ACTS.check("target", hurdle, by=by)
        _check_nothing_waits(hurdle)
        _check_coming(new_date)
    except (Forbidden, WrongState, Unmet) as refusal:
        return str(refusal)
    return ""


def write_targets(*, hurdles: Sequence[Hurdle], new_date: date, reason: str, event: Event, by: Any) -> None:
    """The same date for many hurdles, within an act that has looked at `target_refusal` and locked them.

    Each gets its row; where the move waits for the secretariat, the date stays until then.
    """
    if not reason.strip():
        raise Unmet(_("Say why the date moves."))
    waiting = {hurdle.pk for hurdle in hurdles if waits_for_secretariat(hurdle, new_date, by)}
    agreed = [hurdle for hurdle in hurdles if hurdle.pk not in waiting]
    states = {hurdle.pk: MoveState.WAITING if hurdle.pk in waiting else MoveState.AGREED for hurdle in hurdles}
    TargetMove.objects.bulk_create(
        _unsaved(hurdle, hurdle.target_date, new_date, by, reason=reason, state=states[hurdle.pk]) for hurdle in hurdles
    )
    Hurdle.objects.filter(pk__in=[hurdle.pk for hurdle in agreed]).update(
        target_date=new_date, first_target_date=Coalesce("first_target_date", "target_date", Value(new_date))
    )
    for hurdle in agreed:
        _tell(hurdle, new_date, event, by)


def decide_move(*, hurdle: Hurdle, agree: bool, answer: str, by: Any, version: int | None = None) -> TargetMove:
    """The secretariat agrees or refuses, with an answer; the asker is told."""
    ACTS.check("decide_move", hurdle, by=by, data={"answer": answer})
    move = hurdle.target_moves.filter(state=MoveState.WAITING).select_related("asked_by").first()
    if move is None:
        raise Unmet(_("No move of this date waits for a decision."))
    event = AGREED if agree else REFUSED
    with act(event, by=by, reason=answer):
        move.state = MoveState.AGREED if agree else MoveState.REFUSED
        move.decided_by, move.decided_on, move.answer = by, clock.today(), answer
        move.save()
        _save(hurdle, version, _moved(hurdle, move.new_date) if agree else {})
        if agree:
            _tell(hurdle, move.new_date, event, by, also=(move.asked_by,), answer=answer)
        else:
            tell_of("refuse_move", hurdle, event=event, by=by, also=(move.asked_by,), answer=answer)
    return move


def _tell(hurdle: Hurdle, day: date, event: Event, by: Any, **more: Any) -> None:
    tell_of("target", hurdle, event=event, by=by, day=wareki.format_date(day), **more)


def _check_coming(new_date: date) -> None:
    if new_date < clock.today():
        raise Unmet(_("A day that has passed cannot be promised."))


def _check_move(hurdle: Hurdle, new_date: date, reason: str) -> None:
    if not hurdle.target_date:
        raise Unmet(_("This hurdle has no promised date yet."))
    if new_date == hurdle.target_date:
        raise Unmet(_("This is the date that is promised already."))
    if not reason.strip():
        raise Unmet(_("Say why the date moves."))
    _check_nothing_waits(hurdle)
    _check_coming(new_date)


def _check_nothing_waits(hurdle: Hurdle) -> None:
    if any(move.state == MoveState.WAITING for move in hurdle.target_moves.all()):
        raise Unmet(_("A move of this date already waits for the secretariat."))


def _row(hurdle: Hurdle, old: date | None, new: date, by: Any, **more: Any) -> TargetMove:
    move = _unsaved(hurdle, old, new, by, **more)
    move.save(force_insert=True)
    return move


def _unsaved(hurdle: Hurdle, old: date | None, new: date, by: Any, **more: Any) -> TargetMove:
    asked_by = None if isinstance(by, str) else by
    return TargetMove(hurdle=hurdle, old_date=old, new_date=new, asked_by=asked_by, asked_on=clock.today(), **more)


def _moved(hurdle: Hurdle, new_date: date) -> dict[str, Any]:
    """Where the first date was never written down, the one until now is it."""
    return {"target_date": new_date, "first_target_date": hurdle.first_target_date or hurdle.target_date}


def _save(hurdle: Hurdle, version: int | None, changes: dict[str, Any]) -> None:
    save_version(hurdle, version=hurdle.version if version is None else version, changes=changes)
