"""The story of a hurdle, the newest first: states it came into, progress, promised dates and what was said of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, repeat
from typing import Any

from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.core.history import Entry
from apps.core.story import LONG_AGO, Told
from apps.hurdles.choices import HEALTH_CHIPS, Health, HurdleStatus, MoveState
from apps.hurdles.models import Hurdle, TargetMove
from apps.hurdles.selectors import shown_name

STORY_LENGTH = 20
# Acts by which a hurdle comes into a state; the story says the state.
STATES = {
    "hurdles.hurdle.submitted": HurdleStatus.SUBMITTED,
    "hurdles.hurdle.organized": HurdleStatus.ORGANIZING,
    "hurdles.hurdle.returned": HurdleStatus.RETURNED,
    "hurdles.hurdle.policy_drafted": HurdleStatus.DRAFTING_POLICY,
    "hurdles.hurdle.put_before_headquarters": HurdleStatus.AT_HEADQUARTERS,
    "hurdles.hurdle.policy_set": HurdleStatus.POLICY_SET,
    "hurdles.hurdle.petitioned": HurdleStatus.PETITIONED,
    "hurdles.hurdle.started": HurdleStatus.IN_PROGRESS,
    "hurdles.hurdle.partly_resolved": HurdleStatus.PARTLY_RESOLVED,
    "hurdles.hurdle.resolved": HurdleStatus.RESOLVED,
    "hurdles.hurdle.deferred": HurdleStatus.DEFERRED,
    "hurdles.hurdle.merged": HurdleStatus.MERGED,
}
# Acts of which the story says the verb: back into a state where the hurdle was, or in none.
ACTS = {
    "hurdles.hurdle.resumed",
    "hurdles.hurdle.reopened",
    "hurdles.hurdle.unmerged",
    "hurdles.hurdle.resolution_proposed",
    "hurdles.hurdle.resolution_refused",
    "hurdles.hurdle.lasting_answered",
    "hurdles.owner_view.asked",
}
PROPOSED = "hurdles.hurdle.resolution_proposed"
PROGRESSED = {"hurdles.hurdle.progressed"}
DATED = {"hurdles.hurdle.target_promised", "hurdles.hurdle.target_moved", "hurdles.hurdle.move_agreed"}
DECIDING = {HurdleStatus.POLICY_SET, HurdleStatus.RESOLVED, HurdleStatus.DEFERRED, HurdleStatus.MERGED}


def story_of(hurdle: Hurdle, entries: Iterable[Entry], viewer: Any) -> list[Told]:
    """What happened, the newest first; without a history it begins with the day on which it was reported."""
    steps = [entry for entry in entries if entry.event in STATES or entry.event in ACTS]
    told = [
        *_progress(hurdle, viewer, _times(entries, PROGRESSED)),
        *_dates(hurdle, viewer, _times(entries, DATED)),
        *_refused_dates(hurdle, viewer),
        *_steps(hurdle, steps),
    ]
    if hurdle.reported_on and not any(entry.event == "hurdles.hurdle.submitted" for entry in steps):
        told.append(Told(hurdle.reported_on, _("Reported"), who=str(hurdle.reporting_unit)))
    return sorted(told, key=lambda each: (each.day, each.at), reverse=True)


def _times(entries: Iterable[Entry], events: set[str]) -> Iterator[datetime]:
    """When the acts of these kinds were done, the newest first; what was loaded from a file has none."""
    return chain((entry.at for entry in entries if entry.event in events), repeat(LONG_AGO))


def _progress(hurdle: Hurdle, viewer: Any, times: Iterator[datetime]) -> Iterable[Told]:
    for update in hurdle.progress_updates.select_related("written_by")[: STORY_LENGTH + 1]:
        health = Health(update.health)
        yield Told(
            update.happened_on,
            _("Progress update"),
            who=shown_name(hurdle, update.written_by, viewer),
            text=update.text,
            health=str(health.label),
            chip=HEALTH_CHIPS.get(health),
            at=next(times),
        )


def _dates(hurdle: Hurdle, viewer: Any, times: Iterator[datetime]) -> Iterable[Told]:
    """The first promise and every agreed move, the newest first."""
    for move in reversed(hurdle.target_moves.all()):
        if move.state == MoveState.AGREED:
            who = shown_name(hurdle, move.asked_by, viewer)
            day = move.decided_on or move.asked_on
            yield Told(day, _date_words(move), who=who, text=_with_answer(move), at=next(times))


def _refused_dates(hurdle: Hurdle, viewer: Any) -> Iterable[Told]:
    """Later dates that somebody asked for and did not get, with the answer."""
    for move in hurdle.target_moves.all():
        if move.state == MoveState.REFUSED:
            words = _("Not agreed: %(dates)s") % {"dates": _date_words(move)}
            who = shown_name(hurdle, move.asked_by, viewer)
            yield Told(move.decided_on or move.asked_on, words, who=who, text=_with_answer(move))


def _with_answer(move: TargetMove) -> str:
    answer = _("Answer of the secretariat: %(answer)s") % {"answer": move.answer} if move.answer else ""
    return "\n".join(each for each in (move.reason, answer) if each)


def _date_words(move: TargetMove) -> str:
    new = wareki.format_date(move.new_date)
    if move.old_date is None:
        return _("Date %(new)s, first promised") % {"new": new}
    return _("Date %(old)s→%(new)s") % {"old": wareki.format_date(move.old_date), "new": new}


def _steps(hurdle: Hurdle, entries: Iterable[Entry]) -> Iterable[Told]:
    evidence = (resolution.evidence for resolution in hurdle.resolutions.all())
    for entry in entries:
        state = STATES.get(entry.event)
        yield Told(
            clock.local_date(entry.at),
            state.label if state else entry.verb,
            who=entry.actor,
            text=next(evidence, "") if entry.event == PROPOSED else entry.reason,
            is_key=state in DECIDING,
            at=entry.at,
        )
