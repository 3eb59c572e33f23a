"""Reads a file of the finance system row by row; every fault has the address of its cell."""

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from apps.budget.models import BudgetStage, ExpenseItem, FinanceFileFormat
from apps.budget.selectors.finance import items_spoken_of
from apps.budget.services.finance_import.headings import Columns, find_columns
from apps.core.fiscal import FiscalYear
from apps.core.money import YEN_PER_K
from apps.core.readers import (
    ROWS_BEFORE_THE_HEADINGS,
    CellReader,
    Fault,
    Row,
    Sheet,
    WorkbookRefused,
    damaged,
    doubled,
    plain_word,
    read_table_file,
)
from apps.core.readers.xlsx import COMPOUND, ZIP
from apps.core.wareki import WarekiError

TOTALS = {"計", "合計", "総計", "小計", "事業計", "節計", "課計", "部計", "款計", "項計", "目計"}
MOST_K = 9_999_999_999  # ten digits of 千円: no city's budget has more
WORKBOOKS = (".xlsx", ".xlsm")
LONGEST = {"code": 20, "name": 200, "comment": 500, "subitem": 100}


@dataclass
class AmountRow:
    """One amount: 事業コード × 節, in 千円. `item` is None where the list of that year has no such number."""

    row: int
    place: str
    code: str
    name: str
    number: int
    item: ExpenseItem | None
    amount_k: int
    comment: str = ""


@dataclass(frozen=True)
class Question:
    """What a file is read as."""

    year: FiscalYear
    basis: str
    stage: BudgetStage | None = None
    in_yen: bool = False
    # The names of the columns where the file itself has no row of names.
    columns: tuple[str, ...] = ()
    # Of the projects in the file, what it does not name is zero; else it stays.
    zero_absent: bool = False

    @classmethod
    def by(cls, year: FiscalYear, basis: str, stage: BudgetStage | None, form: FinanceFileFormat | None) -> "Question":
        if form is None:
            return cls(year, basis, stage)
        return cls(year, basis, stage, form.amounts_in_yen, () if form.has_header else tuple(form.columns))


