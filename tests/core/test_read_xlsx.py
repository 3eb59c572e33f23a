"""Workbooks that people bring: values with their addresses; what is no workbook, or too much of one, is refused."""

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from apps.core.readers import WorkbookRefused, address, read_workbook
from apps.core.readers import xlsx as reader
from tests.core.hard_texts import HARD_TEXTS


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write(at, column, value, day if isinstance(value, date) else None)
    return made.getvalue()


def changed(content: bytes, change: Any) -> bytes:
    """The same workbook with members as `change(name, bytes)` gives them."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return made.getvalue()


def in_sheet(pattern: bytes, new: bytes) -> Any:
    def change(name: str, part: bytes) -> bytes:
        return re.sub(pattern, new, part) if name.startswith("xl/worksheets/") else part

    return change


def test_values_have_types_and_addresses() -> None:
    content = workbook(
        ("業務量", [["所属", "時間"], ["市民課", 1200], ["会計課", 12.5], [], ["済", True, date(2022, 10, 14)]]),
        ("空", []),
    )
    first, second = read_workbook(content)
    assert (first.name, second.name, second.rows) == ("業務量", "空", [])
    assert [row.number for row in first.rows] == [1, 2, 3, 4, 5]
    assert first.rows[1].values[:2] == ["市民課", 1200]
    assert first.rows[2].values[1] == 12.5
    assert first.rows[3].is_empty
    assert first.rows[4].values == ["済", True, date(2022, 10, 14)]
    assert (first.rows[4].address(0), first.rows[4].address(2)) == ("A5", "C5")


def test_a_table_that_begins_further_down_keeps_its_addresses() -> None:
    [sheet] = read_workbook(workbook(("表", [[], [], ["", "", "ここ"]])))
    [row] = [row for row in sheet.rows if not row.is_empty]
    [(column, value)] = [(at, value) for at, value in enumerate(row.values) if value]
    assert (row.address(column), value) == ("C3", "ここ")


def test_hard_texts_come_out_as_they_went_in() -> None:
    texts = list(HARD_TEXTS)
    [sheet] = read_workbook(workbook(("表", [[text] for text in texts])))
    assert [row.values[0] for row in sheet.rows] == texts


@given(st.integers(min_value=1, max_value=10**6), st.integers(min_value=0, max_value=16_383))
def test_an_address_leads_back_to_its_column(row: int, column: int) -> None:
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", address(row, column)).groups()  # type: ignore[union-attr]
    assert (int(number), reader._column(letters.encode()) - 1) == (row, column)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "xlsx.*ではありません"),
        (b"name,hours\n", "xlsx.*ではありません"),
        (b"MZ\x90\x00" + b"\0" * 100, "xlsx.*ではありません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xls"),
        (b"PK\x03\x04 and then nothing", "壊れて"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(WorkbookRefused, match=words):
        read_workbook(content)


def test_another_archive_is_refused() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("word/document.xml", "<w/>")
    with pytest.raises(WorkbookRefused, match=r"xlsx.*ではありません"):
        read_workbook(made.getvalue())


def test_a_broken_sheet_is_refused() -> None:
    with pytest.raises(WorkbookRefused, match="壊れて"):
        read_workbook(changed(workbook(("表", [["a"]])), in_sheet(rb"</sheetData>", b"</wrong>")))
    cut = workbook(("表", [["a"]]))
    with pytest.raises(WorkbookRefused, match="壊れて"):
        read_workbook(cut[:-30])


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(("表", [["a"]]))
    monkeypatch.setattr(reader, "MOST_BYTES", 50_000)
    read_workbook(content)
    bomb = changed(content, in_sheet(rb"<sheetData>", b"<!--" + b" " * 60_000 + b"--><sheetData>"))
    assert len(bomb) < 20_000
    with pytest.raises(WorkbookRefused, match="大きすぎ"):
        read_workbook(bomb)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (b'<c r="A1048576">', "50,000"),
        (b'<c r="XFD1">', "列"),
        (b"<c note='>' r='XFD1'>", "列"),
        (b'<c r="A1" /><c r="SF40000">', "列"),
    ],
)
def test_one_cell_in_the_last_corner_is_refused_before_it_is_read(cell: bytes, words: str) -> None:
    content = changed(workbook(("表", [[1]])), in_sheet(rb'<c r="A1">', cell))
    with pytest.raises(WorkbookRefused, match=words):
        read_workbook(content)


def test_cells_without_places_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_COLUMNS", 3)
    content = workbook(("表", [[1]]))
    read_workbook(changed(content, in_sheet(rb"<c ", b"<c/><c/><c data='' ")))
    with pytest.raises(WorkbookRefused, match="列"):
        read_workbook(changed(content, in_sheet(rb'<c r="A1"', b"<c/><c/><c/><c")))


def test_a_sheet_in_another_encoding_is_refused() -> None:
    def other(name: str, part: bytes) -> bytes:
        return part.decode().encode("utf-16") if name.startswith("xl/worksheets/") else part

    with pytest.raises(WorkbookRefused, match="壊れて"):
        read_workbook(changed(workbook(("表", [[1]])), other))
    with pytest.raises(WorkbookRefused, match="壊れて"):
        read_workbook(changed(workbook(("表", [[1]])), in_sheet(rb'encoding="UTF-8"', b'encoding="iso-2022-jp"')))


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(noise: bytes) -> None:
    for content in (noise, b"PK\x03\x04" + noise):
        with pytest.raises(WorkbookRefused):
            read_workbook(content)
