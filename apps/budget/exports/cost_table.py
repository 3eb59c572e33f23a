"""積算基礎: the cost lines of a proposal in yen, and beside the first of each 節 its amounts in 千円."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from apps.budget.exports import words
from apps.budget.exports.columns import bases_of, compared
from apps.budget.exports.formats import SheetFormats, height_of
from apps.budget.selectors.stages import Spread
from apps.core import money

YEN, BASES = 8, 9  # where the amount in yen and the first of the four bases stand
CHANGE, RATIO = BASES + 4, BASES + 5
GIVEN = RATIO + 1  # 査定額・予算額, where the reader may know it


class CostTable:
    """Writes the table downwards from `header`; its last row sums it. `told` is what stands, where that is told."""

    def __init__(
        self,
        sheet: Any,
        formats: SheetFormats,
        proposal: Any,
        told: Spread | None,
        *,
        top: int,
        widths: Sequence[float],
    ) -> None:
        self.sheet, self.formats, self.proposal, self.told, self.widths = sheet, formats, proposal, told, widths
        self.header = self.row = top
        self.height = 0.0

    def write(self) -> None:
        labels = [_("Expense item"), _("Sub-item"), _("Description"), _("Unit price (yen)"), _("Quantity")]
        labels += [_("Unit of quantity"), _("Months"), _("Tax"), _("Amount (yen)")]
        labels += [column.label for column in compared(self.proposal.fiscal_year, 0)]
        if self.told:
            labels.append(_("Appraised or budgeted"))
        for column, label in enumerate(labels):
            self.sheet.write_string(self.row, column, label, self.formats.head)
        self._next(46)
        for line in self.proposal.request_lines.all():
            self._line(line)
        if self.told:
            self._beyond(self.told)
        self._total()

    def total_cell(self, column: int) -> str:
        """The cell with the sum of a column."""
        return f"{xl_col_to_name(column)}{self.row}"

    def _line(self, line: Any) -> None:
        costs = list(line.cost_lines.all())
        texts = [(words.expense_item(line), self.widths[0]), (line.subitem, self.widths[1])]
        for number, cost in enumerate(costs or [None]):
            row = texts if not number else [("", self.widths[0]), ("", self.widths[1])]
            if cost is not None and cost.subitem and not row[1][0] and cost.subitem != line.subitem:
                row = [row[0], (cost.subitem, self.widths[1])]
            for column, (text, _width) in enumerate(row):
                self._text(column, text)
            self._cost(cost)
            self._bases(line if not number else None)
            self._next(height_of([*row, (cost.description if cost else "", self.widths[2])]))

    def _beyond(self, told: Spread) -> None:
        """The 節 that the appraisal alone has."""
        for item, amount_k in told.beyond.items():
            texts = [str(item), "", words.only_appraised(), *[""] * (RATIO - 2)]
            for column, text in enumerate(texts):
                self._text(column, text)
            self.sheet.write_number(self.row, GIVEN, amount_k, self.formats.amount)
            self._next(height_of(zip(texts[:3], self.widths, strict=False)))

    def _text(self, column: int, text: str) -> None:
        if text:
            self.sheet.write_string(self.row, column, text, self.formats.text)
        else:
            self.sheet.write_blank(self.row, column, None, self.formats.text)

    def _cost(self, cost: Any) -> None:
        sheet, of = self.sheet, self.formats
        if cost is None:
            self._text(2, _("Nothing is asked for this year."))
            for column in range(3, YEN + 1):
                self._text(column, "")
            return
        sheet.write_string(self.row, 2, cost.description, of.text)
        for column, value in ((3, cost.unit_price_yen), (4, cost.quantity)):
            sheet.write_number(self.row, column, value, of.amount if value % 1 == 0 else of.decimal)
        sheet.write_string(self.row, 5, cost.unit, of.middle)
        sheet.write_number(self.row, 6, cost.months, of.amount)
        sheet.write_string(self.row, 7, words.tax(cost), of.middle)
        sheet.write_number(self.row, YEN, cost.amount_yen, of.amount)

    def _bases(self, line: Any) -> None:
        """The amounts of the 節 beside its first cost line; empty cells beside the others."""
        if line is None:
            for column in range(BASES, GIVEN + 1 if self.told else GIVEN):
                self._text(column, "")
            return
        if self.told:
            self.sheet.write_number(self.row, GIVEN, self.told.by_line[line.pk], self.formats.amount)
        bases = bases_of([line])
        for column, value in enumerate(bases, start=BASES):
            if value is None:
                self._text(column, "")
            else:
                self.sheet.write_number(self.row, column, value, self.formats.amount)
        self._compared(bases, self.formats.difference, self.formats.right)

    def _compared(self, bases: Sequence[Any], difference: Any, right: Any) -> None:
        before, after = (f"{xl_col_to_name(BASES + at)}{self.row + 1}" for at in (2, 3))
        self.sheet.write_formula(self.row, CHANGE, f"={after}-{before}", difference, bases[3] - bases[2])
        self.sheet.write_string(self.row, RATIO, money.change_ratio(bases[2], bases[3]), right)

    def _total(self) -> None:
        of, lines = self.formats, self.proposal.request_lines.all()
        bases = bases_of(lines)
        yen = sum(cost.amount_yen for line in lines for cost in line.cost_lines.all())
        self.sheet.merge_range(self.row, 0, self.row, YEN - 1, _("Total"), of.total_label)
        for column, value in enumerate((yen, *bases), start=YEN):
            self._sum(column, value)
        if self.told:
            self._sum(GIVEN, self.told.total_k)
        self._compared(bases, of.total_difference, of.total_right)
        self._next(22)

    def _sum(self, column: int, value: int | None) -> None:
        if value is None:
            self.sheet.write_blank(self.row, column, None, self.formats.total)
            return
        letter = xl_col_to_name(column)
        rows = self.row > self.header + 1
        formula = f"=SUM({letter}{self.header + 2}:{letter}{self.row})" if rows else "=0"
        self.sheet.write_formula(self.row, column, formula, self.formats.total, value)

    def _next(self, height: float) -> None:
        self.sheet.set_row(self.row, height)
        self.height += height
        self.row += 1
