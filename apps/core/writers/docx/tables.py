"""Tables in Word: widths as set, a header on every page, rows that stay whole."""

from collections.abc import Sequence

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor
from docx.table import Table, _Cell

from apps.core.documents import DataTable, FigureValue
from apps.core.writers import layout
from apps.core.writers.docx import styles
from apps.core.writers.docx.fields import add_bookmark, add_link

DEFINITION = "definition_{}"
FIRST_DEFINITION_ID = 10_000  # numbers of bookmarks: those of the headings come before


def add_data_table(word: WordDocument, table: DataTable) -> None:
    """A table of a document."""
    widths = layout.column_widths(table)
    kinds = [column.kind for column in table.columns]
    grid = _grid(word, table.title, styles.TABLE, widths, header=True, total=table.total is not None)
    _add_row(grid, [column.label for column in table.columns], kinds, header=True, bold=True)
    for row in table.rows:
        _add_row(grid, row, kinds, whole=layout.stays_whole(row, widths))
    if table.total is not None:
        _add_row(grid, table.total, kinds, bold=True)
    if layout.note_words(table):
        for cell in grid.rows[-1].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def add_tiles(word: WordDocument, figures: Sequence[tuple[int, FigureValue]]) -> None:
    """Figures side by side, each with a link to its definition."""
    columns = layout.tiles(len(figures))
    widths = [layout.TEXT_WIDTH / columns] * columns
    grid = _grid(word, "", styles.TILES, widths)
    for start in range(0, len(figures), columns):
        cells = _new_row(grid, whole=True)
        for cell, (number, figure) in zip(cells, figures[start : start + columns], strict=False):
            _fill_tile(cell, number, figure)


def _fill_tile(cell: _Cell, number: int, figure: FigureValue) -> None:
    label = cell.paragraphs[0]
    label.style = "Figure Label"
    label.add_run(figure.label + " ")
    mark = add_link(label, f"{layout.MARK}{number}", DEFINITION.format(number))
    mark.font.size, mark.font.color.rgb = styles.SMALL, RGBColor.from_string(styles.KEY)
    value = cell.add_paragraph(figure.text, style="Figure Value")
    unit = value.add_run(f" {figure.unit}")
    unit.font.size, unit.bold = styles.UNIT, False


def add_definitions(word: WordDocument, figures: Sequence[FigureValue], labels: Sequence[str]) -> None:
    """What each figure means, with the place to which the figures lead."""
    kinds = ["text", "text", "number", "text"]
    grid = _grid(word, "", styles.TABLE, layout.DEFINITION_WIDTHS, header=True)
    _add_row(grid, labels, kinds, header=True, bold=True)
    for number, figure in enumerate(figures, start=1):
        row = (f"{layout.MARK}{number}", figure.label, figure.words, figure.definition)
        cells = _add_row(grid, row, kinds, whole=layout.stays_whole(row, layout.DEFINITION_WIDTHS))
        add_bookmark(cells[0].paragraphs[0], DEFINITION.format(number), FIRST_DEFINITION_ID + number)


def _grid(
    word: WordDocument, title: str, style: str, widths: Sequence[float], *, header: bool = False, total: bool = False
) -> Table:
    """A table without rows, whose columns have these widths in mm."""
    grid = word.add_table(rows=0, cols=len(widths))
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = grid._tbl.tblPr
    properties.get_or_add_tblStyle().set(qn("w:val"), style)
    look = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", header), ("lastRow", total), ("firstColumn", False), ("noVBand", True)):
        look.set(qn(f"w:{name}"), str(int(value)))
    if title:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), title)
        properties.append(caption)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    return grid


def _add_row(
    grid: Table,
    texts: Sequence[str],
    kinds: Sequence[str],
    *,
    header: bool = False,
    whole: bool = True,
    bold: bool = False,
) -> list[_Cell]:
    cells = _new_row(grid, whole=whole, header=header)
    for cell, text, kind in zip(cells, texts, kinds, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Number" if kind == "number" else "Table Text"
        paragraph.add_run(text).bold = bold or None
    return cells


def _new_row(grid: Table, *, whole: bool, header: bool = False) -> list[_Cell]:
    row = grid.add_row()
    properties = row._tr.get_or_add_trPr()
    for name, wanted in (("w:cantSplit", whole), ("w:tblHeader", header)):
        if wanted:
            properties.append(OxmlElement(name))
    return list(row.cells)
