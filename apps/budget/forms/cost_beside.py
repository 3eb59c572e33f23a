"""The two tables beside the cost sheet as they are read: what the years before had, and projects of other sections."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.forms.cost_rows import BASE_COLUMNS, Typed, number_sent
from apps.budget.models import BudgetItem
from apps.budget.services.cost_cells import CellRefused, Items, read_whole, words_in
from apps.budget.services.costs import Base, Host
from apps.organization.models import Unit


def read_bases(rows: Sequence[Typed], items: Items) -> list[Base]:
    """What the years before had; a cell that cannot be read is marked in its row."""
    read = []
    for row in rows:
        row.errors = {}
        if row.is_blank:
            continue
        values: dict[str, Any] = {}
        for name in BASE_COLUMNS:
            try:
                values[name] = _base_cell(name, row.cells[name], items)
            except CellRefused as refusal:
                row.errors[name] = str(refusal)
        if not row.errors:
            read.append(_base(values))
    return read


def _base_cell(name: str, cell: str, items: Items) -> Any:
    if name == "item":
        return items.read(cell)
    if name in {"subitem", "host"}:
        return words_in(cell)[:100]
    return read_whole(cell) if words_in(cell) else None


def _base(values: dict[str, Any]) -> Base:
    return Base(
        values["item"], values["subitem"], values["host"], values["settled"], values["current"], values["previous"] or 0
    )


def read_hosts(rows: Sequence[Typed]) -> list[Host]:
    """The projects in which lines stand, each with its place in the book and its unit as chosen."""
    read = []
    places = {str(each.pk): each for each in BudgetItem.objects.filter(pk__in=_chosen(rows, "item"))}
    units = {str(each.pk): each for each in Unit.objects.filter(pk__in=_chosen(rows, "unit"))}
    for row in rows:
        row.errors = {}
        if row.is_blank:
            continue
        code, name = words_in(row.cells["code"]), words_in(row.cells["name"])
        if not code:
            row.errors["code"] = _("This cell is empty.")
        elif len(code) > 20 or len(name) > 200:
            row.errors["name"] = _("At most %(most)s characters.") % {"most": 200}
        read.append(Host(code, name, places.get(row.cells["item"]), units.get(row.cells["unit"])))
    return read


def _chosen(rows: Sequence[Typed], name: str) -> list[int]:
    """The keys that are chosen in a column of the projects; one of no number is none."""
    return [key for row in rows if (key := number_sent(row.cells.get(name, "")))]
