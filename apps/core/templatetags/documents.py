"""How pages show a document (`components/document/`)."""

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

from apps.core import charts
from apps.core.documents import Block, Chapter, Chart, DataTable, Document, FigureValue, Picture, Placed

register = template.Library()
CSS = {"number": "num", "code": "tight code", "date": "tight", "text": ""}


@dataclass(frozen=True)
class Shown:
    """A block on a page; `picture` is a chart's stored SVG, empty where nobody drew it yet."""

    block: Block
    number: int
    figures: tuple[tuple[int, FigureValue], ...]
    picture: SafeString


@dataclass(frozen=True)
class Cell:
    """A cell on a page; one in each row says what the row is about."""

    text: str
    css: str
    names_row: bool = False


@register.simple_tag
def chapters_of(document: Document) -> list[tuple[Chapter, list[Shown]]]:
    """The chapters with their blocks, numbered, and with the charts that are stored: one query, nothing is drawn."""
    svgs = charts.stored_svgs(document.charts())
    return [(chapter, [_shown(placed, svgs) for placed in blocks]) for chapter, blocks in document.placed()]


def _shown(placed: Placed, svgs: dict[str, str]) -> Shown:
    svg = svgs.get(charts.chart_key(placed.block), "") if isinstance(placed.block, Chart) else ""
    if isinstance(placed.block, Picture):
        svg = placed.block.svg
    # Neither `charts.draw` nor `Picture` keeps a drawing that holds more than shapes and words.
    picture = mark_safe(svg)  # noqa: S308
    return Shown(placed.block, placed.number, placed.figures, picture)


@register.filter
def cells_of_rows(table: DataTable) -> list[list[Cell]]:
    """The rows of a table, cell by cell."""
    return [_cells(table, row, table.subject) for row in table.rows]


@register.filter
def cells_of_total(table: DataTable) -> list[Cell]:
    """The last row of a table that has a total."""
    return _cells(table, table.total or ())


def _cells(table: DataTable, row: tuple[str, ...], subject: int = -1) -> list[Cell]:
    kinds = (column.kind for column in table.columns)
    return [Cell(text, CSS[kind], index == subject) for index, (text, kind) in enumerate(zip(row, kinds, strict=False))]
