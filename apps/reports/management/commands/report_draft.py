"""A draft of a report from the shell: the same code as the job, but it leaves no draft in the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
from apps.core.wareki import WarekiError
from apps.core.writers.files import write_whole
from apps.reports.choices import ReportKind
from apps.reports.selectors import report_of
from apps.reports.services import make_draft

KINDS = {kind.value.replace("_", "-"): kind for kind in ReportKind}


class Command(BaseCommand):
    help = "Writes a draft of a report as .docx, .pdf and .json into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=sorted(KINDS))
        parser.add_argument("--year", required=True, help="2022, R4 or 令和4年度")
        parser.add_argument("--out", required=True, type=Path, help="the folder; it is made where it is missing")

    def handle(self, *args: Any, kind: str, year: str, out: Path, **options: Any) -> None:
        fiscal_year = self._year(year)
        report = report_of(KINDS[kind], fiscal_year)
        if report is None:
            words = {"kind": KINDS[kind].label, "year": fiscal_year}
            raise CommandError(_("There is no %(kind)s for %(year)s.") % words)
        made = make_draft(report, lambda _per_cent, step: self.stderr.write(step))
        for file_kind, content in made.files.items():
            self._write(out / f"{kind}-{int(fiscal_year)}.{file_kind.value}", content)

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
