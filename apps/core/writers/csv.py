"""CSV as Excel in a Japanese city hall opens it: UTF-8 with BOM, or CP932 for older systems.

A text that a spreadsheet would run as a formula gets `'` in front (OWASP, CSV injection); `unescape_cell`
takes exactly that away again, so an export that is imported loses nothing. A leading zero (0202) is in the
file, but Excel drops it on opening: codes that people edit go out as a workbook.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Literal

from apps.core.writers import Column, plain_text

Encoding = Literal["utf-8-sig", "cp932"]

ROWS_IN_A_CHUNK = 500
GETA = "〓"  # the printers' sign for a character that is missing
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Python encodes the first six but reads back their twins, as Windows writes them; it refuses the last two.
_CP932_TWINS = str.maketrans("〜−‖¢£¬—¥", "～－∥￠￡￢―￥")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_WITH_SELECTORS = re.compile(".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)


def escape_cell(text: str) -> str:
    """The text with `'` in front where a spreadsheet would run it; a negative number stays a number."""
    return f"'{text}" if _is_dangerous(text) else text


def unescape_cell(text: str) -> str:
    """What `escape_cell` was given."""
    return text[1:] if text.startswith("'") and _is_dangerous(text[1:]) else text


def _is_dangerous(text: str) -> bool:
    return bool(_DANGEROUS.match(text)) and not _NUMBER.fullmatch(text)


class CsvExport(Iterator[bytes]):
    """The file in chunks; once read to its end, `lost` names what the encoding could not hold, in order."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Iterable[Iterable[object]],
        encoding: Encoding,
        *,
        delimiter: str = ",",
        has_header: bool = True,
    ) -> None:
        self._found: dict[str, None] = {}
        self._delimiter = delimiter
        head = [[column.label for column in columns]] if has_header else []
        self._chunks = self._write(head, rows, len(columns), encoding)

    def __next__(self) -> bytes:
        return next(self._chunks)

    @property
    def lost(self) -> list[str]:
        return list(self._found)

    def _write(
        self, head: Iterable[Iterable[object]], rows: Iterable[Iterable[object]], width: int, encoding: Encoding
    ) -> Iterator[bytes]:
        encoder = codecs.getincrementalencoder(encoding)()
        fit = self._to_cp932 if encoding == "cp932" else str
        lines = chain(head, rows)
        while chunk := list(islice(lines, ROWS_IN_A_CHUNK)):
            yield encoder.encode(_lines(chunk, width, fit, self._delimiter))

    def _to_cp932(self, text: str) -> str:
        """The text in characters of CP932, 〓 for those it lacks."""
        text = text.translate(_CP932_TWINS)
        return text if _encodable(text) else _WITH_SELECTORS.sub(self._fit_character, text)

    def _fit_character(self, found: re.Match[str]) -> str:
        """A character as it is or as 〓; a variation selector alone is left out, and its base stays."""
        character = found[0]
        if _encodable(character):
            return character
        self._found[character] = None
        base = _SELECTORS.sub("", character)
        return base if _encodable(base) else GETA


def write_csv(
    columns: Sequence[Column],
    rows: Iterable[Iterable[object]],
    *,
    encoding: Encoding = "utf-8-sig",
    delimiter: str = ",",
    has_header: bool = True,
) -> CsvExport:
    """A CSV file as a stream, CRLF, quotes where needed. A row of the wrong length is a ValueError.

    Other systems want other separators, and some no names of columns.
    """
    return CsvExport(columns, rows, encoding, delimiter=delimiter, has_header=has_header)


def _encodable(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _lines(rows: Iterable[Iterable[object]], width: int, fit: Callable[[str], str], delimiter: str) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        cells = [_cell(value, fit) for value in row]
        if len(cells) != width:
            raise ValueError(f"a row has {len(cells)} cells for {width} columns")
        writer.writerow(cells)
    return buffer.getvalue()


def _cell(value: object, fit: Callable[[str], str]) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return escape_cell(fit(plain_text(value)))
