"""The verbs that move an initiative's state."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.registry import Event
from apps.core.services import save_version
from apps.roadmap.models import Initiative
from apps.roadmap.selectors.history import state_before_end
from apps.roadmap.services.initiative_flow import BACK, INITIATIVE_FLOW
from apps.roadmap.services.initiative_telling import tell_of_initiative

PLANNED = declare_event("roadmap.initiative.planned", gettext_lazy("Taken into planning"))
STARTED = declare_event("roadmap.initiative.started", gettext_lazy("Started"))
UNDERWAY = declare_event("roadmap.initiative.underway", gettext_lazy("Under way"))
ACHIEVED = declare_event("roadmap.initiative.achieved", gettext_lazy("Achieved"))
CANCELLED = declare_event("roadmap.initiative.cancelled", pgettext_lazy("initiative", "Cancelled"))
RESUMED = declare_event("roadmap.initiative.resumed", gettext_lazy("Resumed"))


def _move(
    verb: str, event: Event, initiative: Initiative, *, by: Any, version: int | None, reason: str = "", **data: str
) -> Initiative:
    """One move of the flow, with its entry in the history and the notices; `data` is what the verb needs."""
    row = INITIATIVE_FLOW.check(verb, initiative, by=by, data={"reason": reason, **data})
    with act(event, by=by, reason=reason):
        target = state_before_end(initiative) if row.target == BACK else row.target
        changes = {"status": target, "status_since": clock.today(), "status_reason": reason}
        save_version(initiative, version=initiative.version if version is None else version, changes=changes)
        tell_of_initiative(verb, initiative, event=event, by=by)
    return initiative


def plan_initiative(*, initiative: Initiative, by: Any, version: int | None = None) -> Initiative:
    """From a concept to a plan: it has a start, an end and who leads it."""
    return _move("plan", PLANNED, initiative, by=by, version=version)


def start_initiative(*, initiative: Initiative, by: Any, reason: str = "", version: int | None = None) -> Initiative:
    """Work starts; before its first day, too. A reason is needed while what it needs first is not finished."""
    return _move("start", STARTED, initiative, by=by, version=version, reason=reason)


def go_on_with_initiative(*, initiative: Initiative, by: Any, version: int | None = None) -> Initiative:
    """What was started runs."""
    return _move("go_on", UNDERWAY, initiative, by=by, version=version)


def achieve_initiative(*, initiative: Initiative, evidence: str, by: Any, version: int | None = None) -> Initiative:
    """The goal is reached; `evidence` says by what one sees it. Milestones that are still open stay so."""
    return _move("achieve", ACHIEVED, initiative, by=by, version=version, reason=evidence, evidence=evidence)


def cancel_initiative(*, initiative: Initiative, reason: str, by: Any, version: int | None = None) -> Initiative:
    """It is given up, and the reason is said."""
    return _move("cancel", CANCELLED, initiative, by=by, version=version, reason=reason)


def resume_initiative(*, initiative: Initiative, reason: str, by: Any, version: int | None = None) -> Initiative:
    """Back into the state before it was cancelled or achieved."""
    return _move("resume", RESUMED, initiative, by=by, version=version, reason=reason)
