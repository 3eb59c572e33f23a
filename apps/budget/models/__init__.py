"""Lists of the budget, grant programmes, proposals and their lines, intents and introduction plans."""

from apps.budget.models.backward import AnchorTitle, BackwardStep, GrantCandidate, ProposalStep
from apps.budget.models.effects import OutcomeIndicator, OutcomeValue, ProposalEvidence, ProposalWorkload
from apps.budget.models.finance import BudgetYear, FinanceAmount, FinanceFileFormat, FinanceImport, RequestForm
from apps.budget.models.grant import GrantProgramme, GrantRequirement
from apps.budget.models.lines import CostLine, Funding, RequestLine
from apps.budget.models.links import ProposalCourse, ProposalInitiative, ProposalTrainingPlan
from apps.budget.models.lists import (
    Account,
    BudgetItem,
    BudgetStage,
    ExpenseHint,
    ExpenseItem,
    ExpenseSubitem,
    RevenueItem,
)
from apps.budget.models.multi_year import (
    Carryover,
    ContinuingCost,
    ContinuingYear,
    DebtBurden,
    FutureCost,
    LongTermContract,
)
from apps.budget.models.plans import Intent, IntroductionPlan, PlanHurdle, PlanPoint, ReviewCriterion
from apps.budget.models.proposal import Proposal, ProposalHurdle, StageAmount, StageEntry
from apps.budget.models.reference import GrantGeneration, GrantGenerationType

__all__ = [
    "Account",
    "AnchorTitle",
    "BackwardStep",
    "BudgetItem",
    "BudgetStage",
    "BudgetYear",
    "Carryover",
    "ContinuingCost",
    "ContinuingYear",
    "CostLine",
    "DebtBurden",
    "ExpenseHint",
    "ExpenseItem",
    "ExpenseSubitem",
    "FinanceAmount",
    "FinanceFileFormat",
    "FinanceImport",
    "Funding",
    "FutureCost",
    "GrantCandidate",
    "GrantGeneration",
    "GrantGenerationType",
    "GrantProgramme",
    "GrantRequirement",
    "Intent",
    "IntroductionPlan",
    "LongTermContract",
    "OutcomeIndicator",
    "OutcomeValue",
    "PlanHurdle",
    "PlanPoint",
    "Proposal",
    "ProposalCourse",
    "ProposalEvidence",
    "ProposalHurdle",
    "ProposalInitiative",
    "ProposalStep",
    "ProposalTrainingPlan",
    "ProposalWorkload",
    "RequestForm",
    "RequestLine",
    "RevenueItem",
    "ReviewCriterion",
    "StageAmount",
    "StageEntry",
]
