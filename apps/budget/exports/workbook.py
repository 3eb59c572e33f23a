"""The workbook of the budget request: a summary, then a sheet for each proposal, set up for A4.

The columns follow the usual 予算見積書 (domain facts, 1.1): request, the year before, comparison, sources, and the
basis of each amount. All amounts are in 千円 but for the costs, which are in yen and say so.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from apps.budget.choices import Source
from apps.budget.exports.formats import ROW_HEIGHT, SheetFormats
from apps.budget.exports.sheet import ProposalSheet
from apps.budget.selectors import totals_of
from apps.core import clock, money, wareki
from apps.core.fiscal import FiscalYear

SUMMARY_WIDTHS = (5, 12, 50, 18, 7, 11, 11, 11, 11, 10, 10, 10, 11, 9)
FIRST_ROW = 5
NAME_LINE = 26


def request_workbook(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> bytes:
    """The whole workbook as bytes."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": _title(fiscal_year)})
        formats = SheetFormats(book)
        names = sheet_names(proposals)
        _write_summary(book, formats, fiscal_year, proposals, names)
        for proposal, name in zip(proposals, names, strict=True):
            ProposalSheet(book.add_worksheet(name), formats, proposal).write()
    return buffer.getvalue()


def _title(fiscal_year: FiscalYear) -> str:
    return _("%(year)s budget request") % {"year": fiscal_year}


def sheet_names(proposals: Sequence[Any]) -> list[str]:
    """Excel takes 31 characters and not all of them; the running number keeps the names apart."""
    forbidden = str.maketrans("", "", "[]:*?/\\'")
    return [_cut(f"{n} {proposal.name.translate(forbidden)}") for n, proposal in enumerate(proposals, start=1)]


def _cut(name: str) -> str:
    """31 characters as Excel counts them: 𠮷 is two, and is never cut in half."""
    return name.encode("utf-16-le")[: 31 * 2].decode("utf-16-le", errors="ignore")


def _write_summary(
    book: xlsxwriter.Workbook,
    formats: SheetFormats,
    fiscal_year: FiscalYear,
    proposals: Sequence[Any],
    names: Sequence[str],
) -> None:
    sheet = book.add_worksheet(_("Summary"))
    formats.set_up(sheet, landscape=True, widths=SUMMARY_WIDTHS, repeat=(3, 4))
    sheet.merge_range(0, 0, 0, len(SUMMARY_WIDTHS) - 1, _title(fiscal_year), formats.title)
    made = _("As of %(day)s, drafts included") % {"day": wareki.format_date(clock.today())}
    sheet.write(1, 0, made, formats.note)
    sheet.write(1, len(SUMMARY_WIDTHS) - 1, _("(thousand yen)"), formats.note_right)
    _summary_head(sheet, formats)
    for row, (proposal, name) in enumerate(zip(proposals, names, strict=True), start=FIRST_ROW):
        _summary_row(sheet, formats, row, proposal, name)
    _summary_total(sheet, formats, proposals)


def _summary_head(sheet: Any, formats: SheetFormats) -> None:
    single = {
        0: _("No."),
        1: _("Project code"),
        2: _("Project"),
        3: _("Requesting unit"),
        4: _("Kind"),
        5: _("Request"),
        6: _("Initial budget of the previous year"),
        12: _("Difference"),
        13: _("Difference (%)"),
    }
    for column, label in single.items():
        sheet.merge_range(3, column, 4, column, label, formats.head)
    sheet.merge_range(3, 7, 3, 11, _("Sources of money"), formats.head)
    labels = [*(str(source.label) for source in Source), _("General revenue")]
    for column, label in enumerate(labels, start=7):
        sheet.write(4, column, label, formats.head)


def _summary_row(sheet: Any, formats: SheetFormats, row: int, proposal: Any, name: str) -> None:
    if len(proposal.name) > NAME_LINE:
        sheet.set_row(row, 1.8 * ROW_HEIGHT)
    sheet.write_number(row, 0, row - FIRST_ROW + 1, formats.middle)
    sheet.write_string(row, 1, proposal.project_code, formats.text)
    sheet.write_url(row, 2, f"internal:'{name}'!A1", formats.link, proposal.name)
    sheet.write_string(row, 3, proposal.requesting_unit.name, formats.text)
    sheet.write_string(row, 4, proposal.get_kind_display(), formats.middle)
    amounts = [proposal.request_k, proposal.previous_k]
    amounts += [getattr(proposal, f"{source.value}_k") for source in Source]
    for column, amount in enumerate([*amounts, proposal.general_k], start=5):
        sheet.write_number(row, column, amount, formats.amount)
    at = row + 1
    sheet.write_formula(row, 12, f"=F{at}-G{at}", formats.difference, proposal.change_k)
    ratio = money.change_ratio(proposal.previous_k, proposal.request_k)
    sheet.write_string(row, 13, ratio, formats.right)


def _summary_total(sheet: Any, formats: SheetFormats, proposals: Sequence[Any]) -> None:
    row, last = FIRST_ROW + len(proposals), FIRST_ROW + len(proposals)
    totals = totals_of(proposals)
    sheet.merge_range(row, 0, row, 4, _("Total"), formats.total_label)
    keys = ["request_k", "previous_k", *(f"{source.value}_k" for source in Source), "general_k", "change_k"]
    for column, key in enumerate(keys, start=5):
        letter = chr(ord("A") + column)
        formula = f"=SUM({letter}{FIRST_ROW + 1}:{letter}{last})" if proposals else "=0"
        style = formats.total_difference if key == "change_k" else formats.total
        sheet.write_formula(row, column, formula, style, totals[key])
    ratio = money.change_ratio(totals["previous_k"], totals["request_k"])
    sheet.write_string(row, 13, ratio, formats.total_right)
