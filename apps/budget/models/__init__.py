"""Lists of the budget, grant programmes, proposals and the lines of a proposal."""

from apps.budget.models.grant import GrantProgramme
from apps.budget.models.lines import CostLine, DebtBurden, Funding, FutureCost, RequestLine
from apps.budget.models.lists import Account, BudgetItem, BudgetStage, ExpenseItem, ExpenseSubitem
from apps.budget.models.proposal import Proposal, ProposalHurdle, StageEntry

__all__ = [
    "Account",
    "BudgetItem",
    "BudgetStage",
    "CostLine",
    "DebtBurden",
    "ExpenseItem",
    "ExpenseSubitem",
    "Funding",
    "FutureCost",
    "GrantProgramme",
    "Proposal",
    "ProposalHurdle",
    "RequestLine",
    "StageEntry",
]
