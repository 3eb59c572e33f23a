"""One workbook for each section in one archive, for cities where one book would be too thick."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from apps.budget.exports.workbook import request_workbook
from apps.budget.selectors import sections_of
from apps.core import clock
from apps.core.fiscal import FiscalYear

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def section_workbooks(fiscal_year: FiscalYear, request: Any) -> Iterator[tuple[str, bytes]]:
    """The name and the workbook of each section that asks for something; one section is in memory at a time."""
    for unit in sections_of(request):
        yield _file_name(unit), request_workbook(fiscal_year, list(request.filter(requesting_unit=unit)))


def _file_name(unit: Any) -> str:
    """Its code keeps sections of one name apart; its row where a renamed section has the same code."""
    return _NOT_IN_NAMES.sub("_", f"{unit.code}_{unit.name}_{unit.pk}.xlsx")


def write_archive(file: IO[bytes], workbooks: Iterable[tuple[str, bytes]]) -> None:
    """The workbooks as a ZIP archive; they are compressed already."""
    moment = clock.now().astimezone(clock.TOKYO)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in workbooks:
            archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), content)
