"""What an initiative's page says of its course: steps, health, progress, milestones, the post, the story."""

from typing import Any

from apps.core.permissions import permitted
from apps.hurdles.choices import HEALTH_CHIPS, Health
from apps.organization.selectors.lineage import say_todays_names
from apps.roadmap import selectors
from apps.roadmap.choices import OPEN_INITIATIVE, InitiativeStatus
from apps.roadmap.models import Initiative
from apps.roadmap.selectors.posts import who_answers
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS
from apps.roadmap.views.initiative_history import initiative_history
from apps.roadmap.views.initiative_story import initiative_story
from apps.roadmap.views.steps import steps_of

WAY = (*OPEN_INITIATIVE, InitiativeStatus.ACHIEVED)


def course_of_initiative(initiative: Initiative, viewer: Any) -> dict[str, Any]:
    """Everything that the page's sections about the course need."""
    say_todays_names(initiative.lead_unit, *(link.unit for link in initiative.unit_links.all()))
    entries = initiative_history(initiative, viewer)
    implementations = list(initiative.implementations.all())
    return {
        "steps": steps_of(initiative.status, WAY),
        "is_open": initiative.status in OPEN_INITIATIVE,
        "health": Health(initiative.health).label if initiative.health else "",
        "health_chip": HEALTH_CHIPS.get(Health(initiative.health)) if initiative.health else None,
        "progress": selectors.progress_of(initiative),
        "stalled": selectors.is_stalled(initiative),
        "stalled_days": selectors.STALLED_DAYS,
        "milestones": selectors.milestones_by_year(initiative),
        "answering": who_answers(initiative),
        "implementations": implementations,
        "hours_saved": sum(made.hours_saved or 0 for made in implementations),
        "entries": entries,
        **initiative_story(initiative, entries, implementations),
        **_may(initiative, viewer),
    }


def _may(initiative: Initiative, viewer: Any) -> dict[str, bool]:
    """What the sections offer: that a verb leads somewhere from here, and that this person may."""
    return {
        f"may_{verb}": initiative.status in row.sources and permitted(viewer, row.permission, initiative)
        for row in INITIATIVE_ACTS.rows
        for verb in [row.verb]
    }
