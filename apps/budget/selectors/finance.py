"""Reads of what came from the finance system: its files, and the expense items of the year that a file speaks of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from apps.budget.choices import AmountBasis, StageKind
from apps.budget.models import BudgetStage, ExpenseItem, FinanceFileFormat, FinanceImport, Proposal
from apps.budget.selectors.appraisal import BEFORE_APPRAISAL, sees_appraisal, sees_results, untold
from apps.core.fiscal import FiscalYear
from apps.core.permissions import permitted

# How many years before the budget year the amounts are of, whose list of expense items a file then uses.
YEARS_BACK = {AmountBasis.SETTLED: 2, AmountBasis.CURRENT: 1, AmountBasis.PREVIOUS: 1, AmountBasis.STAGE: 0}

# Stages at which the finance section writes amounts of its own: a file of theirs is an appraisal.
APPRAISING = (StageKind.APPRAISAL, StageKind.REVIVAL_APPRAISAL)


def tells_appraisal(stage: BudgetStage | None) -> bool:
    """Whether amounts at the stage tell of the appraisal; those of a stage of unknown meaning do."""
    return stage is not None and stage.kind not in BEFORE_APPRAISAL


def imports_open_to(user: Any, fiscal_year: FiscalYear) -> QuerySet[FinanceImport]:
    """The files of a year that were taken over and that `user` may open, newest first.

    Once the year's result was told those of the appraisal are open, but for the rows of `codes_hidden_from`.
    """
    rows = FinanceImport.objects.filter(fiscal_year=fiscal_year).select_related("stage", "taken_by")
    if not sees_results(user, fiscal_year):
        rows = rows.filter(Q(stage__isnull=True) | Q(stage__kind__in=BEFORE_APPRAISAL))
    return rows


def codes_hidden_from(user: Any, fiscal_year: FiscalYear) -> set[str]:
    """The codes 事業コード under which a file of the appraisal tells of a proposal whose own result was not told.

    Those of other sections' projects that hold a line of it are among them: the rest of such a project told the line.
    """
    if permitted(user, "budget.view_appraisal"):
        return set()
    hidden = Proposal.objects.filter(untold(), fiscal_year=fiscal_year)
    return {code for row in hidden.values_list("project_code", "request_lines__host_code") for code in row if code}


def stages_open_to(user: Any, fiscal_year: FiscalYear) -> list[BudgetStage]:
    """The stages whose amounts `user` may take over and see."""
    every = list(BudgetStage.objects.exclude(kind=StageKind.DROPPED))
    if sees_appraisal(user, fiscal_year):
        return every
    return [stage for stage in every if not tells_appraisal(stage)]


def file_formats() -> QuerySet[FinanceFileFormat]:
    """The formats in use."""
    return FinanceFileFormat.objects.filter(archived_at__isnull=True)


@dataclass(frozen=True)
class ItemsOfYear:
    """The expense items 節 of one year, by number and by name."""

    by_number: dict[int, ExpenseItem]
    by_name: dict[str, ExpenseItem]

    @classmethod
    def of(cls, fiscal_year: FiscalYear) -> "ItemsOfYear":
        items = list(ExpenseItem.objects.of(fiscal_year))
        return cls({item.item_number: item for item in items}, {item.name: item for item in items})


def items_spoken_of(fiscal_year: FiscalYear, basis: str) -> ItemsOfYear:
    """The expense items as a file on this basis numbers them: until 2019 委託料 was 13 (平成31年総務省令第37号)."""
    return ItemsOfYear.of(fiscal_year - YEARS_BACK[AmountBasis(basis)])
