"""What the promotion team built or tried out itself 実装 (the paper: 一部、実装していく)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import declare_event
from apps.core.transitions import Unmet
from apps.roadmap.models import Implementation, Initiative
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS
from apps.roadmap.services.initiative_parts import add_part, change_part, remove_part
from apps.roadmap.services.initiative_telling import tell_of_initiative

RECORDED = declare_event("roadmap.implementation.recorded", gettext_lazy("Own implementation recorded"))
CHANGED = declare_event("roadmap.implementation.changed", gettext_lazy("Own implementation changed"))
REMOVED = declare_event("roadmap.implementation.removed", gettext_lazy("Own implementation taken out"))


def record_implementation(
    *, initiative: Initiative, values: dict[str, Any], by: Any, reason: str = ""
) -> Implementation:
    """One thing that runs. Only an initiative that the team carries out itself has such things."""
    INITIATIVE_ACTS.check("implementation", initiative, by=by)
    if not initiative.by_team:
        raise Unmet(_("Say first, in the form of the initiative, that the promotion team carries it out itself."))
    _refuse_the_future(values)
    part = Implementation(initiative=initiative, **values)
    with transaction.atomic():
        implementation, is_new = add_part(part=part, event=RECORDED, by=by, reason=reason)
        if is_new:
            tell_of_initiative("implementation", initiative, event=RECORDED, by=by, text=implementation.title)
    return implementation


def change_implementation(
    *, implementation: Implementation, seen: str, values: dict[str, Any], by: Any, reason: str = ""
) -> Implementation:
    """What it saves, who uses it. Raises StalePart where somebody has changed it since `seen`."""
    INITIATIVE_ACTS.check("implementation", implementation.initiative, by=by)
    _refuse_the_future(values)
    return change_part(part=implementation, seen=seen, values=values, event=CHANGED, by=by, reason=reason)


def remove_implementation(*, implementation: Implementation, reason: str, by: Any) -> None:
    """It is no longer in use, or was none; the history keeps it with the reason."""
    INITIATIVE_ACTS.check("implementation", implementation.initiative, by=by)
    if not reason.strip():
        raise Unmet(_("Say why."))
    remove_part(part=implementation, event=REMOVED, by=by, reason=reason)


def _refuse_the_future(values: dict[str, Any]) -> None:
    day = values.get("implemented_on")
    if day and day > clock.today():
        raise Unmet(_("What is implemented has happened: the day cannot be in the future."))
