"""The workbook of the budget request: the tables of the year, a sheet for each proposal, and the flat list of costs.

The columns follow the usual 予算見積書 (domain facts, 1.1). All amounts are in 千円 but for the costs, which are in
yen and say so.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from apps.budget.exports.as_sheet import write_table
from apps.budget.exports.flat import write_flat_sheet
from apps.budget.exports.formats import SheetFormats
from apps.budget.exports.overview import title_of
from apps.budget.exports.sheet import ProposalSheet
from apps.budget.exports.tables import tables_of
from apps.budget.selectors.stages import standing_where_told
from apps.core.fiscal import FiscalYear
from apps.core.writers.xlsx import sheet_name

LONGEST = 31
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def request_workbook(fiscal_year: FiscalYear, proposals: Sequence[Any]) -> bytes:
    """The whole workbook as bytes; `proposals` carry all that `with_every_part` adds."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": title_of(fiscal_year), "keywords": _("Confidentiality 2 (within the city hall)")})
        formats = SheetFormats(book)
        own, given = sheet_names(proposals), standing_where_told(proposals)
        for table in tables_of(fiscal_year, proposals, given, own):
            write_table(book.add_worksheet(sheet_name(table.sheet)), formats, table)
        for proposal, name in zip(proposals, own, strict=True):
            ProposalSheet(book.add_worksheet(name), formats, proposal, given.get(proposal.pk)).write()
        write_flat_sheet(book, formats, proposals)
    return buffer.getvalue()


def sheet_names(proposals: Sequence[Any]) -> list[str]:
    """Excel takes 31 characters and not all of them; the running number keeps the names apart."""
    forbidden = str.maketrans("", "", "[]:*?/\\'")
    return [_cut(f"{n} {proposal.name.translate(forbidden)}") for n, proposal in enumerate(proposals, start=1)]


def _cut(name: str) -> str:
    """31 characters as Excel counts them: 𠮷 is two, and is never cut in half."""
    return name.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", errors="ignore").strip()
