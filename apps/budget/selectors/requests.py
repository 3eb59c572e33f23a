"""Reads of a year's budget request, and its sums in 千円."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.budget.choices import Source
from apps.budget.models import Proposal
from apps.budget.selectors.proposals import proposal_detail, visible_to, with_amounts, with_lines
from apps.core import clock
from apps.core.fiscal import FiscalYear


def in_book_order(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """In the order of the budget book: account, kan, kou, moku, project."""
    item = ("account__code", "kan", "kou", "moku")
    return proposals.order_by(*(f"budget_item__{name}" for name in item), "project_code")


def request_of(fiscal_year: FiscalYear, user: Any) -> QuerySet[Any]:
    """The proposals of one year's budget request that `user` sees, drafts (起案) included."""
    return in_book_order(proposal_detail(user).filter(fiscal_year=fiscal_year))


def whole_request(fiscal_year: FiscalYear) -> QuerySet[Any]:
    """All proposals of one year, for the shell, where the operator answers for who reads the files."""
    every = Proposal.objects.filter(archived_at__isnull=True, fiscal_year=fiscal_year)
    shown = with_amounts(every).select_related("requesting_unit", "stage", "budget_item__account")
    return in_book_order(with_lines(shown))


def proposals_of_year(fiscal_year: FiscalYear, user: Any) -> QuerySet[Proposal]:
    """The visible proposals of one year's request, drafts (起案) included."""
    return visible_to(user).filter(fiscal_year=fiscal_year)


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
