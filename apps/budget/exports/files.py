"""The files in which the request is taken away: what each is called, and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from apps.budget.exports.archive import request_name, section_workbooks, write_archive
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

    `is_heavy` is what a job prepares where the request is long. `part` says in the name what the file holds of the
    request, where it is not all.
    """

    label: Any
    content_type: str
    ending: str
    write: Write
    is_heavy: bool = False
    part: Any = ""

    def name(self, fiscal_year: FiscalYear) -> str:
        """Its name for scripts, in ASCII."""
        return f"budget-request-{int(fiscal_year)}{self.ending}"

    def kept_as(self, fiscal_year: FiscalYear) -> str:
        """Its name for people: 令和5年度予算要求書_所属別.zip."""
        stem = "_".join(filter(None, (request_name(fiscal_year), str(self.part))))
        return f"{stem}.{self.ending.rpartition('.')[2]}"


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
    "zip": RequestFile(
        _("One workbook a section (ZIP)"),
        "application/zip",
        "-sections.zip",
        _archive,
        is_heavy=True,
        part=_("by section"),
    ),
    "pdf": RequestFile(_("PDF for print"), "application/pdf", ".pdf", _pdf, is_heavy=True),
    "flat": RequestFile(_("All cost lines as one sheet (Excel)"), XLSX, "-costs.xlsx", _flat, part=_("cost lines")),
    "csv": RequestFile(_("CSV (UTF-8)"), "text/csv; charset=utf-8", ".csv", _csv),
    "csv-cp932": RequestFile(
        _("CSV (Shift JIS)"), "text/csv; charset=cp932", "-cp932.csv", _cp932, part=_("Shift JIS")
    ),
    "csv-lost": RequestFile(
        _("List of characters that became 〓 (CSV)"),
        "text/csv; charset=utf-8",
        "-cp932-lost.csv",
        _lost,
        part=_("characters that became 〓"),
    ),
}


def content_type_of(name: str) -> str:
    """Of a file that is kept under this name."""
    kind = name.rpartition(".")[2]
    return next(file.content_type for file in FILES.values() if file.ending.endswith(f".{kind}"))
