"""The rows of the cost sheet's three tables as they are typed, and how they are found in what was sent."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from apps.budget.forms.cost_inputs import Inputs
from apps.budget.services.cost_cells import CostRow, words_in
from apps.core import money

BASE_COLUMNS: dict[str, Any] = {
    "item": gettext_lazy("Expense item"),
    "subitem": gettext_lazy("Sub-item"),
    "host": gettext_lazy("Project that holds the line"),
    "settled": gettext_lazy("Settled account of the year before last (thousand yen)"),
    "current": gettext_lazy("Budget of the previous year with supplements (thousand yen)"),
    "previous": gettext_lazy("Initial budget of the previous year (thousand yen)"),
}
HOST_COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Project code"),
    "name": gettext_lazy("Project"),
    "item": gettext_lazy("Budget item"),
    "unit": gettext_lazy("Unit"),
}
HOST_TEXTS = {name: HOST_COLUMNS[name] for name in ("code", "name")}


@dataclass
class Typed:
    """One row of a table of the page: its place in the form, its cells, and what is wrong with them."""

    n: int
    cells: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)
    pk: int | None = None
    read: CostRow | None = None
    amount_yen: int | None = None
    # The sum of its group in 千円, on the first row of each.
    group_k: int | None = None
    # What somebody else has saved in this row, by the names of the cells, and whether the row is new or gone there.
    theirs: list[tuple[str, str]] = field(default_factory=list)
    fate: str = ""
    # Its controls by column, made when the page is shown.
    html: dict[str, SafeString] = field(default_factory=dict)

    @property
    def is_eligible(self) -> bool:
        return self.cells.get("eligible", "") not in {"", "0"}

    @property
    def amount_text(self) -> str:
        return "" if self.amount_yen is None else money.number(self.amount_yen)

    @property
    def group_text(self) -> str:
        return "" if self.group_k is None else money.number(self.group_k)

    @property
    def pk_text(self) -> str:
        return str(self.pk or "")

    @property
    def is_blank(self) -> bool:
        """Nothing stands in any of its cells."""
        return not any(words_in(cell) for cell in self.cells.values())


def with_inputs(inputs: Inputs, rows: list[Typed]) -> list[Typed]:
    for place, row in enumerate(rows, start=1):
        row.html = inputs.of(row, place)
    return rows


def cells_sent(data: Any, prefix: str, names: Iterable[str]) -> dict[str, str]:
    return {name: data.get(f"{prefix}{name}", "") for name in names}


def places_sent(sent: list[str]) -> list[int]:
    """The rows that were sent, each once, in the order of the page."""
    return list(dict.fromkeys(n for each in sent if (n := number_sent(each)) is not None))


def number_sent(text: Any) -> int | None:
    """A key or a place in the form; what is none, and what no key can be, is nothing."""
    return int(text) if text and str(text).isdecimal() and len(str(text)) < 10 else None


def next_place(rows: list[Typed]) -> int:
    return max((row.n for row in rows), default=-1) + 1
