"""Reads text in columns, as other systems write it: commas or tabs, UTF-8 with or without BOM, CP932."""

import csv
import io

from django.utils.translation import gettext as _

from apps.core.files.content import decoded
from apps.core.readers.xlsx import COMPOUND, MOST_COLUMNS, MOST_ROWS, ZIP, Row, Sheet, WorkbookRefused, read_workbook
from apps.core.writers.csv import unescape_cell

MOST_CHARACTERS_OF_A_CELL = 32_767  # as in Excel


def read_table_file(name: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook, or the one table of a text file, whatever its name says. Raises WorkbookRefused."""
    if content.startswith((ZIP, COMPOUND)):
        return read_workbook(content)
    return [Sheet(name, read_delimited(content))]


def read_delimited(content: bytes) -> list[Row]:
    """The rows of a text file; the `'` that this portal puts before formulas is taken away again."""
    text = decoded(content)
    if text is None:
        raise WorkbookRefused(_("The file is no text in UTF-8 or Shift_JIS (CP932). Save it in one of these."))
    # A quote that never closes would take the rest of the file for one cell: csv refuses beyond its limit.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    try:
        for number, values in enumerate(reader, start=1):
            if number > MOST_ROWS or len(values) > MOST_COLUMNS:
                raise WorkbookRefused(_("The file has too many rows or columns."))
            if any(len(value) > MOST_CHARACTERS_OF_A_CELL for value in values):
                raise WorkbookRefused(_("A cell of the file is longer than any cell may be: is a quote missing?"))
            rows.append(Row(number, [unescape_cell(value) for value in values]))
    except csv.Error as error:
        raise WorkbookRefused(
            _("Row %(number)d of the file cannot be read: a quote is missing or too many.") % {"number": len(rows) + 1}
        ) from error
    return rows


def _delimiter(text: str) -> str:
    """What parts the columns: the sign that the first filled line has more of."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    return "\t" if line.count("\t") > line.count(",") else ","
