"""The request by account, 款, 項, 目 and 節 (事項別), with a sum at each level in use; and by 節 alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports.columns import (
    COMPUTED,
    SUMS,
    Given,
    Path,
    appraised,
    appraised_notes,
    bases_of,
    compared,
    indented,
    sources,
    sources_of,
    tree,
)
from apps.budget.exports.table import SUM, Column, Line, RequestTable
from apps.core.fiscal import FiscalYear

NO_SOURCES: tuple[None, ...] = (None,) * 6  # the sources of a project are not parted by 節


def by_item(fiscal_year: FiscalYear, proposals: Sequence[Any], given: Given) -> RequestTable:
    """`proposals` stand in the order of the budget book."""
    items = [(path, list(own)) for path, own in groupby(proposals, key=lambda each: _path(each.budget_item))]
    parents = {path[:depth] for path, _own in items for depth in range(len(path))}
    branches = [(_leaf(path, parents), _expense_lines(own, len(_leaf(path, parents)), given)) for path, own in items]
    funded = {_leaf(path, parents): sources_of(own) for path, own in items}

    told = (SUM,) * len(appraised(given))

    def heading(path: Path) -> tuple[Any, ...]:
        sums = funded.get(path, (SUM,) * 5)
        return (indented(path[-1], len(path) - 1), *SUMS, *sums, None, *told)

    return RequestTable(
        title=_("%(year)s budget request by item of the budget book") % {"year": fiscal_year},
        name=_("By item"),
        columns=(
            Column(_("Account, kan, kou, moku, expense item"), width=38),
            *compared(fiscal_year, 1),
            *sources(7, asked=bool(given)),
            *appraised(given),
        ),
        lines=tuple(tree(branches, heading)),
        total=_("Total"),
        unit=_("thousand yen"),
        notes=appraised_notes(proposals, given),
    )


def _path(item: Any) -> Path:
    return (item.account.name, *(f"{code} {name}" for code, name in item.levels))


def _leaf(path: Path, parents: set[Path]) -> Path:
    """An item that has others below it keeps what is its own under a heading of its own."""
    return (*path, _("Directly under %(item)s") % {"item": path[-1]}) if path in parents else path


def _expense_lines(proposals: Iterable[Any], depth: int, given: Given) -> list[Line]:
    return [
        Line((indented(label, depth), *bases, *COMPUTED, *NO_SOURCES, *told))
        for label, bases, told in _by_expense_item(proposals, given)
    ]


Cells = tuple[int | None, ...]


def _by_expense_item(proposals: Iterable[Any], given: Given) -> list[tuple[str, Cells, Cells]]:
    """Each 節 once, by its number: what is asked for, and 査定額; also one that the appraisal alone has."""
    lines: dict[tuple[int, str], list[Any]] = defaultdict(list)
    told: dict[tuple[int, str], int | None] = {}
    for proposal in proposals:
        for line in proposal.request_lines.all():
            lines[line.expense_item.item_number, line.expense_item.name].append(line)
        for item, amount_k in given.get(proposal.pk, {}).items():
            key = item.number, item.name
            told[key] = (told.get(key) or 0) + amount_k
    return [
        (f"{number} {name}", bases_of(lines.get((number, name), ())), (told.get((number, name)),) if given else ())
        for number, name in sorted({*lines, *told})
    ]


def by_expense_item(fiscal_year: FiscalYear, proposals: Sequence[Any], given: Given) -> RequestTable:
    """The whole request by 節, whatever the account."""
    rows = tuple(Line((label, *bases, *COMPUTED, *told)) for label, bases, told in _by_expense_item(proposals, given))
    return RequestTable(
        title=_("%(year)s budget request by expense item") % {"year": fiscal_year},
        name=_("By expense item"),
        columns=(Column(_("Expense item"), width=40), *compared(fiscal_year, 1), *appraised(given)),
        lines=rows,
        total=_("Total"),
        unit=_("thousand yen"),
        notes=appraised_notes(proposals, given),
    )
