"""A table of the request as plain values for its typst template: widths like those of the workbook, words ready."""

from typing import Any

from django.utils.translation import gettext as _

from apps.budget.exports.table import Line, RequestTable, groups, shown

TEXT_WIDTH = 265.0  # mm: A4 landscape less 16 mm on either side
SMALLEST, LARGEST = 7.0, 9.0  # points
HALF_CHARACTER = 5.6  # points of a font whose half-width character is 1 mm wide, and a little air
LONGEST_ROW = 20  # lines; a longer row may go on on the next page
ALIGNED = {"text": "left", "middle": "center"}


def table_data(table: RequestTable) -> dict[str, Any]:
    """The same rows, sums and notes as in the workbook, as a reader sees them."""
    widths = [column.width for column in table.columns]
    size = TEXT_WIDTH / sum(widths) * HALF_CHARACTER
    return {
        "block": "table",
        "title": table.title,
        "unit": _("(unit: %(unit)s)") % {"unit": table.unit} if table.unit else "",
        "notes": [note for note in table.notes if note],
        "size": round(min(max(size, SMALLEST), LARGEST), 1),
        "widths": widths,
        "columns": [{"label": column.label, "align": ALIGNED.get(column.kind, "right")} for column in table.columns],
        "groups": [{"first": first, "last": last, "label": label} for first, last, label in groups(table.columns)],
        "lines": [_line(table, line, row) for line, row in zip(table.all_lines, table.values(), strict=True)],
    }


def _line(table: RequestTable, line: Line, values: list[Any]) -> dict[str, Any]:
    cells = [shown(column, value) for column, value in zip(table.columns, values, strict=True)]
    tallest = max(cell.count("\n") + len(cell) // 20 for cell in cells)
    return {"cells": cells, "level": line.level, "breakable": tallest > LONGEST_ROW}


def facts_data(title: str, rows: list[list[str]], widths: list[float]) -> dict[str, Any]:
    """Labels with their texts beside; `widths` in mm are those of all columns but the last."""
    return {"block": "facts", "title": title, "rows": rows, "widths": widths}
