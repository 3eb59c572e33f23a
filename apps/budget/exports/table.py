"""A table of the request before it is written: one definition for the workbook, the print and the tests.

A cell is a value, or `SUM`: the sum of the rows below a heading, which the workbook holds as a formula. What a column
computes from others of its row (比較増減, 増減率, 計) is said once for the column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from apps.core import money

Kind = Literal["text", "middle", "amount", "number", "difference", "ratio", "across"]
SUMMED: tuple[Kind, ...] = ("amount",)


class Mark(Enum):
    """What stands in a cell that is computed from the rows below."""

    SUM = "sum"


SUM = Mark.SUM


@dataclass(frozen=True)
class Column:
    """A column: `of` names the two columns from which a difference or a ratio comes, or the ends of a sum across."""

    label: str
    kind: Kind = "text"
    width: float = 12
    of: tuple[int, int] = (0, 0)
    group: str = ""


@dataclass(frozen=True)
class Line:
    """A row; `level` is None for an ordinary one, 0, 1, 2 for the headings above their rows."""

    cells: tuple[Any, ...]
    level: int | None = None
    link: str = ""


@dataclass(frozen=True)
class RequestTable:
    """A titled table; `total` is the label of the last row, which sums the columns of amounts."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    name: str = ""

    @property
    def sheet(self) -> str:
        """What the sheet is called: the short name, where the title is long."""
        return self.name or self.title

    @property
    def sums(self) -> bool:
        """Whether there is a total: not where nothing applies."""
        return bool(self.total and self.lines)

    @property
    def all_lines(self) -> tuple[Line, ...]:
        """The rows, and below them the total."""
        if not self.sums:
            return self.lines
        sums = tuple(SUM if column.kind in SUMMED else "" for column in self.columns[1:])
        return (*self.lines, Line((self.total, *sums), level=-1))

    def below(self, at: int) -> range:
        """The rows that a heading sums up; for the total all of them."""
        level = self.all_lines[at].level
        if level == -1 or level is None:
            return range(at)
        end = at + 1
        while end < len(self.lines) and not _closes(self.lines[end].level, level):
            end += 1
        return range(at + 1, end)

    def values(self) -> list[list[Any]]:
        """Every cell with its value, computed ones included; None where nobody has entered anything."""
        lines = self.all_lines
        found = [list(line.cells) for line in lines]
        for at, line in enumerate(lines):
            for column, cell in enumerate(line.cells):
                if cell is SUM:
                    found[at][column] = self._sum(at, column)
        for row in found:
            self._compute(row)
        return found

    def _sum(self, at: int, column: int) -> int | None:
        """The sum of what was given; the sums of headings among the rows are not counted again."""
        cells = [self.lines[row].cells[column] for row in self.below(at)]
        given = [cell for cell in cells if isinstance(cell, int)]
        return sum(given) if given or not cells else None

    def _compute(self, row: list[Any]) -> None:
        for at, column in enumerate(self.columns):
            first, last = column.of
            if column.kind == "across":
                given = [cell for cell in row[first : last + 1] if isinstance(cell, int)]
                row[at] = sum(given) if given else None
            elif column.kind in ("difference", "ratio"):
                row[at] = _compared(column.kind, row[first], row[last])


def _compared(kind: str, before: Any, after: Any) -> int | str | None:
    if not isinstance(before, int) or not isinstance(after, int):
        return None
    return after - before if kind == "difference" else money.change_ratio(before, after)


def _closes(level: int | None, heading: int) -> bool:
    return level is not None and level <= heading


def shown(column: Column, value: Any) -> str:
    """The value as a reader sees it: 千円 with △, － for no difference, nothing for what nobody has entered."""
    if value is None or value == "":
        return ""
    if column.kind in ("amount", "number", "across"):
        return money.signed(value)
    return money.difference(value) if column.kind == "difference" else str(value)


def groups(columns: Sequence[Column]) -> Iterator[tuple[int, int, str]]:
    """Columns that stand beside each other under one label 財源内訳: first, last, label."""
    start = 0
    for at, column in enumerate(columns):
        if at + 1 == len(columns) or columns[at + 1].group != column.group:
            if column.group:
                yield start, at, column.group
            start = at + 1
