"""Every table of the request in the order in which the workbook and the print show them."""

from collections.abc import Sequence
from typing import Any

from apps.budget.exports.by_item import by_expense_item, by_item
from apps.budget.exports.columns import Given
from apps.budget.exports.funding import allocation_memo, funding_table, other_revenue, revenue_request
from apps.budget.exports.overview import hosted, overview
from apps.budget.exports.table import RequestTable
from apps.budget.exports.years import carryovers, continuing_costs, debt_burdens, investment, long_contracts
from apps.core.fiscal import FiscalYear


def tables_of(
    fiscal_year: FiscalYear, proposals: Sequence[Any], given: Given, links: Sequence[str] = ()
) -> list[RequestTable]:
    """`given` is what the reader may know of the appraisal, `links` are the names of the proposals' own sheets."""
    further = (
        hosted,
        funding_table,
        allocation_memo,
        revenue_request,
        other_revenue,
        debt_burdens,
        continuing_costs,
        long_contracts,
        carryovers,
        investment,
    )
    return [
        overview(fiscal_year, proposals, given, links),
        by_item(fiscal_year, proposals, given),
        by_expense_item(fiscal_year, proposals, given),
        *(table(fiscal_year, proposals) for table in further),
    ]
