"""Excel workbooks that print on A4 and come back the same: text is text, dates dates, amounts numbers."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from apps.core import clock
from apps.core.wareki import format_date
from apps.core.writers import Column, local_time, plain_text

LONGEST_TEXT = 32767  # UTF-16 units in a cell: Excel's specifications and limits
LONGEST_TITLE = 31
NARROWEST, WIDEST = 6, 60  # half-width characters
TEXTS_KEPT = 1000
NUMBERS = (int, Decimal)  # asked of millions of cells: a union would be made anew for each
ROWS_MEASURED = 200  # the width of a column is that of its first rows: measuring all would cost more than writing
FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts a 29 February 1900 that never was
AMOUNT = '#,##0;"△"#,##0'
DECIMAL = '#,##0.0##;"△"#,##0.0##'
WAREKI = '[$-411]ggge"年"m"月"d"日"'
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": False,
}
_NOT_IN_TITLES = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")
_TOP = {"valign": "top"}
_FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bg_color": "#E6E6E6", "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "text": {"text_wrap": True, **_TOP},
    "code": {"num_format": "@", "text_wrap": True, **_TOP},
    "amount": {"num_format": AMOUNT, **_TOP},
    "decimal": {"num_format": DECIMAL, **_TOP},
    "year": {"num_format": "0", **_TOP},
    "date": {"num_format": WAREKI, "align": "left", **_TOP},
    "datetime": {"num_format": WAREKI + " hh:mm", "align": "left", **_TOP},
}


def write_xlsx(
    sheet_title: str, columns: Sequence[Column], rows: Iterable[Iterable[object]], *, classification: str = ""
) -> bytes:
    """A workbook of one sheet: header, filter, A4 landscape. A row of the wrong length is a ValueError.

    `classification` stands at the head of every printed page and in the properties of the file.
    """
    file = io.BytesIO()
    write_xlsx_into(file, sheet_title, columns, rows, classification=classification)
    return file.getvalue()


def write_xlsx_into(
    file: IO[bytes],
    sheet_title: str,
    columns: Sequence[Column],
    rows: Iterable[Iterable[object]],
    *,
    classification: str = "",
    wrap: bool = True,
) -> None:
    """The same into a file that is open for writing: however many rows there are, the memory does not grow.

    Without `wrap` a text stays on one line, and its cell has no look of its own: lists for machines are written sooner.
    """
    book = xlsxwriter.Workbook(file, _OPTIONS)
    try:
        if classification:
            book.set_properties({"keywords": classification})
        _Sheet(book, sheet_title, columns, classification, wrap=wrap).write(rows)
    finally:
        book.close()


class _Sheet:
    """One sheet while it is written, row by row, in constant memory."""

    def __init__(
        self, book: Any, title: str, columns: Sequence[Column], classification: str = "", *, wrap: bool
    ) -> None:
        self.columns = columns
        self.sheet = book.add_worksheet(sheet_name(title))
        self.formats = {name: book.add_format(values) for name, values in _FORMATS.items()}
        self.text_format = self.formats["text"] if wrap else None
        self.texts: dict[str, str] = {}
        self.is_code = [column.kind == "code" for column in columns]
        self.whole = ["year" if column.kind == "year" else "amount" for column in columns]
        self.widths = [_width(column.label) + 3 for column in columns]  # room for the filter's arrow
        self._set_up_page(title, classification)

    def _set_up_page(self, title: str, classification: str) -> None:
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        left, middle = (words[:100].replace("&", "&&") for words in (title, classification))
        self.sheet.set_header(f"&L{left}{f'&C{middle}' if middle else ''}&R{format_date(clock.today())}")
        self.sheet.set_footer("&C&P / &N")

    def write(self, rows: Iterable[Iterable[object]]) -> None:
        for at, column in enumerate(self.columns):
            self.sheet.write_string(0, at, plain_text(column.label), self.formats["header"])
        last = 0
        for last, row in enumerate(rows, 1):
            self._write_row(last, list(row))
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, max(NARROWEST, min(width, WIDEST)))
        if self.columns:
            self.sheet.autofilter(0, 0, last, len(self.columns) - 1)

    def _write_row(self, number: int, row: list[object]) -> None:
        if len(row) != len(self.columns):
            raise ValueError(f"a row has {len(row)} cells for {len(self.columns)} columns")
        for at, value in enumerate(row):
            if value is not None:
                self._write_cell(number, at, value)
        if number <= ROWS_MEASURED:
            for at, value in enumerate(row):
                self.widths[at] = max(self.widths[at], _width(self._shown(at, value)) + 2)

    def _write_cell(self, row: int, at: int, value: object) -> None:
        is_code = self.is_code[at]
        if isinstance(value, str):
            text = self._text(value)
        elif isinstance(value, NUMBERS) and not isinstance(value, bool) and not is_code:
            self.sheet.write_number(row, at, value, self.formats[self.whole[at] if _is_whole(value) else "decimal"])
            return
        elif isinstance(value, date) and not is_code:
            self._write_day(row, at, value)
            return
        else:
            text = fitting(plain_text(value))
        if text:
            self.sheet.write_string(row, at, text, self.formats["code"] if is_code else self.text_format)

    def _text(self, value: str) -> str:
        """The text as a cell takes it; what stands in many rows is looked through once."""
        known = self.texts.get(value)
        if known is None:
            if len(self.texts) >= TEXTS_KEPT:
                self.texts.clear()
            known = self.texts[value] = fitting(plain_text(value))
        return known

    def _write_day(self, row: int, at: int, value: date) -> None:
        moment = local_time(value) if isinstance(value, datetime) else None
        day = moment.date() if moment else value
        if day < FIRST_DAY:
            self.sheet.write_string(row, at, _words_of(value), self.formats["text"])
        else:
            self.sheet.write_datetime(row, at, moment or day, self.formats["datetime" if moment else "date"])

    def _shown(self, at: int, value: object) -> str:
        """About what the cell shows, by which the width of its column is measured."""
        if not self.is_code[at] and isinstance(value, NUMBERS) and not isinstance(value, bool):
            return f"{value:,}"
        if not self.is_code[at] and isinstance(value, date):
            return _words_of(value)
        return fitting(plain_text(value))


def _is_whole(value: int | Decimal) -> bool:
    return isinstance(value, int) or value == value.to_integral_value()


def _words_of(value: date) -> str:
    """令和4年10月14日, and the hour of a moment."""
    moment = local_time(value) if isinstance(value, datetime) else None
    return f"{format_date(moment.date())}{moment:%H:%M}" if moment else format_date(value)


def sheet_name(title: str) -> str:
    """A name that Excel takes: no []:*?/\\', at most 31 characters, not empty, not the reserved History."""
    units = " ".join(plain_text(title).translate(_NOT_IN_TITLES).split()).encode("utf-16-le")
    name = units[: LONGEST_TITLE * 2].decode("utf-16-le", "ignore").strip() or "Sheet1"
    return f"{name}_" if name.casefold() == "history" else name


def fitting(text: str) -> str:
    """The text, cut with … where it is longer than a cell holds."""
    if len(text) * 2 <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST_TEXT * 2:
        return text
    return units[: (LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _width(text: str) -> int:
    """The widest line in half-width characters; full-width ones, and those of unclear width, count two."""
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))
