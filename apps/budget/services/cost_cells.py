"""What stands in a cell of the cost sheet, read as people type it or as a spreadsheet hands it over.

Full width digits, thousands separators, ￥ and 円 are read; a comma that separates no thousands is refused, and so is
△: a cost is never negative. Every refusal is a sentence that stands beside the cell.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import CostKind
from apps.budget.models import ExpenseItem
from apps.budget.services.amounts import MOST_K
from apps.budget.services.proposals import Cost
from apps.core import text as plain
from apps.core.fiscal import FiscalYear
from apps.core.money import YEN_PER_K

# In the order of the sheet; `amount` and the 節 in 千円 are computed and are no cells.
COLUMNS: dict[str, Any] = {
    "item": gettext_lazy("Expense item"),
    "subitem": gettext_lazy("Sub-item"),
    "description": gettext_lazy("Description"),
    "price": gettext_lazy("Unit price (yen)"),
    "quantity": gettext_lazy("Quantity"),
    "unit": gettext_lazy("Unit of quantity"),
    "months": gettext_lazy("Months"),
    "tax": gettext_lazy("Tax to add (%)"),
    "kind": gettext_lazy("Kind of cost"),
    "eligible": gettext_lazy("Eligible"),
    "host": gettext_lazy("Project that holds the line"),
}
LONGEST = {"subitem": 100, "description": 200, "unit": 20, "host": 20}
KINDS = {
    CostKind.INITIAL: ("initial", "初期", "イニシャル", "臨時"),
    CostKind.RUNNING: ("running", "経常", "ランニング"),
}
YES = {"○", "〇", "◯", "◎", "✓", "レ", "1", "true", "yes", "はい", "対象", "on"}
NO = {"", "×", "-", "－", "ー", "0", "false", "no", "いいえ", "対象外"}
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")
_OF_COST = re.compile(r"(経費|費用|コスト|費)$")
_NUMBERED = re.compile(r"(\d{1,3})\s*節?[\s.,、:・)\-]*(.*)")


class CellRefused(ValueError):
    """A cell that cannot be read; the message says why to a person."""


@dataclass
class CostRow:
    """One cost line of the sheet: what it costs, where it is booked, and which saved line it was (None: a new one)."""

    cost: Cost
    expense_item: ExpenseItem
    host_code: str = ""
    pk: int | None = None


@dataclass
class ReadRow:
    """One typed row as it is read: the row, or what is wrong by column."""

    row: CostRow | None = None
    errors: dict[str, str] = field(default_factory=dict)


def folded(text: str) -> str:
    """For comparing only: width and the space around do not count."""
    return unicodedata.normalize("NFKC", text).strip()


def words_in(cell: str) -> str:
    """The words of a cell as they were typed, on one line."""
    return " ".join(plain.clean(cell).split())


def read_decimal(cell: str, *, digits: int = 12, places: int = 2) -> Decimal:
    """A number that is not negative: 1,234.5 or １，２３４円."""
    text = re.sub(r"\s", "", folded(cell)).removeprefix("¥").removesuffix("円")
    if text[:1] in {"△", "▲", "-", "−", "‐", "－"} or (text.startswith("(") and text.endswith(")")):
        raise CellRefused(_("A cost is not negative."))
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise CellRefused(_("Enter a number, such as 1,234."))
    whole, _point, rest = text.partition(".")
    if len(rest.rstrip("0")) > places:
        raise CellRefused(_("At most two decimals.") if places else _("A whole number, without decimals."))
    if len(whole.lstrip("0")) > digits:
        raise CellRefused(_("At most %(digits)s digits: this is more than any city pays.") % {"digits": digits})
    return Decimal(f"{whole or 0}.{rest.rstrip('0') or 0}")


def read_whole(cell: str, *, digits: int = 10) -> int:
    return int(read_decimal(cell, digits=digits, places=0))


class Items:
    """The 節 of one year, found by number, by name, or by both; what follows a number need not be the whole name.

    The numbers changed in 2020: words that begin the name of another 節, of this or of another year, are refused.
    """

    def __init__(self, year: FiscalYear) -> None:
        self.year = year
        self.all = list(ExpenseItem.objects.of(year).order_by("item_number"))
        self.by_number = {item.item_number: item for item in self.all}
        self.by_name = {folded(item.name): item for item in self.all}

    @cached_property
    def names(self) -> list[str]:
        """Of this year and of all others, each once."""
        names = ExpenseItem.objects.order_by("item_number", "pk").values_list("name", flat=True)
        return list(dict.fromkeys(map(folded, names)))

    def read(self, cell: str) -> ExpenseItem:
        text = folded(cell)
        found = self.by_name.get(text)
        if found is None and (parts := _NUMBERED.fullmatch(text)):
            found = self.by_number.get(int(parts[1]))
            if found and parts[2] and self._means_another(parts[2], folded(found.name)):
                found = None
        if found is None:
            raise CellRefused(
                _("%(year)s has no expense item “%(item)s”.") % {"year": self.year, "item": words_in(cell)}
            )
        return found

    def _means_another(self, words: str, own: str) -> bool:
        return not _begins(words, own) and any(_begins(words, name) for name in self.names)


def _begins(words: str, name: str) -> bool:
    """The beginning of the name, or the name with more behind it."""
    return name.startswith(words) or words.startswith(name)


def read_kind(cell: str) -> str:
    """初期 or 経常, also as 経常経費 or ランニングコスト."""
    text = _OF_COST.sub("", folded(cell))
    for kind, names in KINDS.items():
        if text in names or text == str(kind.label):
            return kind
    raise CellRefused(_("Initial or running?"))


def read_eligible(cell: str) -> bool:
    text = folded(cell).lower()
    if text in YES or text in NO:
        return text in YES
    raise CellRefused(_("○, or nothing."))


def read_months(cell: str) -> int:
    months = read_whole(cell, digits=4) if folded(cell) else 1
    if not 1 <= months <= 12:
        raise CellRefused(_("From 1 to 12 months; a lump sum is 1."))
    return months


def read_tax(cell: str) -> int:
    percent = read_whole(cell.strip().removesuffix("%").removesuffix("％"), digits=4) if folded(cell) else 0
    if percent > 100:
        raise CellRefused(_("The tax is a percentage from 0 to 100."))
    return percent


def is_empty(cells: Mapping[str, str]) -> bool:
    """Whether the row says nothing of a cost; a new row has its 節, its kind and the like from the row above."""
    return not any(words_in(cells.get(name, "")) for name in ("description", "price", "quantity"))


def read_row(cells: Mapping[str, str], items: Items, *, pk: int | None = None) -> ReadRow:
    """A row of typed cells; empty quantity and months mean 1, empty tax none."""
    readers: dict[str, Callable[[str], Any]] = {
        "item": items.read,
        "price": read_decimal,
        "quantity": lambda cell: read_decimal(cell, digits=10) if folded(cell) else Decimal(1),
        "months": read_months,
        "tax": read_tax,
        "kind": read_kind,
        "eligible": read_eligible,
    }
    read: dict[str, Any] = {}
    result = ReadRow()
    for name in COLUMNS:
        cell = cells.get(name, "")
        try:
            read[name] = readers[name](_required(name, cell)) if name in readers else _text(name, cell)
        except CellRefused as refusal:
            result.errors[name] = str(refusal)
    if not result.errors:
        result.row = _row_of(read, pk)
        if result.row.cost.amount_yen > MOST_K * YEN_PER_K:
            result.errors["price"] = _("The amount of the line is more than any city pays.")
            result.row = None
    return result


def _required(name: str, cell: str) -> str:
    if name in {"item", "price", "kind"} and not folded(cell):
        raise CellRefused(_("This cell is empty."))
    return cell


def _text(name: str, cell: str) -> str:
    text = words_in(cell)
    if name == "description" and not text:
        raise CellRefused(_("This cell is empty."))
    if len(text) > LONGEST[name]:
        raise CellRefused(_("At most %(most)s characters.") % {"most": LONGEST[name]})
    return text


def _row_of(read: Mapping[str, Any], pk: int | None) -> CostRow:
    cost = Cost(
        description=read["description"],
        unit_price_yen=read["price"],
        quantity=read["quantity"],
        unit=read["unit"],
        months=read["months"],
        kind=read["kind"],
        eligible=read["eligible"],
        tax_percent=read["tax"],
        subitem=read["subitem"],
    )
    return CostRow(cost, read["item"], read["host"], pk)
