"""The files in which the request is taken away: what each is called, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from apps.budget.exports.archive import section_workbooks, write_archive
from apps.budget.exports.document import request_pdf
from apps.budget.exports.flat import request_csv, request_flat
from apps.budget.exports.lost import lost_csv
from apps.budget.exports.workbook import request_workbook
from apps.core.fiscal import FiscalYear

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Write = Callable[[IO[bytes], FiscalYear, Any], object]


@dataclass(frozen=True)
class RequestFile:
    """One form of the request. `write` takes the open file, the year and the queryset that `with_every_part` gives.

    `is_heavy` is what a job prepares where the request is long.
    """

    label: Any
    content_type: str
    ending: str
    write: Write
    is_heavy: bool = False

    def name(self, fiscal_year: FiscalYear) -> str:
        return f"budget-request-{int(fiscal_year)}{self.ending}"


def _workbook(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    file.write(request_workbook(year, list(request)))


def _archive(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    write_archive(file, section_workbooks(year, request))


def _pdf(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    file.write(request_pdf(year, list(request)))


def _csv(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    file.write(request_csv(request))


def _cp932(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    file.write(request_csv(request, "cp932"))


def _lost(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    file.write(lost_csv(request))


def _flat(file: IO[bytes], year: FiscalYear, request: Any) -> None:
    request_flat(file, request)


FILES = {
    "xlsx": RequestFile(_("Whole workbook (Excel)"), XLSX, ".xlsx", _workbook, is_heavy=True),
    "zip": RequestFile(_("One workbook a section (ZIP)"), "application/zip", "-sections.zip", _archive, is_heavy=True),
    "pdf": RequestFile(_("PDF for print"), "application/pdf", ".pdf", _pdf, is_heavy=True),
    "flat": RequestFile(_("All cost lines as one sheet (Excel)"), XLSX, "-costs.xlsx", _flat),
    "csv": RequestFile(_("CSV (UTF-8)"), "text/csv; charset=utf-8", ".csv", _csv),
    "csv-cp932": RequestFile(_("CSV (Shift JIS)"), "text/csv; charset=cp932", "-cp932.csv", _cp932),
    "csv-lost": RequestFile(
        _("List of characters that became 〓 (CSV)"), "text/csv; charset=utf-8", "-cp932-lost.csv", _lost
    ),
}
