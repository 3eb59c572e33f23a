"""Every cost line of a year's request as one flat list, read in constant memory: two cursors side by side.

A 節 without cost lines and a proposal without 節 have a row, too, so that the rows lose nothing.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from apps.budget.models import Proposal
from apps.budget.selectors.proposals import with_amounts
from apps.budget.selectors.requests import BOOK

# Rows are small, proposals are not.
CHUNK, HEADS = 2000, 200
_LINE = ("expense_item__item_number", "expense_item__name", "subitem", "host_code", "host_name", "request_k")
COST_COLUMNS = (
    "description",
    "subitem",
    "unit_price_yen",
    "quantity",
    "unit",
    "months",
    "tax_percent",
    "amount_yen",
    "kind",
    "eligible",
)


class CostRow(NamedTuple):
    """One cost line with its 節; `opens_line` says that it is the first of its 節, which bears the 節's amount."""

    opens_line: bool
    line: tuple[Any, ...]
    cost: tuple[Any, ...]


def cost_rows(proposals: QuerySet[Proposal]) -> Iterator[tuple[Any, list[CostRow]]]:
    """Each proposal with its sums and its rows, in the order of the budget book."""
    rows = _rows(proposals)
    held = next(rows, None)
    for proposal in _heads(proposals):
        own = []
        while held is not None and held[0] == proposal.pk:
            own.append(held[1])
            held = next(rows, None)
        yield proposal, own


def _heads(proposals: QuerySet[Proposal]) -> Iterator[Any]:
    heads = with_amounts(proposals).select_related("requesting_unit", "budget_item__account")
    return heads.order_by(*BOOK).iterator(chunk_size=HEADS)


def _rows(proposals: QuerySet[Proposal]) -> Iterator[tuple[int, CostRow]]:
    fields = ("request_lines__pk", *(f"request_lines__{name}" for name in _LINE))
    costs = tuple(f"request_lines__cost_lines__{name}" for name in COST_COLUMNS)
    within = [f"request_lines__{name}" for name in ("order", "pk", "cost_lines__order", "cost_lines__pk")]
    order: list[Any] = [*BOOK, *(F(name).asc(nulls_first=True) for name in within)]
    table = proposals.order_by(*order).values_list("pk", *fields, *costs)
    before = None
    for row in table.iterator(chunk_size=CHUNK):
        line = (row[0], row[1])
        yield row[0], CostRow(line != before, row[2 : 2 + len(_LINE)], row[2 + len(_LINE) :])
        before = line
