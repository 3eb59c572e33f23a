"""Reads of proposals and the year's request, of grants, introduction plans and intents."""

from apps.budget.selectors.grants import grant_generations, grant_list
from apps.budget.selectors.intents import intent_years, intents_of_year, visible_intents
from apps.budget.selectors.links import served_by
from apps.budget.selectors.plans import plan_detail, plan_list, plan_years, plans_of_year, visible_plans
from apps.budget.selectors.proposals import (
    WIDE_ROLES,
    open_to,
    proposal_detail,
    proposal_list,
    proposals_named,
    visible_to,
    with_amounts,
    with_lines,
    yen_totals,
)
from apps.budget.selectors.requests import (
    in_book_order,
    proposals_of_year,
    request_of,
    request_totals,
    request_year,
    request_years,
    totals_of,
    whole_request,
)

__all__ = [
    "WIDE_ROLES",
    "grant_generations",
    "grant_list",
    "in_book_order",
    "intent_years",
    "intents_of_year",
    "open_to",
    "plan_detail",
    "plan_list",
    "plan_years",
    "plans_of_year",
    "proposal_detail",
    "proposal_list",
    "proposals_named",
    "proposals_of_year",
    "request_of",
    "request_totals",
    "request_year",
    "request_years",
    "served_by",
    "totals_of",
    "visible_intents",
    "visible_plans",
    "visible_to",
    "whole_request",
    "with_amounts",
    "with_lines",
    "yen_totals",
]
