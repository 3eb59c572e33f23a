"""One workbook for each section in one archive, for cities where one book would be too thick."""

import zipfile
from collections.abc import Container, Iterable, Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from apps.budget.exports.workbook import request_workbook
from apps.budget.selectors import sections_of
from apps.core import clock
from apps.core.files import kept_name
from apps.core.fiscal import FiscalYear


def request_name(fiscal_year: FiscalYear) -> str:
    """What the request of a year is called in the name of a file."""
    return _("%(year)s budget request file") % {"year": fiscal_year}


def section_workbooks(fiscal_year: FiscalYear, request: Any) -> Iterator[tuple[str, bytes]]:
    """The name and the workbook of each section that asks for something; one section is in memory at a time."""
    given: set[str] = set()
    for unit in sections_of(request):
        name = _file_name(fiscal_year, unit, given)
        given.add(name.casefold())
        yield name, request_workbook(fiscal_year, list(request.filter(requesting_unit=unit)))


def _file_name(fiscal_year: FiscalYear, unit: Any, given: Container[str]) -> str:
    """Its code keeps sections of one name apart; its row where both are the same, as Windows sees it."""
    stem = f"{unit.code}_{unit.name}"
    name = kept_name(f"{stem}_{request_name(fiscal_year)}.xlsx")
    return kept_name(f"{stem}_{unit.pk}_{request_name(fiscal_year)}.xlsx") if name.casefold() in given else name


def write_archive(file: IO[bytes], workbooks: Iterable[tuple[str, bytes]]) -> None:
    """The workbooks as a ZIP archive; they are compressed already."""
    moment = clock.now().astimezone(clock.TOKYO)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in workbooks:
            archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), content)
