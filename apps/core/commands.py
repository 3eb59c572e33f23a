"""What commands share that write files of a fiscal year into a folder."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.core.fiscal import FiscalYear
from apps.core.wareki import WarekiError
from apps.core.writers.files import write_whole


class WritingCommand(BaseCommand):
    """Says in words what it cannot read and where it cannot write, and names each file that it has written."""

    def fiscal_year(self, text: str) -> FiscalYear:
        try:
            return FiscalYear.parse(text)
        except WarekiError as error:
            raise CommandError(str(error)) from error

    def write(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, content)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        self.stdout.write(str(path))
