"""Forms of the budget, by what they are about."""

from apps.budget.forms.criteria import CriterionForm
from apps.budget.forms.from_plan import FromPlanForm
from apps.budget.forms.intents import IntentForm, ReadinessForm
from apps.budget.forms.plan_boxes import ReasonForm
from apps.budget.forms.plan_review import PlanReviewForm
from apps.budget.forms.plans import DraftProposalForm, PlanForm, PlanHurdleForm, PlanProposalForm, PlanUnlinkForm

__all__ = [
    "CriterionForm",
    "DraftProposalForm",
    "FromPlanForm",
    "IntentForm",
    "PlanForm",
    "PlanHurdleForm",
    "PlanProposalForm",
    "PlanReviewForm",
    "PlanUnlinkForm",
    "ReadinessForm",
    "ReasonForm",
]
