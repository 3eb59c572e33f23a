"""The story of an initiative, the newest first: states, updates, milestones, implementations.

Its moved dates have a table of their own."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.history import Entry
from apps.core.story import Told
from apps.hurdles.choices import HEALTH_CHIPS, Health
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models import Implementation, Initiative

STORY_LENGTH = 20
# Acts by which an initiative comes into a state; the story says the state.
STATES = {
    "roadmap.initiative.created": InitiativeStatus.CONCEPT,
    "roadmap.initiative.planned": InitiativeStatus.PLANNED,
    "roadmap.initiative.started": InitiativeStatus.STARTED,
    "roadmap.initiative.underway": InitiativeStatus.UNDERWAY,
    "roadmap.initiative.achieved": InitiativeStatus.ACHIEVED,
    "roadmap.initiative.cancelled": InitiativeStatus.CANCELLED,
}
# Acts of which the story says the verb.
ACTS = {"roadmap.initiative.resumed", "roadmap.milestone.achieved", "roadmap.milestone.reopened"}
DECIDING = {InitiativeStatus.STARTED, InitiativeStatus.ACHIEVED, InitiativeStatus.CANCELLED}


def initiative_story(
    initiative: Initiative, entries: Iterable[Entry], implementations: Iterable[Implementation]
) -> dict[str, Any]:
    """What happened, as far as it fits on the page."""
    told = [*_states(entries), *_updates(initiative), *_implementations(implementations)]
    told.sort(key=lambda each: (each.day, each.at), reverse=True)
    return {"story": told[:STORY_LENGTH], "story_is_longer": len(told) > STORY_LENGTH}


def _states(entries: Iterable[Entry]) -> Iterable[Told]:
    for entry in entries:
        if entry.event not in STATES and entry.event not in ACTS:
            continue
        state = STATES.get(entry.event)
        yield Told(
            clock.local_date(entry.at),
            state.label if state else entry.verb,
            who=entry.actor,
            text=entry.reason,
            is_key=state in DECIDING,
            at=entry.at,
        )


def _updates(initiative: Initiative) -> Iterable[Told]:
    for update in initiative.updates.select_related("written_by")[: STORY_LENGTH + 1]:
        health = Health(update.health)
        percent = "" if update.progress is None else _("%(percent)d%%") % {"percent": update.progress}
        yield Told(
            update.happened_on,
            " ".join(filter(None, (_("Progress update"), percent))),
            who=str(update.written_by or ""),
            text=update.text,
            health=str(health.label),
            chip=HEALTH_CHIPS.get(health),
        )


def _implementations(implementations: Iterable[Implementation]) -> Iterable[Told]:
    for made in implementations:
        yield Told(made.implemented_on, _("Own implementation"), text=made.title)
