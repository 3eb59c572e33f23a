"""The columns of the lists of the budget."""

from apps.budget.tables.grants import GrantTable
from apps.budget.tables.intents import IntentTable, SilentTable, start_of
from apps.budget.tables.plans import PlanTable, result_chip
from apps.budget.tables.proposals import ProposalTable

__all__ = ["GrantTable", "IntentTable", "PlanTable", "ProposalTable", "SilentTable", "result_chip", "start_of"]
