"""Repeats one row of a sheet and moves all below it down, as Excel does when rows are inserted.

openpyxl's own `insert_rows` moves values alone: merges, heights, formulas, print areas and pictures stay behind.
"""

import re
from copy import copy
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.merge import MergedCellRange

_CELL = re.compile(r"(\$?[A-Z]{0,3}\$?)(\d+)")
# Within these a reference to the row alone means all its copies.
OVER_LINES = {"SUM(", "SUBTOTAL(", "COUNT(", "COUNTA(", "AVERAGE(", "MAX(", "MIN("}


def repeat_row(book: Any, sheet: Any, row: int, extra: int) -> None:
    """`extra` copies of the row below it."""
    if extra < 1:
        return
    move = Move(sheet.title, row, extra)
    _move_cells(sheet, row, extra)
    _move_heights(sheet, row, extra)
    own = [each for each in sheet.merged_cells.ranges if each.min_row == each.max_row == row]
    _move_merges(sheet, move)
    _copy_row(sheet, row, extra)
    for each in own:
        for number in range(1, extra + 1):
            sheet.merge_cells(
                start_row=row + number, end_row=row + number, start_column=each.min_col, end_column=each.max_col
            )
    _move_formulas(book, sheet, move)
    _move_page(sheet, move)
    _move_rules(sheet, move)
    _move_pictures(sheet, row, extra)


class Move:
    """Where a reference leads after rows were put in below `row` of one sheet."""

    def __init__(self, title: str, row: int, extra: int) -> None:
        self.title, self.row, self.extra = title, row, extra

    def range(self, reference: str) -> str:
        """A1, $A$1:B7 or 3:9, without the name of a sheet."""
        start, colon, end = reference.partition(":")
        if not colon:
            return self._cell(start, end=False)
        return f"{self._cell(start, end=False)}:{self._cell(end, end=True)}"

    def ranges(self, references: str) -> str:
        return " ".join(self.range(each) for each in references.split())

    def _cell(self, reference: str, *, end: bool) -> str:
        found = _CELL.fullmatch(reference)
        if not found:
            return reference
        row = int(found[2])
        moves = row > self.row or (end and row == self.row)
        return f"{found[1]}{row + self.extra if moves else row}"

    def formula(self, formula: str, *, here: bool) -> str:
        """A formula of this sheet (`here`) or of another one."""
        tokens, functions = Tokenizer(formula), [""]
        for token in tokens.items:
            if token.type == Token.FUNC:
                functions = [*functions, token.value.upper()] if token.subtype == Token.OPEN else functions[:-1]
            elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self._operand(token.value, functions[-1], here=here)
        return "=" + "".join(token.value for token in tokens.items)

    def _operand(self, value: str, function: str, *, here: bool) -> str:
        sheet, mark, reference = value.rpartition("!")
        if (mark and sheet.strip("'").replace("''", "'") != self.title) or (not mark and not here):
            return value
        found = _CELL.fullmatch(reference)
        if found and int(found[2]) == self.row and function in OVER_LINES:
            reference = f"{reference}:{reference}"
        return f"{sheet}{mark}{self.range(reference)}"


def _move_cells(sheet: Any, row: int, extra: int) -> None:
    for place in sorted((place for place in sheet._cells if place[0] > row), reverse=True):
        cell = sheet._cells.pop(place)
        cell.row += extra
        sheet._cells[cell.row, place[1]] = cell
        if getattr(cell, "hyperlink", None):
            cell.hyperlink.ref = cell.coordinate


def _move_heights(sheet: Any, row: int, extra: int) -> None:
    heights = sheet.row_dimensions
    for number in sorted((number for number in heights if number > row), reverse=True):
        moved = heights.pop(number)
        moved.index = number + extra
        heights[number + extra] = moved
    if row in heights:
        for number in range(row + 1, row + extra + 1):
            heights[number] = copy(heights[row])
            heights[number].index = number


def _move_merges(sheet: Any, move: Move) -> None:
    """Those below move, those across the row grow; those of the row itself stay with its first copy."""
    moved = []
    for each in sheet.merged_cells.ranges:
        alone = each.min_row == each.max_row == move.row
        moved.append(each.coord if alone else move.range(each.coord))
    sheet.merged_cells = MultiCellRange()
    for reference in moved:
        grown = MergedCellRange(sheet, reference)
        sheet._clean_merge_range(grown)
        sheet.merged_cells.ranges.add(grown)


def _copy_row(sheet: Any, row: int, extra: int) -> None:
    own = [cell for place, cell in sorted(sheet._cells.items()) if place[0] == row]
    for number in range(row + 1, row + extra + 1):
        for cell in own:
            if isinstance(sheet._cells.get((number, cell.column)), MergedCell):
                continue
            made = sheet.cell(number, cell.column)
            made._style = copy(cell._style)
            if isinstance(cell, MergedCell):
                continue
            if cell.data_type == "f" and isinstance(cell.value, str):
                made.value = Translator(cell.value, origin=cell.coordinate).translate_formula(made.coordinate)
            else:
                made.value = copy(cell.value)


def _move_formulas(book: Any, sheet: Any, move: Move) -> None:
    """Every formula of the book that refers to what has moved; those of the repeated rows are right already."""
    last = move.row + move.extra
    for each in book.worksheets:
        here = each is sheet
        for place, cell in each._cells.items():
            if getattr(cell, "data_type", "") != "f" or (here and move.row <= place[0] <= last):
                continue
            if isinstance(cell.value, str):
                cell.value = move.formula(cell.value, here=here)
            elif hasattr(cell.value, "text"):
                cell.value.text = move.formula(cell.value.text, here=here)
                if here:
                    cell.value.ref = cell.coordinate if ":" not in cell.value.ref else move.range(cell.value.ref)
    for names in (book.defined_names, *(each.defined_names for each in book.worksheets)):
        for name in names.values():
            if "!" in (name.attr_text or ""):
                name.attr_text = move.formula(f"={name.attr_text}", here=False)[1:]


def _move_page(sheet: Any, move: Move) -> None:
    if sheet.print_area:
        areas = (each.rpartition("!")[2] for each in sheet.print_area.split(","))
        sheet.print_area = ",".join(move.range(area.replace("$", "")) for area in areas)
    if sheet.print_title_rows:
        sheet.print_title_rows = move.range(sheet.print_title_rows.replace("$", ""))
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = move.range(sheet.auto_filter.ref)
    for each in sheet.row_breaks.brk:
        if each.id >= move.row:
            each.id += move.extra
    for table in sheet.tables.values():
        table.ref = move.range(table.ref)


def _move_rules(sheet: Any, move: Move) -> None:
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange(move.ranges(str(rule.sqref)))
    present, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for group in present:
        for rule in group.rules:
            rule.formula = [move.formula(f"={each}", here=True)[1:] for each in rule.formula]
            sheet.conditional_formatting.add(move.ranges(str(group.sqref)), rule)


def _move_pictures(sheet: Any, row: int, extra: int) -> None:
    for each in (*sheet._images, *sheet._charts):
        for name in ("_from", "to"):
            marker = getattr(each.anchor, name, None)
            if marker is not None and marker.row >= row:
                marker.row += extra
