"""The verbs that move the state of a training plan."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.registry import Event
from apps.core.services import save_version
from apps.training.models import TrainingPlan
from apps.training.services.plan_flow import PLAN_FLOW

DECIDED = declare_event("training.plan.decided", gettext_lazy("Training plan decided"))
ENDED = declare_event("training.plan.ended", gettext_lazy("Training plan ended"))
REVISED = declare_event("training.plan.revised", gettext_lazy("Back to a draft for a revision"))


def _move(
    verb: str, event: Event, plan: TrainingPlan, *, by: Any, version: int, reason: str = "", **changes: Any
) -> TrainingPlan:
    """One move of the flow, checked before, with its entry in the history."""
    moved = {
        "status": PLAN_FLOW[verb].target,
        "status_since": clock.today(),
        "status_reason": reason,
        **changes,
    }
    with act(event, by=by, reason=reason):
        save_version(plan, version=version, changes=moved)
    return plan


def decide_plan(
    *, plan: TrainingPlan, approval_number: str, decided_on: date | None, by: Any, version: int
) -> TrainingPlan:
    """It was decided on a day, by a 決裁 of this number or by this meeting; the first time it gets its number."""
    said = {"approval_number": approval_number, "decided_on": decided_on}
    PLAN_FLOW.check("decide", plan, by=by, data=said)
    with act(DECIDED, by=by):
        changes: dict[str, Any] = {"status": PLAN_FLOW["decide"].target, "status_since": decided_on, **said}
        if not plan.number:
            plan.number = next_number("T", FiscalYear.of(clock.today()))
            changes |= {"number": plan.number, "search_key": plan.make_search_key()}
        save_version(plan, version=version, changes={**changes, "status_reason": ""})
    return plan


def end_plan(*, plan: TrainingPlan, reason: str, by: Any, version: int) -> TrainingPlan:
    """It counts no more for the years ahead."""
    PLAN_FLOW.check("end", plan, by=by, data={"reason": reason})
    return _move("end", ENDED, plan, by=by, version=version, reason=reason)


def revise_plan(*, plan: TrainingPlan, reason: str, by: Any, version: int) -> TrainingPlan:
    """A draft again under its number; it needs a new decision, and the history keeps the old one."""
    PLAN_FLOW.check("revise", plan, by=by, data={"reason": reason})
    forgotten = {"approval_number": "", "decided_on": None}
    return _move("revise", REVISED, plan, by=by, version=version, reason=reason, **forgotten)
