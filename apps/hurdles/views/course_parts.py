"""What a hurdle's page says of its course: dates, progress, who sees it, the story."""

from typing import Any

from django.utils.translation import gettext as _

from apps.core import clock
from apps.hurdles.choices import HEALTH_CHIPS, Health, HurdleStatus, MoveState
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import hurdle_history, next_action_holders, shown_name
from apps.hurdles.services import ENDORSEMENT_EVENTS
from apps.hurdles.views.story import STORY_LENGTH, story_of


def course_of(hurdle: Hurdle, viewer: Any) -> dict[str, Any]:
    """Everything that the page's sections about the course need."""
    entries = hurdle_history(hurdle, viewer, of_sections=ENDORSEMENT_EVENTS)
    story = story_of(hurdle, entries, viewer)
    return {
        "entries": entries,
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
    if _is_asked(hurdle):
        return {
            "who": _("The reporting unit, the owning unit, the promotion team, headquarters and the secretariat"),
            "why": _("All staff see it once the owning unit has answered or its date has passed."),
        }
    return {
        "who": _("The reporting unit, the promotion team, headquarters and the secretariat"),
        "why": _("The owning unit sees it once it is asked for its view, all staff once it has answered."),
    }


def _is_asked(hurdle: Hurdle) -> bool:
    views = hurdle.owner_views.all()
    return any(view.unit_id == hurdle.owning_unit_id and view.asked_on <= clock.today() for view in views)


def _why_open(hurdle: Hurdle) -> str:
    if hurdle.owning_unit_id == hurdle.reporting_unit_id:
        return _("The owning unit itself has reported it.")
    views = [view for view in hurdle.owner_views.all() if view.unit_id == hurdle.owning_unit_id]
    if any(view.answered_on and view.answered_on <= view.due_on for view in views):
        return _("The owning unit has answered.")
    return _("The day for the owning unit's answer has passed.")
