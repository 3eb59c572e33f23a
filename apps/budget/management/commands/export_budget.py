"""The budget request from the shell: the same files as on the page."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.budget.exports import request_csv, request_pdf, request_workbook
from apps.budget.selectors import whole_request
from apps.core.fiscal import FiscalYear
from apps.core.wareki import WarekiError
from apps.core.writers.files import write_whole


class Command(BaseCommand):
    help = "Writes the budget request of a fiscal year as .xlsx, .csv and .pdf into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, help="2023, R5 or 令和5年度")
        parser.add_argument("--out", required=True, type=Path, help="the folder; it is made where it is missing")

    def handle(self, *args: Any, year: str, out: Path, **options: Any) -> None:
        proposals = list(whole_request(self._year(year)))
        if not proposals:
            raise CommandError(_("There is no proposal for %(year)s.") % {"year": self._year(year)})
        files = {
            "xlsx": request_workbook(self._year(year), proposals),
            "csv": request_csv(proposals),
            "pdf": request_pdf(self._year(year), proposals),
        }
        for extension, content in files.items():
            self._write(out / f"budget-request-{int(self._year(year))}.{extension}", content)

    def _year(self, text: str) -> FiscalYear:
        try:
            return FiscalYear.parse(text)
        except WarekiError as error:
            raise CommandError(str(error)) from error

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, content)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(str(path))
