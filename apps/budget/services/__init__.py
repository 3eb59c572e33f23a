"""Writes of the budget, by what they are about."""

from apps.budget.services.from_plan import draft_from_plan
from apps.budget.services.proposals import Cost, Item, Overfunded, ProposalDraft, create_proposal, general_revenue_k

__all__ = ["Cost", "Item", "Overfunded", "ProposalDraft", "create_proposal", "draft_from_plan", "general_revenue_k"]
