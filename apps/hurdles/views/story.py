"""The story of a hurdle, the newest first: states it came into, progress, promised dates and what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.core.history import Entry
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
}
DECIDING = {HurdleStatus.POLICY_SET, HurdleStatus.RESOLVED, HurdleStatus.DEFERRED, HurdleStatus.MERGED}


@dataclass(frozen=True)
class Told:
    """One thing that happened to a hurdle; `is_key` where somebody decided."""

    day: date
    what: Any
    who: str = ""
    text: str = ""
    health: str = ""
    chip: str | None = None
    is_key: bool = False


def story_of(hurdle: Hurdle, entries: Iterable[Entry], viewer: Any) -> list[Told]:
    """What happened, the newest first; without a history it begins with the day on which it was reported."""
    steps = [entry for entry in entries if entry.event in STATES or entry.event in ACTS]
    told = [*_progress(hurdle, viewer), *_dates(hurdle, viewer), *(_step(entry) for entry in steps)]
    if hurdle.reported_on and not any(entry.event == "hurdles.hurdle.submitted" for entry in steps):
        told.append(Told(hurdle.reported_on, _("Reported"), who=str(hurdle.reporting_unit)))
    return sorted(told, key=lambda each: each.day, reverse=True)


def _progress(hurdle: Hurdle, viewer: Any) -> Iterable[Told]:
    for update in hurdle.progress_updates.select_related("written_by")[: STORY_LENGTH + 1]:
        health = Health(update.health)
        yield Told(
            update.happened_on,
            _("Progress update"),
            who=shown_name(hurdle, update.written_by, viewer),
            text=update.text,
            health=str(health.label),
            chip=HEALTH_CHIPS.get(health),
        )


def _dates(hurdle: Hurdle, viewer: Any) -> Iterable[Told]:
    """The first promise and every agreed move, the newest first."""
    for move in reversed(hurdle.target_moves.all()):
        if move.state == MoveState.AGREED:
            who = shown_name(hurdle, move.asked_by, viewer)
            yield Told(move.decided_on or move.asked_on, _date_words(move), who=who, text=move.reason)


def _date_words(move: TargetMove) -> str:
    new = wareki.format_date(move.new_date)
    if move.old_date is None:
        return _("Date %(new)s, first promised") % {"new": new}
    return _("Date %(old)s→%(new)s") % {"old": wareki.format_date(move.old_date), "new": new}


def _step(entry: Entry) -> Told:
    state = STATES.get(entry.event)
    return Told(
        clock.local_date(entry.at),
        state.label if state else entry.verb,
        who=entry.actor,
        text=entry.reason,
        is_key=state in DECIDING,
    )
