"""Pages of proposals, grants, introduction plans, intents, and the budget request."""

from apps.budget.views.budget_year import BudgetDisclose, BudgetSettle, YearAppraisal
from apps.budget.views.calendar import BudgetCalendar
from apps.budget.views.costs import ProposalCosts, ProposalCostsCopy
from apps.budget.views.criteria import CriteriaList, CriterionCreate, CriterionEdit
from apps.budget.views.finance_import import FinanceImportPreview, FinanceImportUpload
from apps.budget.views.from_plan import ProposalFromPlan
from apps.budget.views.grant_parts import (
    CandidateRemove,
    GrantCandidateAdd,
    ProposalCandidateAdd,
    RequirementAdd,
    RequirementChange,
    RequirementRemove,
)
from apps.budget.views.grant_writing import (
    GrantAnnounce,
    GrantArchive,
    GrantClose,
    GrantContinue,
    GrantCreate,
    GrantEdit,
)
from apps.budget.views.grants import GrantDetail, GrantList, GrantReference
from apps.budget.views.home import BudgetHome
from apps.budget.views.intent_pages import (
    IntentArchive,
    IntentCreate,
    IntentDraftPlan,
    IntentDraftProposal,
    IntentEdit,
    IntentReadiness,
)
from apps.budget.views.intents import IntentDetail, IntentList, IntentSilent
from apps.budget.views.investment import InvestmentList
from apps.budget.views.plan_links import PlanDraftProposal, PlanHurdleRemove, PlanHurdles, PlanProposal
from apps.budget.views.plan_paper import PlanPaper
from apps.budget.views.plan_verbs import (
    PlanMarkPriority,
    PlanReopen,
    PlanReturn,
    PlanReview,
    PlanSubmit,
    PlanUnmarkPriority,
)
from apps.budget.views.plan_writing import PlanArchive, PlanCreate, PlanEdit
from apps.budget.views.plans import PlanDetail, PlanList
from apps.budget.views.project_code import ProposalCode
from apps.budget.views.proposal_copy import ProposalCopy
from apps.budget.views.proposal_forms import (
    ProposalAnswer,
    ProposalArchive,
    ProposalCreate,
    ProposalEdit,
)
from apps.budget.views.proposal_money import FundingMove, FundingSettle, ProposalFunding, ProposalLaterYears
from apps.budget.views.proposal_serving import ProposalOutcomes, ProposalServes, ProposalWorkloadPage
from apps.budget.views.proposal_stages import (
    ProposalAppraise,
    ProposalAppraiseRevival,
    ProposalConfirm,
    ProposalCoordinate,
    ProposalHear,
    ProposalHold,
    ProposalResume,
    ProposalReturn,
    ProposalRevive,
    ProposalSubmit,
    ProposalWithdraw,
)
from apps.budget.views.proposals import ProposalDetail, ProposalList
from apps.budget.views.reconciliation import ReconciliationPage
from apps.budget.views.request_forms import (
    RequestFormArchive,
    RequestFormDetail,
    RequestFormFill,
    RequestFormList,
    RequestFormUpload,
)
from apps.budget.views.requests import RequestExport, RequestPrepare, RequestPrepared
from apps.budget.views.scenarios import Scenarios
from apps.budget.views.steps import ProposalGrantDays, ProposalSteps, StepList
from apps.budget.views.uploads import FileFormatArchive, FileFormatCreate, FileFormatEdit, RequestUpload
from apps.budget.views.years import BudgetYearSettings

__all__ = [
    "BudgetCalendar",
    "BudgetDisclose",
    "BudgetHome",
    "BudgetSettle",
    "BudgetYearSettings",
    "CandidateRemove",
    "CriteriaList",
    "CriterionCreate",
    "CriterionEdit",
    "FileFormatArchive",
    "FileFormatCreate",
    "FileFormatEdit",
    "FinanceImportPreview",
    "FinanceImportUpload",
    "FundingMove",
    "FundingSettle",
    "GrantAnnounce",
    "GrantArchive",
    "GrantCandidateAdd",
    "GrantClose",
    "GrantContinue",
    "GrantCreate",
    "GrantDetail",
    "GrantEdit",
    "GrantList",
    "GrantReference",
    "IntentArchive",
    "IntentCreate",
    "IntentDetail",
    "IntentDraftPlan",
    "IntentDraftProposal",
    "IntentEdit",
    "IntentList",
    "IntentReadiness",
    "IntentSilent",
    "InvestmentList",
    "PlanArchive",
    "PlanCreate",
    "PlanDetail",
    "PlanDraftProposal",
    "PlanEdit",
    "PlanHurdleRemove",
    "PlanHurdles",
    "PlanList",
    "PlanMarkPriority",
    "PlanPaper",
    "PlanProposal",
    "PlanReopen",
    "PlanReturn",
    "PlanReview",
    "PlanSubmit",
    "PlanUnmarkPriority",
    "ProposalAnswer",
    "ProposalAppraise",
    "ProposalAppraiseRevival",
    "ProposalArchive",
    "ProposalCandidateAdd",
    "ProposalCode",
    "ProposalConfirm",
    "ProposalCoordinate",
    "ProposalCopy",
    "ProposalCosts",
    "ProposalCostsCopy",
    "ProposalCreate",
    "ProposalDetail",
    "ProposalEdit",
    "ProposalFromPlan",
    "ProposalFunding",
    "ProposalGrantDays",
    "ProposalHear",
    "ProposalHold",
    "ProposalLaterYears",
    "ProposalList",
    "ProposalOutcomes",
    "ProposalResume",
    "ProposalReturn",
    "ProposalRevive",
    "ProposalServes",
    "ProposalSteps",
    "ProposalSubmit",
    "ProposalWithdraw",
    "ProposalWorkloadPage",
    "ReconciliationPage",
    "RequestExport",
    "RequestFormArchive",
    "RequestFormDetail",
    "RequestFormFill",
    "RequestFormList",
    "RequestFormUpload",
    "RequestPrepare",
    "RequestPrepared",
    "RequestUpload",
    "RequirementAdd",
    "RequirementChange",
    "RequirementRemove",
    "Scenarios",
    "StepList",
    "YearAppraisal",
]
