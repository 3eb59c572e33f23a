"""Fills a city's own form with a proposal; whatever is no placeholder stays as the city has drawn it."""

import zipfile
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl.cell.cell import MergedCell

from apps.budget.exports.city_form.shifting import repeat_row
from apps.budget.selectors.form_words import Filling, Value, Word, rows_of
from apps.budget.services.request_forms import has_braces, open_form, parse
from apps.core import money
from apps.core.files import kept_name
from apps.core.text import clean

LONGEST = 32_767  # characters of a cell
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def fill_form(content: bytes, filling: Filling) -> bytes:
    """The form with the values of one proposal. Raises WorkbookRefused where the form is none any more."""
    book, file = open_form(content), BytesIO()
    for sheet in book.worksheets:
        lines = _line_rows(sheet)
        # What is filled in is never read again: a name may hold braces. Lines from below, so that those above stay.
        for cell in _cells(sheet):
            if cell.row not in lines:
                _fill(cell, filling, None)
        for row in sorted(lines, reverse=True):
            rows = rows_of(filling, lines[row])
            repeat_row(book, sheet, row, len(rows) - 1)
            for number, each in enumerate(rows or [None]):
                for cell in _cells_of_row(sheet, row + number):
                    _fill(cell, filling, each)
    # Programs that open it compute its formulas anew: openpyxl stores none of their values.
    book.calculation.fullCalcOnLoad = True
    book.save(file)
    return file.getvalue()


def fill_forms(content: bytes, fillings: Iterable[Filling]) -> bytes:
    """One filled form for each proposal, in an archive."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, filling in enumerate(fillings, start=1):
            archive.writestr(f"{number:03d}_{form_name(filling)}", fill_form(content, filling))
    return file.getvalue()


def form_name(filling: Filling) -> str:
    """What the file of a proposal is called."""
    proposal = filling.proposal
    stem = "_".join(filter(None, (proposal.project_code, proposal.name)))[:80]
    return kept_name(f"{stem}.xlsx")


def _line_rows(sheet: Any) -> dict[int, str]:
    """The rows that stand for lines, with the group of each."""
    found = {}
    for cell in _cells(sheet):
        for part in parse(str(cell.value)):
            if isinstance(part, Word) and part.group:
                found[cell.row] = part.group
    return found


def _cells(sheet: Any) -> list[Any]:
    """The cells with placeholders."""
    return [cell for _place, cell in sorted(sheet._cells.items()) if _is_filled(cell)]


def _cells_of_row(sheet: Any, row: int) -> list[Any]:
    columns = sorted(column for number, column in sheet._cells if number == row)
    return [cell for cell in (sheet._cells[row, column] for column in columns) if _is_filled(cell)]


def _is_filled(cell: Any) -> bool:
    """Whether a cell is a text with placeholders; formulas and the rest of a merge are not."""
    if isinstance(cell, MergedCell) or cell.value is None or cell.data_type == "f":
        return False
    return has_braces(str(cell.value))


def _fill(cell: Any, filling: Filling, line: Any) -> None:
    parts = parse(str(cell.value))
    values = [part if isinstance(part, str) else _value(part, filling, line) for part in parts]
    if len(values) == 1:
        _write(cell, values[0])
    else:
        _write(cell, "".join(_words(value) for value in values))


def _value(word: Word, filling: Filling, line: Any) -> Value:
    if not word.group:
        return word.value(filling)
    return word.value(filling, line) if line is not None else None


def _words(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else money.number(value)


def _write(cell: Any, value: Value) -> None:
    """A number as a number; a text as a text, whatever it begins with: never as a formula."""
    if value is None or isinstance(value, int | Decimal):
        cell.value = value
        return
    cell.value = clean(value)[:LONGEST]
    cell.data_type = "s"
    if value.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
