"""The workbook of the survey: as a list, as an empty form, and as a form with last year's values.

One set of headings for what goes out and what comes in, so that a workbook taken away and sent back changes nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
from apps.core.writers.xlsx import write_xlsx
from apps.organization.models import Unit
from apps.organization.selectors.survey_form import survey_columns, survey_row

ROWS_FOR_A_UNIT = 5


def empty_form(year: FiscalYear, units: Iterable[Unit]) -> bytes:
    """Five lines for each unit, with its code and name; lines without a task are passed over."""
    rows = (
        [year.label, unit.code, unit.name, "", "", None, None, "", ""]
        for unit in units
        for _n in range(ROWS_FOR_A_UNIT)
    )
    return write_xlsx(_title(year), survey_columns(), rows)


def filled_form(year: FiscalYear, rows: Iterable[tuple[Any, Unit]]) -> bytes:
    """Last year's entries under today's units, as a start."""
    return write_xlsx(_title(year), survey_columns(), (survey_row(entry, year, unit) for entry, unit in rows))


def _title(year: FiscalYear) -> str:
    return _("Workload survey %(year)s") % {"year": year}
