"""The budget request from the shell: the same files as on the page."""

from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from apps.budget.exports import FILES, section_workbooks
from apps.budget.selectors import one_view, whole_request
from apps.core.commands import WritingCommand

USUAL = ("xlsx", "csv", "pdf")
CP932 = ("csv-cp932", "csv-lost")


class Command(WritingCommand):
    help = "Writes the budget request of a fiscal year as .xlsx, .csv and .pdf into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, help="2023, R5 or 令和5年度")
        parser.add_argument("--out", required=True, type=Path, help="the folder; it is made where it is missing")
        parser.add_argument("--sections", action="store_true", help="one workbook for each section, too")
        parser.add_argument("--flat", action="store_true", help="all cost lines as one sheet, too")
        parser.add_argument("--cp932", action="store_true", help="the CSV in Shift JIS and what it lacks, too")

    def handle(self, *args: Any, year: str, out: Path, **options: Any) -> None:
        self.year = self.fiscal_year(year)
        with one_view():
            request = whole_request(self.year)
            if not request.exists():
                raise CommandError(_("There is no proposal for %(year)s.") % {"year": self.year})
            for kind in (*USUAL, *(CP932 if options["cp932"] else ()), *(("flat",) if options["flat"] else ())):
                self.write(out / FILES[kind].name(self.year), self._content(kind, request))
            if options["sections"]:
                for name, content in section_workbooks(self.year, request):
                    self.write(out / f"budget-request-{int(self.year)}-sections" / name, content)

    def _content(self, kind: str, request: Any) -> bytes:
        file = BytesIO()
        FILES[kind].write(file, self.year, request)
        return file.getvalue()
