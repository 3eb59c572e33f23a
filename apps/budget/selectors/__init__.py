"""Reads of proposals and the year's request, of grants, introduction plans and intents."""

from apps.budget.selectors.cost_rows import CostRow, cost_rows
from apps.budget.selectors.grants import grant_detail, grant_generations, grant_list
from apps.budget.selectors.intents import intent_years, intents_of_year, visible_intents
from apps.budget.selectors.investment import CostOfYear, five_years
from apps.budget.selectors.links import served_by
from apps.budget.selectors.moment import one_view
from apps.budget.selectors.plans import (
    days_of_review,
    open_to_link,
    plan_detail,
    plan_list,
    plan_years,
    plans_of_year,
    visible_plans,
)
from apps.budget.selectors.proposals import (
    WIDE_ROLES,
    open_to,
    proposal_detail,
    proposal_list,
    proposal_page,
    proposals_named,
    visible_to,
    with_amounts,
    with_lines,
    yen_totals,
)
from apps.budget.selectors.requests import (
    all_of_year,
    in_book_order,
    not_withdrawn,
    proposals_of_year,
    request_of,
    request_totals,
    request_year,
    request_years,
    sections_of,
    totals_of,
    whole_request,
    with_every_part,
)

__all__ = [
    "WIDE_ROLES",
    "CostOfYear",
    "CostRow",
    "all_of_year",
    "cost_rows",
    "days_of_review",
    "five_years",
    "grant_detail",
    "grant_generations",
    "grant_list",
    "in_book_order",
    "intent_years",
    "intents_of_year",
    "not_withdrawn",
    "one_view",
    "open_to",
    "open_to_link",
    "plan_detail",
    "plan_list",
    "plan_years",
    "plans_of_year",
    "proposal_detail",
    "proposal_list",
    "proposal_page",
    "proposals_named",
    "proposals_of_year",
    "request_of",
    "request_totals",
    "request_year",
    "request_years",
    "sections_of",
    "served_by",
    "totals_of",
    "visible_intents",
    "visible_plans",
    "visible_to",
    "whole_request",
    "with_amounts",
    "with_every_part",
    "with_lines",
    "yen_totals",
]
