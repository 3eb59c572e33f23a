"""A draft of a report from the shell: the same code as the job, but it leaves no draft in the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from apps.core.commands import WritingCommand
from apps.reports.choices import ReportKind
from apps.reports.selectors import report_of
from apps.reports.services import make_draft

KINDS = {kind.value.replace("_", "-"): kind for kind in ReportKind}


class Command(WritingCommand):
    help = "Writes a draft of a report as .docx, .pdf and .json into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=sorted(KINDS))
        parser.add_argument("--year", required=True, help="2022, R4 or 令和4年度")
        parser.add_argument("--out", required=True, type=Path, help="the folder; it is made where it is missing")

    def handle(self, *args: Any, kind: str, year: str, out: Path, **options: Any) -> None:
        fiscal_year = self.fiscal_year(year)
        report = report_of(KINDS[kind], fiscal_year)
        if report is None:
            words = {"kind": KINDS[kind].label, "year": fiscal_year}
            raise CommandError(_("There is no %(kind)s for %(year)s.") % words)
        made = make_draft(report, lambda _per_cent, step: self.stderr.write(step))
        for file_kind, content in made.files.items():
            self.write(out / f"{kind}-{int(fiscal_year)}.{file_kind.value}", content)