@dataclass
class Reading:
    """All that a file says: amounts, faults, rows of sums that were passed over, and how many rows it has."""

    rows: list[AmountRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    added: int = 0  # rows of a 細節 that were added to the row of their 節
    count: int = 0
    amount_label: str = ""


def read_finance_file(name: str, content: bytes, question: Question) -> Reading:
    """The amounts of a file. Raises WorkbookRefused where it cannot be read or has no such columns."""
    sheet, head, columns = _find_sheet(_tables(name, content), question)
    if not columns.at and _calls_itself_a_workbook(name, content):
        raise WorkbookRefused(damaged())
    if columns.missing:
        words = _("No row has the headings that are needed. Missing: %(headings)s.")
        raise WorkbookRefused(words % {"headings": "、".join(columns.missing)})
    reading = Reading(amount_label=columns.labels.get("amount", ""))
    for place in columns.doubled:
        reading.faults.append(doubled(head, place))
    if columns.amount_unit and (columns.amount_unit == "円") != question.in_yen:
        words = _("The heading says %(unit)s, the chosen format says the other unit. Choose the format that fits.")
        reading.faults.append(Fault(head.address(columns.at["amount"]), words % {"unit": columns.amount_unit}))
    if reading.faults:
        return reading
    reader = _RowReader(question, columns, reading)
    for row in sheet.rows[head.number :]:
        reader.read(row)
    if not reading.count:
        raise WorkbookRefused(_("The file has headings but no amount."))
    return reading


def _tables(name: str, content: bytes) -> list[Sheet]:
    try:
        return read_table_file(name, content)
    except WorkbookRefused:
        if _calls_itself_a_workbook(name, content):
            raise WorkbookRefused(damaged()) from None
        raise


def _calls_itself_a_workbook(name: str, content: bytes) -> bool:
    """Whether a file is no workbook, whatever its name says."""
    return name.lower().endswith(WORKBOOKS) and not content.startswith((ZIP, COMPOUND))


def _find_sheet(sheets: list[Sheet], question: Question) -> tuple[Sheet, Row, Columns]:
    """The first table with the headings that are needed, else the best; its columns say what is missing."""
    if question.columns and sheets:
        head = Row(0, list(question.columns))
        return sheets[0], head, find_columns(head.values, question.basis, question.stage)
    best = (Sheet("", []), Row(0, []), find_columns((), question.basis, question.stage))
    for sheet in sheets:
        for row in sheet.rows[:ROWS_BEFORE_THE_HEADINGS]:
            columns = find_columns(row.values, question.basis, question.stage)
            if not columns.missing:
                return sheet, row, columns
            if len(columns.at) > len(best[2].at):
                best = (sheet, row, columns)
    return best


class _RowReader(CellReader):
    """Reads row after row, collecting amounts and faults."""

    def __init__(self, question: Question, columns: Columns, reading: Reading) -> None:
        super().__init__(columns.at, reading.faults)
        self.question, self.columns, self.reading = question, columns, reading
        self.items = items_spoken_of(question.year, question.basis)
        self.names = {plain_word(name): item for name, item in self.items.by_name.items()}
        self.found: dict[tuple[str, int], AmountRow] = {}

    def read(self, row: Row) -> None:
        if not any(self.text(row, key) for key in ("code", "item_number", "item_name", "amount")):
            return
        self.reading.count += 1
        if self.is_total(row):
            self.reading.totals.append(row.number)
            return
        faults = len(self.reading.faults)
        self.check_year(row)
        values = {key: self.short(row, key) for key in LONGEST}
        code = self.code(row, values["code"])
        number, item = self.item(row)
        amount_k = self.amount(row)
        if len(self.reading.faults) == faults:
            place = row.address(self.columns.at["amount"])
            self.keep(
                AmountRow(row.number, place, code, values["name"], number, item, amount_k, values["comment"]), row
            )

    def text(self, row: Row, key: str) -> str:
        return " ".join(str(self.value(row, key)).split())

    def is_total(self, row: Row) -> bool:
        """A row of sums says so in place of a code, a name or an item."""
        return any(plain_word(self.text(row, key)) in TOTALS for key in ("code", "name", "item_number", "item_name"))

    def check_year(self, row: Row) -> None:
        typed = self.text(row, "year")
        if not typed:
            return
        try:
            right = FiscalYear.parse(typed) == self.question.year
        except WarekiError:
            right = False
        if not right:
            words = _("This file is taken over for %(year)s; here stands “%(typed)s”.")
            self.fault(row, "year", words % {"year": self.question.year, "typed": typed})

    def short(self, row: Row, key: str) -> str:
        text = self.text(row, key)
        if len(text) > LONGEST[key]:
            words = _("“%(heading)s” has at most %(most)d characters.")
            self.fault(row, key, words % {"heading": self.columns.labels[key], "most": LONGEST[key]})
        return text

    def code(self, row: Row, typed: str) -> str:
        code = unicodedata.normalize("NFKC", typed).strip()
        if not code:
            self.fault(row, "code", _("Write the code of the project."))
        return code

    def item(self, row: Row) -> tuple[int, ExpenseItem | None]:
        """The number in the file, and the expense item that it means; a name that nobody knows is a fault."""
        typed, name = self.text(row, "item_number"), self.text(row, "item_name")
        named = self.names.get(plain_word(name)) if name else None
        if not typed:
            if named is None:
                words = _("The list of expense items of that year has no “%(name)s”.")
                key = "item_name" if "item_name" in self.columns.at else "item_number"
                self.fault(row, key, words % {"name": name or "－"})
            return (named.item_number, named) if named else (0, None)
        number = _whole(typed)
        if number is None or not 0 < number < 1000:
            self.fault(row, "item_number", _("“%(typed)s” is no number of an expense item.") % {"typed": typed})
            return 0, None
        item = self.items.by_number.get(number)
        if item and name and named != item:
            words = _("Number %(number)d is “%(item)s” in that year, not “%(name)s”.")
            self.fault(row, "item_number", words % {"number": number, "item": item.name, "name": name})
        return number, item

    def amount(self, row: Row) -> int:
        typed = self.text(row, "amount")
        try:
            return amount_in_k(typed, in_yen=self.question.in_yen)
        except ValueError as error:
            self.fault(row, "amount", str(error))
            return 0

    def keep(self, found: AmountRow, row: Row) -> None:
        """Rows of 細節 are added up to their 節; the same 節 twice without a 細節 is a fault."""
        before = self.found.get((found.code, found.number))
        if before is None:
            self.found[found.code, found.number] = found
            self.reading.rows.append(found)
        elif self.text(row, "subitem"):
            before.amount_k += found.amount_k
            before.comment = "　".join(filter(None, dict.fromkeys((before.comment, found.comment))))[:500]
            self.reading.added += 1
        else:
            words = _("This project has the same expense item in %(place)s already.") % {"place": before.place}
            self.fault(row, "code", words)


def _whole(typed: str) -> int | None:
    """A whole number in any width; None for anything else."""
    text = unicodedata.normalize("NFKC", typed).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def amount_in_k(typed: str, *, in_yen: bool) -> int:
    """An amount as it stands in the file, in 千円. Raises ValueError with what is wrong."""
    text = unicodedata.normalize("NFKC", typed).replace(",", "").replace("、", "").strip()
    text = text.removesuffix("千円" if not in_yen else "円").strip()
    if text in {"", "-", "－", "―", "—"}:
        return 0
    if text[0] in "△▲-−":
        raise ValueError(_("An amount below zero (%(typed)s) is not taken over.") % {"typed": typed})
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(_("“%(typed)s” is no amount.") % {"typed": typed}) from None
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise ValueError(_("“%(typed)s” is no whole amount.") % {"typed": typed})
    if amount > MOST_K * (YEN_PER_K if in_yen else 1):
        raise ValueError(_("“%(typed)s” is larger than any budget.") % {"typed": typed})
    if not in_yen:
        return int(amount)
    whole, rest = divmod(int(amount), YEN_PER_K)
    if rest:
        raise ValueError(_("%(typed)s yen is no whole amount of thousand yen.") % {"typed": typed})
    return whole
