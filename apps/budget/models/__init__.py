"""Lists of the budget, grant programmes, proposals and their lines, intents and introduction plans."""

from apps.budget.models.grant import GrantProgramme
from apps.budget.models.lines import CostLine, DebtBurden, Funding, FutureCost, RequestLine
from apps.budget.models.links import ProposalCourse, ProposalInitiative, ProposalTrainingPlan
from apps.budget.models.lists import Account, BudgetItem, BudgetStage, ExpenseItem, ExpenseSubitem
from apps.budget.models.plans import Intent, IntroductionPlan, PlanPoint, ReviewCriterion
from apps.budget.models.proposal import Proposal, ProposalHurdle, StageAmount, StageEntry
from apps.budget.models.reference import GrantGeneration, GrantGenerationType

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
    "GrantGeneration",
    "GrantGenerationType",
    "GrantProgramme",
    "Intent",
    "IntroductionPlan",
    "PlanPoint",
    "Proposal",
    "ProposalCourse",
    "ProposalHurdle",
    "ProposalInitiative",
    "ProposalTrainingPlan",
    "RequestLine",
    "ReviewCriterion",
    "StageAmount",
    "StageEntry",
]
