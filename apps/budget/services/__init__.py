"""Writes of the budget, by what they are about."""

from apps.budget.services.amounts import Absurd, Overfunded, eligible_yen_of, general_revenue_k, recompute
from apps.budget.services.copying import copy_proposal
from apps.budget.services.criteria import create_criterion, edit_criterion
from apps.budget.services.from_plan import draft_from_plan
from apps.budget.services.intents import (
    archive_intent,
    change_readiness,
    create_intent,
    draft_plan_of_intent,
    draft_proposal_of_intent,
    edit_intent,
)
from apps.budget.services.plan_flow import ACTS as PLAN_ACTS
from apps.budget.services.plan_flow import FLOW as PLAN_FLOW
from apps.budget.services.plan_hurdles import link_plan_hurdle, unlink_plan_hurdle
from apps.budget.services.plan_points import Given
from apps.budget.services.plan_proposals import draft_proposal_of_plan, link_proposal
from apps.budget.services.plan_verbs import (
    mark_priority,
    reopen_plan,
    return_plan,
    review_plan,
    submit_plan,
    unmark_priority,
)
from apps.budget.services.plans import archive_plan, create_plan, edit_plan
from apps.budget.services.proposals import Cost, Item, ProposalDraft, create_proposal
from apps.budget.services.writing import create_draft

__all__ = [
    "PLAN_ACTS",
    "PLAN_FLOW",
    "Absurd",
    "Cost",
    "Given",
    "Item",
    "Overfunded",
    "ProposalDraft",
    "archive_intent",
    "archive_plan",
    "change_readiness",
    "copy_proposal",
    "create_criterion",
    "create_draft",
    "create_intent",
    "create_plan",
    "create_proposal",
    "draft_from_plan",
    "draft_plan_of_intent",
    "draft_proposal_of_intent",
    "draft_proposal_of_plan",
    "edit_criterion",
    "edit_intent",
    "edit_plan",
    "eligible_yen_of",
    "general_revenue_k",
    "link_plan_hurdle",
    "link_proposal",
    "mark_priority",
    "recompute",
    "reopen_plan",
    "return_plan",
    "review_plan",
    "submit_plan",
    "unlink_plan_hurdle",
    "unmark_priority",
]
