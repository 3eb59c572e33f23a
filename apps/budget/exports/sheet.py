"""The sheet of one proposal 予算見積書: what, how much, who pays, and last the costs, however many pages they take."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports import words
from apps.budget.exports.columns import bases_of, compared, sources, sources_of
from apps.budget.exports.cost_table import BASES, GIVEN, CostTable
from apps.budget.exports.formats import ROW_HEIGHT, SheetFormats, height_of
from apps.budget.exports.funding import basis_of, name_of
from apps.budget.selectors.stages import Amounts, spread
from apps.core import money

# Expense item, sub-item, description; price, quantity, unit, months, tax, yen; four bases, difference, ratio.
WIDTHS = (19, 16, 40, 12, 8, 6, 6, 6, 13, 12, 12, 12, 12, 11, 10)
GIVEN_WIDTH = 12  # of one more, where what was appraised is told
# What fits on A4 landscape once the width is fitted, in points; a little more is squeezed onto the one page.
ONE_PAGE, SQUEEZED = 880, 1.15
HEAD_ROWS = 7


class ProposalSheet:
    """Writes one proposal from top to bottom; `row` is where the next block begins.

    `given` is what stands of each 節, where the reader may know it.
    """

    def __init__(self, sheet: Any, formats: SheetFormats, proposal: Any, given: Amounts | None) -> None:
        self.sheet, self.formats, self.proposal = sheet, formats, proposal
        self.told = None if given is None else spread(proposal, given)
        self.widths = WIDTHS if self.told is None else (*WIDTHS, GIVEN_WIDTH)
        self.last = len(self.widths) - 1
        # The memo of the special allocation tax has the last row of the amounts.
        self.told_at = HEAD_ROWS - 1 if proposal.allocation_k is None else HEAD_ROWS
        self.row = 0
        self.height = 0.0

    def write(self) -> None:
        self.formats.set_up(self.sheet, widths=self.widths, repeat=None)
        self._title()
        head, rows = self.row, HEAD_ROWS if self.told is None else max(HEAD_ROWS, self.told_at + 1)
        self.row = head + rows + 1
        self.height += ROW_HEIGHT * (rows + 1)
        self._texts(_("Outline of the project"), words.outline(self.proposal))
        self._specific_sources()
        self._texts(_("Later years"), words.later_years(self.proposal))
        costs = self._costs()
        self._head(head, costs)
        if self.height <= ONE_PAGE * SQUEEZED:
            self.sheet.fit_to_pages(1, 1)
        else:
            self.sheet.repeat_rows(costs.header)

    def _title(self) -> None:
        title = _("%(year)s budget request (expenditure)") % {"year": self.proposal.fiscal_year}
        self.sheet.merge_range(0, 0, 0, self.last, title, self.formats.title)
        self.sheet.set_row(0, 26)
        self.sheet.write_string(
            1, self.last, _("(unit: %(unit)s)") % {"unit": _("thousand yen")}, self.formats.note_right
        )
        self.row, self.height = 2, 46

    def _head(self, top: int, costs: CostTable) -> None:
        """Whose it is at the left, the amounts in the middle, the sources at the right."""
        for row, (label, value) in enumerate(words.places(self.proposal), start=top):
            self.sheet.write_string(row, 0, label, self.formats.label)
            self.sheet.merge_range(row, 1, row, 4, value, self.formats.text)
            self.sheet.set_row(row, height_of([(value, sum(WIDTHS[1:5]))]))
        self._amounts(top, costs)
        self._sources(top)

    def _amounts(self, top: int, costs: CostTable) -> None:
        columns = compared(self.proposal.fiscal_year, 0)
        bases = bases_of(self.proposal.request_lines.all())
        for at, (column, value) in enumerate(zip(columns[:4], bases, strict=True)):
            self._label(top + at, 6, 9, column.label.replace("\n", "　"))
            formula = f"={costs.total_cell(BASES + at)}"
            self._value(top + at, 10, 11, value, self.formats.amount, formula)
        self._label(top + 4, 6, 9, columns[4].label)
        change = f"=K{top + 4}-K{top + 3}"
        self._value(top + 4, 10, 11, bases[3] - bases[2], self.formats.difference, change)
        self._label(top + 5, 6, 9, columns[5].label)
        self._value(top + 5, 10, 11, money.change_ratio(bases[2], bases[3]), self.formats.right)
        if self.told:
            self._label(top + self.told_at, 6, 9, _("Appraised or budgeted"))
            self._value(
                top + self.told_at, 10, 11, self.told.total_k, self.formats.amount, f"={costs.total_cell(GIVEN)}"
            )

    def _sources(self, top: int) -> None:
        columns = sources(0)
        amounts = sources_of([self.proposal])
        for at, (column, amount) in enumerate(zip(columns[:-1], amounts, strict=True)):
            self._label(top + at, 12, 13, column.label)
            self._value(top + at, 14, self.last, amount, self.formats.amount)
        end = top + len(amounts)
        self._label(end, 12, 13, columns[-1].label)
        self._value(end, 14, self.last, sum(amounts), self.formats.total, f"=SUM(O{top + 1}:O{end})")
        if self.proposal.allocation_k is not None:
            self._label(end + 1, 6, 13, words.allocation(self.proposal))
            self._value(end + 1, 14, self.last, self.proposal.allocation_k, self.formats.amount)

    def _label(self, row: int, first: int, last: int, text: str) -> None:
        self.sheet.merge_range(row, first, row, last, text, self.formats.label)

    def _value(self, row: int, first: int, last: int, value: Any, style: Any, formula: str = "") -> None:
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", style)
        if value is None:
            return
        if formula:
            self.sheet.write_formula(row, first, formula, style, value)
        else:
            self.sheet.write(row, first, value, style)

    def _texts(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Rows of a label and a text over the whole width, under a title; nothing where nobody wrote any."""
        if not rows:
            return
        self._section(title)
        for label, text in rows:
            self.sheet.write_string(self.row, 0, label, self.formats.label)
            self.sheet.merge_range(self.row, 1, self.row, self.last, text, self.formats.text)
            self._next(height_of([(label, WIDTHS[0]), (text, sum(self.widths[1:]))]))
        self._next()

    def _section(self, title: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, self.last, title, self.formats.section)
        self._next()

    def _next(self, height: float = ROW_HEIGHT) -> None:
        if height != ROW_HEIGHT:
            self.sheet.set_row(self.row, height)
        self.height += height
        self.row += 1

    def _specific_sources(self) -> None:
        """特定財源の内訳: what is paid, at which rate, up to where, how sure, and what happens otherwise."""
        fundings = list(self.proposal.fundings.all())
        if not fundings:
            return
        self._section(_("Basis of the specific sources"))
        labels = [_("Source of money"), _("Name"), _("Eligible cost (yen)"), _("Rate"), _("Cap"), _("Floor")]
        labels += [_("Amount"), _("State"), _("If it is not adopted"), _("Request that then remains")]
        self._spread([(label, self.formats.head) for label in labels], 34)
        for funding in fundings:
            self._funding(funding)
        self._next()

    def _funding(self, funding: Any) -> None:
        eligible, rate, cap, floor, state, otherwise, remains, basis = basis_of(funding, self.proposal)
        name = "\n".join(text for text in (name_of(funding), basis) if text)
        of = self.formats
        values = [(funding.get_source_display(), of.text), (name, of.text), (eligible, of.amount), (rate, of.middle)]
        values += [(cap, of.amount), (floor, of.amount), (funding.amount_k, of.amount), (state, of.middle)]
        values += [(otherwise, of.middle), (remains, of.amount)]
        self._spread(values, height_of([(name, sum(WIDTHS[1:4])), (rate, sum(WIDTHS[6:9])), (otherwise, WIDTHS[12])]))

    def _spread(self, values: Sequence[tuple[Any, Any]], height: float) -> None:
        """One row of the sources, laid over the columns of the sheet."""
        spans = ((0, 0), (1, 3), (4, 5), (6, 8), (9, 9), (10, 10), (11, 11), (12, 12), (13, 13), (14, self.last))
        for (first, last), (value, style) in zip(spans, values, strict=True):
            if first < last:
                self.sheet.merge_range(self.row, first, self.row, last, "", style)
            if isinstance(value, int):
                self.sheet.write_number(self.row, first, value, style)
            elif value:
                self.sheet.write_string(self.row, first, value, style)
            else:
                self.sheet.write_blank(self.row, first, None, style)
        self._next(height)

    def _costs(self) -> CostTable:
        self._section(_("Expense items and their basis (costs in yen, the rest in thousand yen)"))
        costs = CostTable(self.sheet, self.formats, self.proposal, self.told, top=self.row, widths=self.widths)
        costs.write()
        self.row = costs.row
        self.height += costs.height
        return costs
