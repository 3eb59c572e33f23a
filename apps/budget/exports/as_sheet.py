"""A table of the request as a sheet: titles that repeat, sums as formulas with the values that they come to."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from apps.budget.exports.formats import SheetFormats, height_of
from apps.budget.exports.table import SUM, Column, Line, RequestTable, groups

HEAD = 3  # the first of the two rows of labels
FIRST = HEAD + 2


def write_table(sheet: Any, formats: SheetFormats, table: RequestTable) -> None:
    """The whole sheet."""
    columns, last = table.columns, len(table.columns) - 1
    formats.set_up(sheet, widths=[column.width for column in columns], repeat=(HEAD, HEAD + 1))
    sheet.merge_range(0, 0, 0, last, table.title, formats.title)
    sheet.set_row(0, 26)
    notes = list(table.notes) or [""]
    for number, note in enumerate(notes[:2], start=1):
        sheet.write_string(number, 0, note, formats.note)
    if table.unit:
        sheet.write_string(2, last, _("(unit: %(unit)s)") % {"unit": table.unit}, formats.note_right)
    _write_head(sheet, formats, columns)
    values = table.values()
    for at, (line, row) in enumerate(zip(table.all_lines, values, strict=True)):
        _write_line(sheet, formats, table, at, line, row)
    if not table.lines:
        sheet.merge_range(FIRST, 0, FIRST, last, _("Nothing applies."), formats.text)


def _write_head(sheet: Any, formats: SheetFormats, columns: Sequence[Column]) -> None:
    grouped = {at for first, end, _label in groups(columns) for at in range(first, end + 1)}
    for first, end, label in groups(columns):
        if first == end:
            sheet.write_string(HEAD, first, label, formats.head)
        else:
            sheet.merge_range(HEAD, first, HEAD, end, label, formats.head)
    for at, column in enumerate(columns):
        if at in grouped:
            sheet.write_string(HEAD + 1, at, column.label, formats.head)
        else:
            sheet.merge_range(HEAD, at, HEAD + 1, at, column.label, formats.head)
    tallest = height_of((column.label, column.width) for column in columns)
    sheet.set_row(HEAD + 1, max(20.0, tallest - 14))


def _write_line(
    sheet: Any, formats: SheetFormats, table: RequestTable, at: int, line: Line, values: Sequence[Any]
) -> None:
    row = FIRST + at
    texts = [
        (str(value), column.width)
        for column, value in zip(table.columns, values, strict=True)
        if column.kind in ("text", "middle")
    ]
    sheet.set_row(row, height_of(texts))
    for number, (column, value) in enumerate(zip(table.columns, values, strict=True)):
        style = formats.of(column.kind, line.level)
        formula = _formula(table, at, number, line)
        if value is None or value == "":
            sheet.write_blank(row, number, None, style)
        elif formula:
            sheet.write_formula(row, number, formula, style, value)
        elif isinstance(value, int):
            sheet.write_number(row, number, value, style)
        elif line.link and number == 0:
            # Short words alone: LibreOffice breaks no line of a link.
            sheet.write_url(row, number, f"internal:'{line.link}'!A1", formats.link, str(value))
        else:
            sheet.write_string(row, number, str(value), style)


def _formula(table: RequestTable, at: int, number: int, line: Line) -> str:
    """The formula of a computed cell, nothing for what was given."""
    column, row = table.columns[number], FIRST + at + 1
    first, last = (f"{xl_col_to_name(each)}{row}" for each in column.of)
    if column.kind == "across":
        return f"=SUM({first}:{last})"
    if column.kind == "difference":
        return f"={last}-{first}"
    if line.cells[number] is not SUM:
        return ""
    rows, letter = table.below(at), xl_col_to_name(number)
    # SUBTOTAL leaves out the sums of headings within its range.
    return f"=SUBTOTAL(9,{letter}{FIRST + rows.start + 1}:{letter}{FIRST + rows.stop})"
