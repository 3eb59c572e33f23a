"""What a hurdle's page says of its course: verbs and who may do them, dates, progress, who sees it, the story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.history import Entry
from apps.core.permissions import permission_table, permitted
from apps.core.transitions import Transition
from apps.hurdles.choices import HEALTH_CHIPS, Health, HurdleStatus, MoveState
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import hurdle_history, next_action_holders, shown_name
from apps.hurdles.services import ENDORSEMENT_EVENTS, offered_verbs

# The first of these that one may do is the one primary button.
PRIMARY = ("submit", "organize", "decide_move", "resolve", "answer_lasting", "progress", "next_action", "resume")
# What one does most often stands first.
ORDER = (*PRIMARY, "target", "propose_resolution", "refuse_resolution", "return", "draft_policy", "start")
BUTTONS = 3
STORY_LENGTH = 20
# Moves of the state that the story tells, and those of them that decide something.
TOLD = {
    "hurdles.hurdle.submitted",
    "hurdles.hurdle.organized",
    "hurdles.hurdle.returned",
    "hurdles.hurdle.policy_drafted",
    "hurdles.hurdle.put_before_headquarters",
    "hurdles.hurdle.petitioned",
    "hurdles.hurdle.started",
    "hurdles.hurdle.partly_resolved",
    "hurdles.hurdle.resumed",
    "hurdles.hurdle.reopened",
    "hurdles.hurdle.target_moved",
    "hurdles.hurdle.move_agreed",
    "hurdles.hurdle.resolution_proposed",
    "hurdles.hurdle.resolution_refused",
    "hurdles.hurdle.lasting_answered",
}
DECIDING = {"hurdles.hurdle.policy_set", "hurdles.hurdle.resolved", "hurdles.hurdle.deferred", "hurdles.hurdle.merged"}


@dataclass(frozen=True)
class Told:
    """One thing that happened to a hurdle."""

    day: date
    what: str
    who: str = ""
    text: str = ""
    health: str = ""
    chip: str | None = None
    is_key: bool = False


def course_of(hurdle: Hurdle, viewer: Any) -> dict[str, Any]:
    """Everything that the page's sections about the course need."""
    offered = offered_verbs(hurdle)
    entries = hurdle_history(hurdle, viewer, of_sections=ENDORSEMENT_EVENTS)
    story = story_of(hurdle, entries, viewer)
    verbs = [row for row in offered if permitted(viewer, row.permission, hurdle)]
    return {
        "entries": entries,
        "verbs": verb_links(hurdle, verbs),
        "who_may": [(row.label, permission_table[row.permission].who) for row in offered],
        "story": story[:STORY_LENGTH],
        "story_is_longer": len(story) > STORY_LENGTH,
        "health": Health(hurdle.health).label if hurdle.health else "",
        "health_chip": HEALTH_CHIPS.get(Health(hurdle.health)) if hurdle.health else None,
        "waiting_move": next((move for move in hurdle.target_moves.all() if move.state == MoveState.WAITING), None),
        "waiting_resolution": _waiting_resolution(hurdle, viewer),
        "moves": [move for move in hurdle.target_moves.all() if move.state == MoveState.AGREED and move.old_date],
        "is_late": bool(hurdle.target_date and hurdle.target_date < clock.today() and not hurdle.is_closed),
        "post_holders": next_action_holders(hurdle),
        "sight": sight_of(hurdle),
    }


def verb_url(hurdle: Hurdle, verb: str) -> str:
    return reverse(f"hurdles:hurdle-{verb.replace('_', '-')}", args=[hurdle.address])


def verb_links(hurdle: Hurdle, verbs: Iterable[Transition]) -> list[dict[str, Any]]:
    """The verbs as links, those done most often first, at most one of them primary, the last ones small."""
    rank = {verb: place for place, verb in enumerate(ORDER)}
    rows = sorted(verbs, key=lambda row: rank.get(row.verb, len(rank)))
    links = []
    for place, row in enumerate(rows):
        primary = place == 0 and row.verb in PRIMARY
        look = "primary" if primary else "second" if place < BUTTONS else "text"
        links.append({"verb": row.verb, "label": row.label, "url": verb_url(hurdle, row.verb), "look": look})
    return links


def _waiting_resolution(hurdle: Hurdle, viewer: Any) -> dict[str, Any] | None:
    for resolution in hurdle.resolutions.all():
        if resolution.confirmed is None:
            return {"resolution": resolution, "by": shown_name(hurdle, resolution.proposed_by, viewer)}
    return None


def sight_of(hurdle: Hurdle) -> dict[str, Any]:
    """Who sees the hurdle, since when, and why."""
    if hurdle.status == HurdleStatus.DRAFT:
        return {"who": _("The reporting unit and the secretariat"), "why": _("It is a draft.")}
    if hurdle.opened_on and hurdle.opened_on <= clock.today():
        return {"who": _("All staff"), "since": hurdle.opened_on, "why": _why_open(hurdle)}
    return {
        "who": _("The reporting unit, the promotion team, headquarters and the secretariat"),
        "why": _("The owning unit sees it once it is asked for its view, all staff once it has answered."),
    }


def _why_open(hurdle: Hurdle) -> str:
    if hurdle.owning_unit_id == hurdle.reporting_unit_id:
        return _("The owning unit itself has reported it.")
    views = [view for view in hurdle.owner_views.all() if view.unit_id == hurdle.owning_unit_id]
    if any(view.answered_on and view.answered_on <= view.due_on for view in views):
        return _("The owning unit has answered.")
    return _("The day for the owning unit's answer has passed.")


def story_of(hurdle: Hurdle, entries: Iterable[Entry], viewer: Any) -> list[Told]:
    """What happened, the newest first: progress, moves of the state, and the day on which it was reported."""
    moves = [entry for entry in entries if entry.event in TOLD | DECIDING]
    told = [*_progress(hurdle, viewer), *(_move(entry) for entry in moves)]
    if hurdle.reported_on and not any(entry.event == "hurdles.hurdle.submitted" for entry in moves):
        told.append(Told(hurdle.reported_on, _("Reported"), who=str(hurdle.reporting_unit)))
    return sorted(told, key=lambda each: each.day, reverse=True)


def _progress(hurdle: Hurdle, viewer: Any) -> Iterable[Told]:
    for update in hurdle.progress_updates.select_related("written_by")[: STORY_LENGTH + 1]:
        health = Health(update.health)
        yield Told(
            update.happened_on,
            _("Progress"),
            who=shown_name(hurdle, update.written_by, viewer),
            text=update.text,
            health=str(health.label),
            chip=HEALTH_CHIPS.get(health),
        )


def _move(entry: Entry) -> Told:
    return Told(
        clock.local_date(entry.at),
        entry.verb,
        who=entry.actor,
        text=entry.reason,
        is_key=entry.event in DECIDING,
    )
