"""The filters of the lists of the budget."""

from apps.budget.filters.grants import GrantFilter
from apps.budget.filters.intents import IntentFilter
from apps.budget.filters.plans import PlanFilter
from apps.budget.filters.proposals import ProposalFilter
from apps.budget.filters.silent import SilentFilter

__all__ = ["GrantFilter", "IntentFilter", "PlanFilter", "ProposalFilter", "SilentFilter"]
