"""Reads an Excel workbook (.xlsx) that somebody sends: no macro, no formula and no link in it does anything.

The file is unpacked here within limits and packed again for the reader, so that what is read is what was measured:
a small file can unpack to gigabytes, its directory can lie, and one cell in the last corner fills a memory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from apps.core.text import clean

MOST_MEMBERS = 1_000
MOST_BYTES = 100 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
CHUNK = 1024 * 1024
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What reading a damaged archive raises.
DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
# A row or a cell, with the place that it names; a place may be missing, and a value may hold ">".
_PLACE = re.compile(
    rb"""<(?:[\w.-]+:)?(row|c)(?=[\s/>])(?:(?:[^>"']|"[^"]*"|'[^']*')*?\sr=["']([A-Za-z]*)(\d+)["'])?"""
)
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.IGNORECASE)


class WorkbookRefused(Exception):
    """The file cannot be read as a workbook; the message says why to the person who sent it."""


@dataclass(frozen=True)
class Row:
    """One row with its number on the sheet. Values are text, numbers, days, moments, True, False; "" where empty."""

    number: int
    values: list[Any]

    def address(self, column: int) -> str:
        """The address of the value at this index: `row.address(1)` is B7 in row 7."""
        return address(self.number, column)

    @property
    def is_empty(self) -> bool:
        return all(value == "" for value in self.values)


@dataclass(frozen=True)
class Sheet:
    """One sheet; the first row is row 1, also where it is empty."""

    name: str
    rows: list[Row]


def address(row: int, column: int) -> str:
    """Row number and column index as Excel writes them: (7, 1) is B7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_workbook(content: bytes) -> list[Sheet]:
    """All sheets in their order. Raises WorkbookRefused."""
    try:
        return _sheets(CalamineWorkbook.from_filelike(BytesIO(repacked(content))))
    except (CalamineError, *DAMAGED) as error:
        raise WorkbookRefused(damaged()) from error
    except BaseException as error:
        # The reader is written in Rust; where it gives up, it raises what is no Exception.
        if type(error).__name__ == "PanicException":
            raise WorkbookRefused(damaged()) from error
        raise


def damaged() -> str:
    return _("The workbook is damaged and cannot be read.")


def _sheets(workbook: CalamineWorkbook) -> list[Sheet]:
    tables = [each.name for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    return [_sheet(workbook, name) for name in tables]


def _sheet(workbook: CalamineWorkbook, name: str) -> Sheet:
    values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [Row(number, [_plain(value) for value in row]) for number, row in enumerate(values, start=1)]
    return Sheet(clean(name), rows)


def _plain(value: Any) -> Any:
    """Text without what the portal does not keep; 12.0 as 12, since Excel knows no whole numbers."""
    if isinstance(value, str):
        return clean(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def repacked(content: bytes) -> bytes:
    """The same members without compression, each measured while it was unpacked. Raises WorkbookRefused, or what
    a damaged archive raises."""
    if content.startswith(COMPOUND):
        raise WorkbookRefused(
            _("This is an Excel file of the old form (.xls) or one with a password. Save it as .xlsx without password.")
        )
    if not content.startswith(ZIP):
        raise WorkbookRefused(_("This is not an Excel workbook (.xlsx)."))
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(packed, "w") as target:
        names = source.namelist()
        if len(names) > MOST_MEMBERS:
            raise WorkbookRefused(_("The workbook has too many parts."))
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            raise WorkbookRefused(_("This is not an Excel workbook (.xlsx)."))
        left = MOST_BYTES
        for member in source.infolist():
            part = _unpacked(source, member, left)
            left -= len(part)
            if member.filename.lower().endswith((".xml", ".rels")):
                _check_encoding(part)
            if b"sheetData" in part:
                _check_extent(part)
            target.writestr(member.filename, part)
    return packed.getvalue()


def _unpacked(source: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.flag_bits & 1:
        raise WorkbookRefused(_("The workbook is protected by a password. Save it without."))
    with source.open(member) as stream:
        part = b"".join(_chunks(stream, most))
    if len(part) > most:
        raise WorkbookRefused(_("The workbook is too large when unpacked."))
    return part


def _chunks(stream: Any, most: int) -> Iterator[bytes]:
    """Reads on to the first chunk beyond the limit."""
    taken = 0
    while taken <= most and (chunk := stream.read(CHUNK)):
        taken += len(chunk)
        yield chunk


def _check_encoding(part: bytes) -> None:
    """Excel writes UTF-8. Another encoding would hide from us what the reader then finds."""
    if b"\0" in part[:200] or _ENCODING.match(part.lstrip()[:200]):
        raise WorkbookRefused(damaged())


def _check_extent(sheet: bytes) -> None:
    """Refuses a sheet whose filled area is larger than anybody's: reading it would take memory for every empty cell."""
    rows, columns = _extent(sheet)
    if rows > MOST_ROWS:
        raise WorkbookRefused(
            _("A sheet has more than %(most)s rows. Empty rows count where they have a format: delete them.")
            % {"most": f"{MOST_ROWS:,}"}
        )
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise WorkbookRefused(_("A sheet has too many columns. Delete those that are empty but have a format."))


def _extent(sheet: bytes) -> tuple[int, int]:
    """The last row and the last column that anything names; where a place is not named, it is the next one."""
    rows = columns = row = column = 0
    for place in _PLACE.finditer(sheet):
        tag, letters, number = place.groups()
        if tag == b"row":
            row, column = int(number[:8]) if number else row + 1, 0
        else:
            row = max(row, int(number[:8])) if number else row
            column = _column(letters[:4]) if number else column + 1
        rows, columns = max(rows, row), max(columns, column)
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            break
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
