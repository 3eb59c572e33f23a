"""How the sheets of the budget request look: one font, thin rules, amounts with △ for less than nothing."""

import unicodedata
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

AMOUNT = '#,##0;"△"#,##0;0'
DIFFERENCE = '#,##0;"△"#,##0;"－"'
DECIMAL = '#,##0.##;"△"#,##0.##'
FONT = "BIZ UDPゴシック"
ROW_HEIGHT = 20
LINE_HEIGHT = 14
HIGHEST_ROW = 400  # Excel takes 409 points
SHADES = ("#D9E6FF", "#E8F1FE", "#F2F2F2", "#FAFAFA", "#FFFFFF")


class SheetFormats:
    """The formats of one workbook, made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.title = self._add(bold=True, font_size=16, align="center")
        self.name = self._add(bold=True, font_size=14)
        self.section = self._add(bold=True, font_size=11, bottom=2, bottom_color="#0017C1")
        self.note = self._add(font_size=9, font_color="#4D4D4D")
        self.note_right = self._add(font_size=9, font_color="#4D4D4D", align="right")
        box = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter"}
        self.head = self._add(**box, bold=True, bg_color="#E6E6E6", align="center", text_wrap=True)
        self.label = self._add(**box, bold=True, bg_color="#F2F2F2", text_wrap=True, indent=1)
        self.text = self._add(**box, text_wrap=True, indent=1)
        self.link = self._add(**box, align="center", font_color="#00118F", underline=1)
        self.middle = self._add(**box, align="center", text_wrap=True)
        self.right = self._add(**box, align="right")
        self.amount = self._add(**box, num_format=AMOUNT, shrink=True)
        self.year = self._add(**box, num_format="0")
        self.decimal = self._add(**box, num_format=DECIMAL, shrink=True)
        self.difference = self._add(**box, num_format=DIFFERENCE)
        strong = {**box, "bold": True, "top": 2, "bg_color": "#F2F2F2"}
        self.total_label = self._add(**strong, align="center")
        self.total = self._add(**strong, num_format=AMOUNT, shrink=True)
        self.total_difference = self._add(**strong, num_format=DIFFERENCE)
        self.total_right = self._add(**strong, align="right")
        self._box, self._strong = box, strong
        self._levels: dict[tuple[int | None, str], Any] = {}

    def _add(self, **properties: Any) -> Any:
        return self.book.add_format({"font_name": FONT, "font_size": 10, **properties})

    def of(self, kind: str, level: int | None = None) -> Any:
        """The format of a cell of this kind, in an ordinary row, a heading of this level, or the total (-1)."""
        if (level, kind) not in self._levels:
            self._levels[level, kind] = self._add(**self._ground(level), **_of_kind(kind))
        return self._levels[level, kind]

    def _ground(self, level: int | None) -> dict[str, Any]:
        if level is None:
            return dict(self._box)
        if level < 0:
            return dict(self._strong)
        return {**self._box, "bold": True, "bg_color": SHADES[min(level, len(SHADES) - 1)]}

    def set_up(self, sheet: Any, *, widths: Sequence[float], repeat: tuple[int, int] | None) -> None:
        """A4 landscape, one page wide, the head repeated, page numbers and the confidentiality at the edge."""
        sheet.set_paper(9)
        sheet.set_default_row(ROW_HEIGHT)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.set_header("&R&9" + _("Confidentiality 2 (within the city hall)"))
        sheet.set_footer("&L&9&A&R&9&P / &N")
        if repeat:
            sheet.repeat_rows(*repeat)
            sheet.freeze_panes(repeat[1] + 1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)


def _of_kind(kind: str) -> dict[str, Any]:
    match kind:
        case "amount" | "number" | "across":
            return {"num_format": AMOUNT, "shrink": True}
        case "difference":
            return {"num_format": DIFFERENCE, "shrink": True}
        case "ratio":
            return {"align": "right"}
        case "middle":
            return {"align": "center", "text_wrap": True}
    return {"text_wrap": True, "indent": 1}


def height_of(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row whose texts are wrapped in columns of these widths; a spreadsheet does not say it itself."""
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return min(max(ROW_HEIGHT, lines * LINE_HEIGHT + 6), HIGHEST_ROW)


def _lines(text: str, width: float) -> int:
    # Two characters go to the indent and the edges; full-width characters, and those of unclear width, count two.
    fits = max(2.0, width - 3)
    return sum(max(1, ceil(_halves(part) * 1.12 / fits)) for part in text.split("\n"))


def _halves(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)
