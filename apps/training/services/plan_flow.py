"""The status flow of a training plan. PLAN_FLOW is the whole of it; PLAN_ACTS leave the state as it is."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.transitions import Flow, Transition, needs_words
from apps.training.choices import PlanStatus
from apps.training.models import TrainingPlan

STAYS = ""
_needs_reason = needs_words("reason", gettext_lazy("Say why."))


def _needs_courses(plan: TrainingPlan, _data: dict[str, Any]) -> str | None:
    """What is decided is which courses are held in which years."""
    return None if plan.planned_courses.exists() else _("The plan has no course yet: plan a year first.")


def _needs_day(_plan: TrainingPlan, data: dict[str, Any]) -> str | None:
    """The day of the decision, which has come."""
    day: date | None = data.get("decided_on")
    if day is None:
        return _("Say on which day it was decided.")
    return _("The day of the decision cannot be in the future.") if day > clock.today() else None


PLAN_FLOW = Flow(
    "status",
    [
        Transition(
            verb="decide",
            label=gettext_lazy("Record the decision"),
            sources=(PlanStatus.DRAFT,),
            target=PlanStatus.DECIDED,
            permission="training.decide_plan",
            needs=(
                _needs_courses,
                needs_words("approval_number", gettext_lazy("Give the approval number or the meeting.")),
                _needs_day,
            ),
        ),
        Transition(
            verb="end",
            label=gettext_lazy("End the plan"),
            sources=(PlanStatus.DECIDED,),
            target=PlanStatus.ENDED,
            permission="training.end_plan",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="revise",
            label=gettext_lazy("Revise the plan"),
            sources=(PlanStatus.DECIDED, PlanStatus.ENDED),
            target=PlanStatus.DRAFT,
            permission="training.revise_plan",
            needs=(_needs_reason,),
        ),
    ],
)

# What was decided is revised before it is changed.
PLAN_ACTS = Flow(
    "status",
    [
        Transition(
            verb="edit",
            label=gettext_lazy("Edit"),
            sources=(PlanStatus.DRAFT,),
            target=STAYS,
            permission="training.edit_plan",
        ),
        Transition(
            verb="courses",
            label=gettext_lazy("Plan the courses of a year"),
            sources=(PlanStatus.DRAFT,),
            target=STAYS,
            permission="training.plan_courses",
        ),
        Transition(
            verb="archive",
            label=gettext_lazy("Archive"),
            sources=(PlanStatus.DRAFT, PlanStatus.ENDED),
            target=STAYS,
            permission="training.archive_plan",
            needs=(_needs_reason,),
        ),
    ],
)
