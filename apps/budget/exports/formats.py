"""How the sheets of the budget request look: one font, thin rules, amounts with △ for less than nothing."""

from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

AMOUNT = '#,##0;"△"#,##0;0'
DIFFERENCE = '#,##0;"△"#,##0;"－"'
FONT = "BIZ UDPゴシック"
ROW_HEIGHT = 20


class SheetFormats:
    """The formats of one workbook, made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.title = self._add(bold=True, font_size=16, align="center")
        self.name = self._add(bold=True, font_size=14)
        self.section = self._add(bold=True, font_size=11, bottom=2, bottom_color="#0017C1")
        self.note = self._add(font_size=9, font_color="#4D4D4D")
        self.note_right = self._add(font_size=9, font_color="#4D4D4D", align="right")
        self.body = self._add(text_wrap=True, valign="top")
        box = {"border": 1, "border_color": "#7F7F7F", "valign": "vcenter"}
        self.head = self._add(**box, bold=True, bg_color="#E6E6E6", align="center", text_wrap=True)
        self.label = self._add(**box, bold=True, bg_color="#F2F2F2", text_wrap=True, indent=1)
        self.text = self._add(**box, text_wrap=True, indent=1)
        self.link = self._add(**box, text_wrap=True, indent=1, font_color="#00118F")
        self.middle = self._add(**box, align="center")
        self.right = self._add(**box, align="right")
        self.amount = self._add(**box, num_format=AMOUNT)
        self.decimal = self._add(**box, num_format='#,##0.##;"△"#,##0.##')
        self.difference = self._add(**box, num_format=DIFFERENCE)
        strong = {**box, "bold": True, "top": 2, "bg_color": "#F2F2F2"}
        self.total_label = self._add(**strong, align="center")
        self.total = self._add(**strong, num_format=AMOUNT)
        self.total_difference = self._add(**strong, num_format=DIFFERENCE)
        self.total_right = self._add(**strong, align="right")

    def _add(self, **properties: Any) -> Any:
        return self.book.add_format({"font_name": FONT, "font_size": 10, **properties})

    def set_up(self, sheet: Any, *, landscape: bool, widths: Sequence[float], repeat: tuple[int, int] | None) -> None:
        """A4, one page wide, the head repeated, page numbers and the confidentiality at the edge."""
        sheet.set_paper(9)
        sheet.set_default_row(ROW_HEIGHT)
        sheet.set_landscape() if landscape else sheet.set_portrait()
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
