"""Reads of a year's budget request, and its sums in 千円."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, QuerySet

from apps.budget.choices import Source, StageKind
from apps.budget.models import ContinuingCost, Funding, Proposal, RequestLine
from apps.budget.selectors.appraisal import untold, with_stage_shown
from apps.budget.selectors.proposals import visible_to, with_amounts
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit

# The order of the budget book.
BOOK = (
    *(f"budget_item__{name}" for name in ("account__code", "kan", "kou", "moku", "group")),
    "project_code",
    "pk",
)


def in_book_order(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the budget book: account, kan, kou, moku, group, project."""
    return proposals.order_by(*BOOK)


def with_every_part(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Adds all that the request says of each proposal, in a constant number of queries."""
    lines = RequestLine.objects.select_related("expense_item", "host_item__account", "host_unit")
    fundings = Funding.objects.select_related("grant", "revenue_item__account")
    places = ("requesting_unit", "stage", "budget_item__account", "grant")
    return (
        with_amounts(proposals)
        .select_related(*places)
        .prefetch_related(
            Prefetch("request_lines", queryset=lines.prefetch_related("cost_lines")),
            Prefetch("fundings", queryset=fundings),
            Prefetch("continuing_costs", queryset=ContinuingCost.objects.prefetch_related("years")),
            "debt_burdens",
            "future_costs",
            "long_contracts",
            "carryovers",
        )
    )


def request_of(fiscal_year: FiscalYear, user: Any) -> QuerySet[Any]:
    """The proposals of one year's budget request that `user` sees, drafts (起案) included."""
    return in_book_order(with_every_part(_with_told(proposals_of_year(fiscal_year, user), user)))


def whole_request(fiscal_year: FiscalYear) -> QuerySet[Any]:
    """All proposals of one year, for the shell, where the operator answers for who reads the files."""
    return in_book_order(with_every_part(_with_told(all_of_year(fiscal_year), None)))


def _with_told(proposals: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Adds what `user` may know of the stage, and `is_untold`: whether the result is still to be told to its unit."""
    return with_stage_shown(proposals, user).annotate(is_untold=ExpressionWrapper(untold(), BooleanField()))


def not_withdrawn(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """What is still asked for: a proposal that was withdrawn stands in no sum and in no request."""
    return proposals.exclude(stage__kind=StageKind.DROPPED)


def all_of_year(fiscal_year: FiscalYear) -> QuerySet[Proposal]:
    return not_withdrawn(Proposal.objects.filter(archived_at__isnull=True, fiscal_year=fiscal_year))


def proposals_of_year(fiscal_year: FiscalYear, user: Any) -> QuerySet[Proposal]:
    """The visible proposals of one year's request, drafts (起案) included, without what was withdrawn."""
    return not_withdrawn(visible_to(user).filter(fiscal_year=fiscal_year))


def sections_of(request: QuerySet[Any]) -> list[Unit]:
    """The units that ask for something in the request, in the city's order."""
    asking = request.order_by().values("requesting_unit")
    return list(Unit.objects.filter(pk__in=asking).order_by("order", "code", "pk"))


def request_totals(fiscal_year: FiscalYear, user: Any) -> dict[str, int]:
    """The whole request by source, in 千円."""
    return totals_of(with_amounts(proposals_of_year(fiscal_year, user)))


def totals_of(proposals: Iterable[Any]) -> dict[str, int]:
    """The sums of proposals that carry their amounts, in 千円: the one definition of every total that is shown."""
    rows = list(proposals)
    columns = ["request_k", "previous_k", "change_k", "general_k", *(f"{source.value}_k" for source in Source)]
    return {column: sum(getattr(row, column) for row in rows) for column in columns} | {"count": len(rows)}


def request_year() -> FiscalYear:
    """The year for which budgets are asked for today: the next one."""
    return FiscalYear.of(clock.today()).next


def request_years() -> list[FiscalYear]:
    """The years that have proposals, newest first."""
    years = Proposal.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return list(years)


def years_to_choose() -> list[FiscalYear]:
    """The years that have proposals, and the one for which budgets are asked for now; newest first."""
    return sorted({*request_years(), request_year()}, reverse=True)
