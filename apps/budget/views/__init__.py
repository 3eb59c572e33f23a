"""Pages of proposals, grants, introduction plans, intents, and the budget request."""

from apps.budget.views.from_plan import ProposalFromPlan
from apps.budget.views.grants import GrantDetail, GrantList, GrantReference
from apps.budget.views.intents import IntentDetail, IntentList
from apps.budget.views.plans import PlanDetail, PlanList
from apps.budget.views.proposals import ProposalDetail, ProposalList
from apps.budget.views.requests import RequestExport

__all__ = [
    "GrantDetail",
    "GrantList",
    "GrantReference",
    "IntentDetail",
    "IntentList",
    "PlanDetail",
    "PlanList",
    "ProposalDetail",
    "ProposalFromPlan",
    "ProposalList",
    "RequestExport",
]
