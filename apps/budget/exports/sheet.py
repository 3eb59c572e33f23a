"""The sheet of one proposal 予算要求書: what, how much, who pays, on what basis."""

from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.exports.formats import ROW_HEIGHT, SheetFormats
from apps.core import money

WIDTHS = (24, 25, 44, 13, 9, 8, 7, 14, 12, 12, 12, 10)
# A proposal of the usual length fits on one page; a longer one takes as many as it needs.
ROWS_ON_A_PAGE = 48
LAST = len(WIDTHS) - 1
CHARACTERS_A_LINE = 75
DESCRIPTION_LINE = 22


class ProposalSheet:
    """Writes one proposal from top to bottom; `row` is where the next block begins."""

    def __init__(self, sheet: Any, formats: SheetFormats, proposal: Any) -> None:
        self.sheet, self.formats, self.proposal = sheet, formats, proposal
        self.row = 0

    def write(self) -> None:
        self.formats.set_up(self.sheet, landscape=True, widths=WIDTHS, repeat=None)
        self._head()
        self._words()
        self._lines()
        self._sources()
        self._basis_of_sources()
        self._later_years()
        if self.row <= ROWS_ON_A_PAGE:
            self.sheet.fit_to_pages(1, 1)

    def _head(self) -> None:
        proposal, item, sheet = self.proposal, self.proposal.budget_item, self.sheet
        title = _("%(year)s budget request (expenditure)") % {"year": proposal.fiscal_year}
        sheet.merge_range(0, 0, 0, LAST, title, self.formats.title)
        sheet.set_row(0, 26)
        places = [
            (_("Account"), item.account.name),
            (_("Kan, kou, moku"), str(item)),
            (_("Project"), f"{proposal.project_code}　{proposal.name}"),
            (_("Kind of request"), proposal.get_kind_display()),
            (_("Requesting unit"), proposal.requesting_unit.name),
            (_("Stage"), proposal.stage.name),
        ]
        for row, (label, value) in enumerate(places, start=2):
            sheet.write_string(row, 0, label, self.formats.label)
            sheet.merge_range(row, 1, row, 6, value, self.formats.text)
        ratio = money.change_ratio(proposal.previous_k, proposal.request_k)
        amounts = [
            (_("Request"), proposal.request_k, self.formats.amount),
            (_("Initial budget of the previous year"), proposal.previous_k, self.formats.amount),
            (_("Difference"), proposal.change_k, self.formats.difference),
        ]
        for row, (label, value, style) in enumerate(amounts, start=2):
            sheet.merge_range(row, 7, row, 9, label, self.formats.label)
            sheet.merge_range(row, 10, row, 11, value, style)
        sheet.merge_range(5, 7, 5, 9, _("Difference (%)"), self.formats.label)
        sheet.merge_range(5, 10, 5, 11, ratio, self.formats.right)
        sheet.merge_range(6, 7, 6, LAST, _("(thousand yen)"), self.formats.note_right)
        self.row = 9

    def _words(self) -> None:
        proposal = self.proposal
        texts = [
            (_("Outline of the project"), proposal.purpose),
            (_("Effect for citizens"), proposal.citizen_effect),
            (_("If the grant is not adopted"), proposal.if_not_adopted),
            (_("Contract"), proposal.contract_plan),
        ]
        for label, text in texts:
            if text:
                self._text_row(label, text)
        self.row += 1

    def _text_row(self, label: str, text: str) -> None:
        self.sheet.write_string(self.row, 0, label, self.formats.label)
        self.sheet.merge_range(self.row, 1, self.row, LAST, text, self.formats.text)
        lines = sum(1 + len(part) // CHARACTERS_A_LINE for part in text.split("\n"))
        self.sheet.set_row(self.row, ROW_HEIGHT * lines)
        self.row += 1

    def _section(self, label: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, LAST, label, self.formats.section)
        self.row += 1

    def _header(self, labels: list[str]) -> None:
        for column, label in enumerate(labels):
            self.sheet.write_string(self.row, column, label, self.formats.head)
        self.sheet.set_row(self.row, 30)
        self.row += 1

    def _lines(self) -> None:
        self._section(_("Expense items and their basis (costs in yen, the rest in thousand yen)"))
        cost_labels = [_("Description"), _("Unit price (yen)"), _("Quantity"), _("Unit of quantity"), _("Months")]
        amount_labels = [_("Amount (yen)"), _("Request"), _("Previous year"), _("Difference"), _("Difference (%)")]
        self._header([_("Expense item"), _("Sub-item"), *cost_labels, *amount_labels])
        first = self.row
        for line in self.proposal.request_lines.all():
            self._line(line)
        self._line_total(first)

    def _line(self, line: Any) -> None:
        costs = list(line.cost_lines.all())
        last = self.row + max(len(costs), 1) - 1
        self._tall(last, 0, str(line.expense_item), self.formats.text)
        self._tall(last, 1, line.subitem, self.formats.text)
        change = line.request_k - line.previous_initial_k
        ratio = money.change_ratio(line.previous_initial_k, line.request_k)
        self._tall(last, 8, line.request_k, self.formats.amount)
        self._tall(last, 9, line.previous_initial_k, self.formats.amount)
        self._tall(last, 10, change, self.formats.difference)
        self._tall(last, 11, ratio, self.formats.right)
        for offset, cost in enumerate(costs):
            self._cost(self.row + offset, cost)
        if not costs:
            for column in range(2, 8):
                self.sheet.write_blank(self.row, column, None, self.formats.text)
        self.row = last + 1

    def _tall(self, last: int, column: int, value: Any, style: Any) -> None:
        """A cell as tall as the cost lines beside it."""
        if last == self.row:
            self.sheet.write(self.row, column, value, style)
        else:
            self.sheet.merge_range(self.row, column, last, column, value, style)

    def _cost(self, row: int, cost: Any) -> None:
        sheet, formats = self.sheet, self.formats
        price_style = formats.amount if cost.unit_price_yen % 1 == 0 else formats.decimal
        sheet.write_string(row, 2, cost.description, formats.text)
        sheet.write_number(row, 3, cost.unit_price_yen, price_style)
        sheet.write_number(row, 4, cost.quantity, formats.amount if cost.quantity % 1 == 0 else formats.decimal)
        sheet.write_string(row, 5, cost.unit, formats.middle)
        sheet.write_number(row, 6, cost.months, formats.amount)
        sheet.write_number(row, 7, cost.amount_yen, formats.amount)
        if len(cost.description) > DESCRIPTION_LINE:
            sheet.set_row(row, 1.6 * ROW_HEIGHT)

    def _line_total(self, first: int) -> None:
        sheet, formats, row = self.sheet, self.formats, self.row
        lines = self.proposal.request_lines.all()
        yen = sum(cost.amount_yen for line in lines for cost in line.cost_lines.all())
        values = {7: yen, 8: self.proposal.request_k, 9: self.proposal.previous_k}
        sheet.merge_range(row, 0, row, 6, _("Total"), formats.total_label)
        for column, value in values.items():
            letter = chr(ord("A") + column)
            formula = f"=SUM({letter}{first + 1}:{letter}{row})" if row > first else "=0"
            sheet.write_formula(row, column, formula, formats.total, value)
        sheet.write_formula(row, 10, f"=I{row + 1}-J{row + 1}", formats.total_difference, self.proposal.change_k)
        ratio = money.change_ratio(self.proposal.previous_k, self.proposal.request_k)
        sheet.write_string(row, 11, ratio, formats.total_right)
        self.row += 2

    def _sources(self) -> None:
        self._section(_("Sources of money (thousand yen)"))
        labels = [*(str(source.label) for source in Source), _("General revenue"), _("Total")]
        amounts = [getattr(self.proposal, f"{source.value}_k") for source in Source] + [self.proposal.general_k]
        columns = [(0, 0), (1, 1), (2, 2), (3, 5), (6, 7), (8, 9)]
        for (start, end), label in zip(columns, labels, strict=True):
            self._wide(self.row, start, end, label, self.formats.head)
        for (start, end), amount in zip(columns, [*amounts, sum(amounts)], strict=True):
            self._wide(self.row + 1, start, end, amount, self.formats.amount)
        self.row += 3

    def _wide(self, row: int, start: int, end: int, value: Any, style: Any) -> None:
        if start == end:
            self.sheet.write(row, start, value, style)
        else:
            self.sheet.merge_range(row, start, row, end, value, style)

    def _basis_of_sources(self) -> None:
        fundings = list(self.proposal.fundings.all())
        if not fundings:
            return
        self._section(_("Basis of the specific sources"))
        for funding in fundings:
            label = funding.get_source_display()
            amount = _("%(amount)s thousand yen") % {"amount": money.number(funding.amount_k)}
            text = "　".join((funding.name, amount, funding.basis))
            self._text_row(label, text)
        self.row += 1

    def _later_years(self) -> None:
        burdens, costs = list(self.proposal.debt_burdens.all()), list(self.proposal.future_costs.all())
        if not burdens and not costs:
            return
        self._section(_("Later years"))
        for burden in burdens:
            period = _("%(from)s to %(to)s") % {"from": burden.from_year, "to": burden.to_year}
            limit = _("limit %(amount)s thousand yen") % {"amount": money.number(burden.limit_k)}
            self._text_row(_("Debt burden"), f"{burden.item}　{period}　{limit}")
        if costs:
            amount = _("%(amount)s thousand yen")
            words = [f"{cost.fiscal_year}　{amount % {'amount': money.number(cost.amount_k)}}" for cost in costs]
            self._text_row(_("Running cost"), "、".join(words))
