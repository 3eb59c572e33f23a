"""What Word and PDF share: the page, the widths of columns, which rows stay whole, and the language.

A document of the city is Japanese whoever asks for it; its own words (Contents, Definitions) are too.
"""

import unicodedata
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.core.documents import DataTable, Document, Text

LANGUAGE = "ja"
MARK = "※"  # with the number of a figure's definition
TEXT_WIDTH = 160.0  # mm: A4 less 25 mm on either side; a chart is as wide
CELL_TEXT = 9  # points
CELL_SIDES = 3.4  # mm, left and right of a cell's text together
HALF = CELL_TEXT / 2 * 25.4 / 72  # mm, a half-width character in a cell
WIDEST_TEXT = 44  # half-width characters: a longer text is wrapped
WIDEST_OTHER = 26
PROPORTIONAL = 1.15  # digits and capitals of a proportional font are wider than half of their height
NARROWEST = 5
READABLE = 20  # a text column should not be narrower, if it wants as much
SHORT_LABEL = 14  # is not broken
DEFINITION_WIDTHS = [11.0, 42.0, 32.0, 75.0]  # mm: number, figure, value, definition
HIGHEST_PICTURE = 200.0  # mm
TILES = 4  # figures side by side
MOST_LINES_OF_A_ROW = 25  # half a page; a longer row may break


def halves(text: str) -> int:
    """How wide a text is in half-width characters; full-width ones, and those of unclear width, count two."""
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)


def column_widths(table: DataTable) -> list[float]:
    """The width of each column in mm; together they fill the page.

    Numbers, codes and dates get what they need and are not broken; where that leaves little for the texts, their
    labels are. Texts that need little get it too; long ones share the rest, and what is left over.
    """
    room = TEXT_WIDTH / HALF - len(table.columns) * CELL_SIDES / HALF
    texts = [index for index, column in enumerate(table.columns) if column.kind == "text"]
    wanted = _wanted(table, SHORT_LABEL)
    if _left(wanted, texts, room) < sum(min(wanted[index], READABLE) for index in texts):
        wanted = _wanted(table, 0)
    left = _left(wanted, texts, room)
    if left < len(texts) * NARROWEST or not texts:
        given = {index: width * room / sum(wanted) for index, width in enumerate(wanted)}
    else:
        given = {**dict(enumerate(wanted)), **_shared({index: wanted[index] for index in texts}, left)}
    return [given[index] * HALF + CELL_SIDES for index in range(len(wanted))]


def _left(wanted: list[float], texts: list[int], room: float) -> float:
    """What the other columns leave for the texts."""
    return room - sum(width for index, width in enumerate(wanted) if index not in texts)


def _shared(wanted: dict[int, float], room: float) -> dict[int, float]:
    """The room among those who want it: nobody who wants less than an equal share is cut, and all of it is given."""
    total = sum(wanted.values())
    if total <= room:
        return {index: width * room / total for index, width in wanted.items()}
    share = room / len(wanted)
    modest = {index: width for index, width in wanted.items() if width <= share}
    if not modest:
        return dict.fromkeys(wanted, share)
    others = {index: width for index, width in wanted.items() if index not in modest}
    return {**modest, **_shared(others, room - sum(modest.values()))}


def _wanted(table: DataTable, short: int) -> list[float]:
    """What the columns would like in half-width characters: their longest line; labels over `short` are broken."""
    return [_width(table, index, short) for index in range(len(table.columns))]


def _width(table: DataTable, index: int, short: int) -> float:
    column = table.columns[index]
    cells = [halves(line) for row in table.all_rows for line in row[index].split("\n")]
    label = halves(column.label)
    wanted = max([NARROWEST, label if label <= short else ceil(label / 2), *cells])
    return min(wanted, WIDEST_TEXT) if column.kind == "text" else min(wanted * PROPORTIONAL, WIDEST_OTHER)


def stays_whole(row: tuple[str, ...], widths: list[float]) -> bool:
    """Whether a row is kept on one page: not when it would fill half of one."""
    return max(map(_lines, row, widths), default=0) <= MOST_LINES_OF_A_ROW


def _lines(cell: str, width: float) -> int:
    fits = max(1, int((width - CELL_SIDES) / HALF))
    return sum(max(1, ceil(halves(line) / fits)) for line in cell.split("\n"))


def picture_width(size: tuple[float, float]) -> float:
    """How wide a picture of this width and height is set, in mm: as wide as the text, unless a page is too low."""
    width, height = size
    return min(TEXT_WIDTH, HIGHEST_PICTURE * width / height)


def tiles(number: int) -> int:
    """How many figures stand side by side: at most TILES, and the rows about equally full."""
    return ceil(number / ceil(number / TILES)) if number else 0


def title_size(title: str) -> int:
    """The size of the title on the cover in points: it stays on one line where that is readable."""
    return max(16, min(24, int(TEXT_WIDTH / 25.4 * 72 / (halves(title) / 2 + 1))))


def labels(document: Document) -> dict[str, Any]:
    """The words that a document adds to those that it was given."""
    return {
        "contents": _("Contents"),
        "definitions": _("Definitions of the figures"),
        "definition_columns": [_("No."), pgettext("document", "Figure"), _("Value"), _("Definition")],
        "moment": _("All figures are as they stood at %(moment)s.") % {"moment": document.moment_words},
        "own": _own(document),
        "mark": MARK,
        "table": _("Table"),
        "chart": pgettext("caption", "Chart"),
    }


def _own(document: Document) -> str:
    """What the bar means, where there is one."""
    texts = (block for chapter in document.chapters for block in chapter.blocks if isinstance(block, Text))
    if not any(text.own and text.paragraphs for text in texts):
        return ""
    return _("Paragraphs with a bar at the left were written by people; the others were made from the records.")


def unit_words(unit: str) -> str:
    """（単位：千円）, where there is one unit."""
    return _("(unit: %(unit)s)") % {"unit": unit} if unit else ""


def note_words(table: DataTable) -> str:
    """What stands below a table: its note, and that nothing applies where it has no rows."""
    nothing = "" if table.rows else _("Nothing applies.")
    return "\n".join(filter(None, (nothing, table.note)))
