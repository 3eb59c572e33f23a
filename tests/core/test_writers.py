import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from apps.core.fiscal import FiscalYear
from apps.core.text import clean
from apps.core.writers import Column
from apps.core.writers.csv import ROWS_IN_A_CHUNK, escape_cell, unescape_cell, write_csv
from apps.core.writers.json import write_json
from apps.core.writers.xlsx import fitting, sheet_name, write_xlsx
from tests.edge_cases import EDGE_CASES

TEXT = Column("text", "本文")
COLUMNS = [
    Column("code", "所属コード", "code"),
    Column("name", "名称"),
    Column("amount_k", "要求額（千円）", "number"),
    Column("day", "期限", "date"),
]
ROW = ["0202", "情報戦略課", -1130, date(2022, 10, 14)]
CELL_TEXT = st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠,\"0123456789.あ") | st.characters(), max_size=12)


def csv_text(*values: object, encoding: Any = "utf-8-sig") -> str:
    return b"".join(write_csv([TEXT], [[value] for value in values], encoding=encoding)).decode(encoding)


def read_csv(data: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


def sheet(*rows: list[object], columns: list[Column] = COLUMNS) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx("予算要求", columns, rows))).active


class TestCsv:
    def test_the_file_opens_in_excel(self) -> None:
        data = b"".join(write_csv(COLUMNS, [ROW]))
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.decode("utf-8-sig") == (
            "所属コード,名称,要求額（千円）,期限\r\n0202,情報戦略課,-1130,2022-10-14\r\n"
        )

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (None, '""'),
            (Decimal("38.50"), "38.50"),
            (Decimal("1E+3"), "1000"),
            (FiscalYear(2022), "令和4年度"),
            (datetime(2022, 10, 13, 15, 30, tzinfo=UTC), "2022-10-14 00:30"),
            ('"引用", 符', '"""引用"", 符"'),
            ("か\u3099\x00\ufffe", "が"),
        ],
    )
    def test_each_kind_of_value(self, value: object, expected: str) -> None:
        assert csv_text(value) == f"本文\r\n{expected}\r\n"

    @pytest.mark.parametrize("case", EDGE_CASES["csv_safety"], ids=lambda case: case["in"])
    def test_formulas_are_disarmed_and_the_rest_is_kept(self, case: dict[str, str]) -> None:
        text = case["in"].replace("\r\n", "\n")
        ((_label,), (cell,)) = read_csv(b"".join(write_csv([TEXT], [[text]])))
        assert cell == case.get("out", text)
        assert unescape_cell(cell) == text

    def test_a_line_break_is_quoted_and_the_row_ends_in_crlf(self) -> None:
        assert csv_text("改行を\n含む") == '本文\r\n"改行を\n含む"\r\n'

    @pytest.mark.parametrize(
        "text", ["=1", "+1", "-x", "-1-2", "@a", "\tx", "\rx", "\nx", "＝1", "＋1", "－5", "＠a", "'=1"]
    )
    def test_what_a_spreadsheet_would_run_is_prefixed(self, text: str) -> None:
        assert escape_cell(text) == f"'{text}"

    @pytest.mark.parametrize(
        "text", ["-5", "-1130.5", "5", "0202", "1-2-1", "'abc", "'", "'-5x"[:2] + "5", "", "△5", "−5"]
    )
    def test_what_is_harmless_is_not(self, text: str) -> None:
        expected = f"'{text}" if text == "'-5" else text
        assert escape_cell(text) == expected
        assert unescape_cell(expected) == text

    @given(CELL_TEXT)
    def test_export_and_import_lose_nothing(self, text: str) -> None:
        ((cell,),) = read_csv(b"".join(write_csv([TEXT], [[text]])))[1:]
        assert unescape_cell(cell) == clean(text)
        assert unescape_cell(escape_cell(text)) == text

    @given(CELL_TEXT)
    def test_no_cell_starts_a_formula(self, text: str) -> None:
        escaped = escape_cell(text)
        assert escaped[:1] not in set("=+@\t\r\n＝＋－＠")
        assert not escaped.startswith("-") or Decimal(escaped) <= 0

    def test_a_label_is_disarmed_too(self) -> None:
        assert b"".join(write_csv([Column("a", "=1")], [])).decode("utf-8-sig") == "'=1\r\n"

    def test_rows_are_read_as_the_file_is_read(self) -> None:
        taken: list[int] = []

        def rows() -> Iterator[list[int]]:
            for number in range(10 * ROWS_IN_A_CHUNK):
                taken.append(number)
                yield [number]

        export = write_csv([TEXT], rows())
        assert taken == []
        next(export)
        assert len(taken) < 2 * ROWS_IN_A_CHUNK
        assert len(read_csv(b"".join(export))) == 10 * ROWS_IN_A_CHUNK - len(taken[: ROWS_IN_A_CHUNK - 1])

    @pytest.mark.parametrize("row", [["0202"], [*ROW, "zu viel"]])
    def test_a_row_of_the_wrong_length_is_refused(self, row: list[object]) -> None:
        with pytest.raises(ValueError, match="cells for 4 columns"):
            list(write_csv(COLUMNS, [ROW, row]))


class TestCp932:
    @pytest.mark.parametrize("case", EDGE_CASES["cp932"], ids=lambda case: case["text"])
    def test_the_table(self, case: dict[str, Any]) -> None:
        export = write_csv([TEXT], [[case["text"]]], encoding="cp932")
        cell = b"".join(export).decode("cp932").splitlines()[1]
        mended = {"か\u3099": "が", "—": "―"}  # composed, and replaced by its twin
        if case["encodable"] or case["text"] in mended:
            assert cell == mended.get(case["text"], case.get("roundtrip", case["text"]))
            assert export.lost == []
        else:
            assert "〓" in cell or cell == "葛"
            assert export.lost

    @pytest.mark.parametrize(
        ("text", "cell", "lost"),
        [
            ("𠮷田と𠮷川", "〓田と〓川", ["𠮷"]),
            ("補塡・頰・剝", "補〓・〓・〓", ["塡", "頰", "剝"]),
            ("葛\U000e0100城", "葛城", ["葛\U000e0100"]),
            ("☎️🙂", "〓〓", ["☎️", "🙂"]),
            ("¥100 ¢£¬", "￥100 ￠￡￢", []),
            ("−5", "'－5", []),
        ],
    )
    def test_what_is_missing_is_shown_and_named(self, text: str, cell: str, lost: list[str]) -> None:
        export = write_csv([TEXT], [["前"], [text]], encoding="cp932")
        assert b"".join(export).decode("cp932") == f"本文\r\n前\r\n{cell}\r\n"
        assert export.lost == lost

    @given(CELL_TEXT)
    def test_any_text_can_be_written_and_reads_back_alike(self, text: str) -> None:
        export = write_csv([TEXT], [[text]], encoding="cp932")
        data = b"".join(export)
        assert data.decode("cp932").encode("cp932") == data
        if not export.lost:
            twins = str.maketrans("〜−‖¢£¬—¥", "～－∥￠￡￢―￥")
            assert unescape_cell(read_csv(data, "cp932")[1][0]) == clean(text).translate(twins)


class TestXlsx:
    def test_values_keep_their_types_and_formats(self) -> None:
        cells = sheet(ROW)[2]
        assert [cell.value for cell in cells] == ["0202", "情報戦略課", -1130, datetime(2022, 10, 14)]  # noqa: DTZ001
        assert [cell.number_format for cell in cells] == [
            "@",
            "General",
            '#,##0;"△"#,##0',
            '[$-411]ggge"年"m"月"d"日"',
        ]

    @pytest.mark.parametrize(
        "text", ["=1+1", "+81", "-", "0202", "1-2-1", "http://例.jp", "{=A1}", "１", "_x0041_", "改行\nを"]
    )
    def test_text_stays_text(self, text: str) -> None:
        cell = sheet([text], columns=[TEXT])["A2"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (openpyxl_sees(text), "s", None)
        assert CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx("x", [TEXT], [[text]]))).get_sheet_by_index(
            0
        ).to_python()[1:] == [[text]]

    @pytest.mark.parametrize(
        ("value", "shown", "number_format"),
        [
            (None, None, "General"),
            ("", None, "General"),
            (Decimal("38.5"), 38.5, '#,##0.0##;"△"#,##0.0##'),
            (Decimal("38.00"), 38, '#,##0;"△"#,##0'),
            (FiscalYear(2022), "令和4年度", "General"),
            (datetime(2022, 10, 13, 15, 30, tzinfo=UTC), datetime(2022, 10, 14, 0, 30), None),  # noqa: DTZ001
            (date(1868, 1, 25), "明治元年1月25日", "General"),
            ("か\u3099\x0b\ufffe", "が", "General"),
        ],
    )
    def test_each_kind_of_value(self, value: object, shown: object, number_format: str | None) -> None:
        cell = sheet(["x", value], columns=[Column("a", "A"), TEXT])["B2"]
        assert cell.value == shown
        assert number_format in (None, cell.number_format)

    def test_a_number_in_a_code_column_is_text(self) -> None:
        assert sheet([202], columns=[COLUMNS[0]])["A2"].data_type == "s"

    def test_the_page_is_set_up(self) -> None:
        page = sheet(ROW, ROW)
        assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("予算要求", "A2", "A1:D3")
        assert (page.print_title_rows, page.page_setup.orientation) == ("$1:$1", "landscape")
        assert (str(page.page_setup.paperSize), page.page_setup.fitToHeight) == ("9", 0)
        assert (page.oddHeader.left.text, page.oddHeader.right.text) == ("予算要求", "令和4年10月14日")
        assert page.oddFooter.center.text == "&P / &N"

    def test_the_header_stands_out(self) -> None:
        header = sheet(ROW)["A1"]
        assert (header.value, header.font.bold, header.border.bottom.style) == ("所属コード", True, "thin")
        assert header.fill.fgColor.rgb == "FFE6E6E6"

    def test_columns_are_as_wide_as_their_text_within_limits(self) -> None:
        columns = [Column("a", "A"), Column("b", "B"), Column("c", "C")]
        page = sheet(["あ" * 10, "x\n" + "y" * 22, "長" * 100], columns=columns)
        widths = [round(page.column_dimensions[letter].width) for letter in "ABC"]
        assert widths == pytest.approx([22, 24, 60], abs=1)
        assert page["C2"].alignment.wrap_text

    def test_an_empty_table_is_a_workbook_too(self) -> None:
        assert [cell.value for cell in sheet()[1]] == [column.label for column in COLUMNS]

    @pytest.mark.parametrize("row", [["0202"], [*ROW, "zu viel"]])
    def test_a_row_of_the_wrong_length_is_refused(self, row: list[object]) -> None:
        with pytest.raises(ValueError, match="cells for 4 columns"):
            write_xlsx("x", COLUMNS, [ROW, row])

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("予算[要求]: 5/6*?\\", "予算［要求］： 5／6＊？＼"),
            ("𠮷" * 20, "𠮷" * 15),
            ("", "Sheet1"),
            ("'引用'", "’引用’"),
            ("History", "History_"),
        ],
    )
    def test_a_title_becomes_a_name_that_excel_takes(self, title: str, name: str) -> None:
        assert sheet_name(title) == name
        assert openpyxl.load_workbook(io.BytesIO(write_xlsx(title, [TEXT], []))).sheetnames == [name]

    def test_a_text_longer_than_a_cell_is_cut_and_says_so(self) -> None:
        assert fitting("あ" * 32767) == "あ" * 32767
        assert fitting("あ" * 32768) == "あ" * 32766 + "…"
        assert fitting("🙂" * 20000) == "🙂" * 16383 + "…"
        assert sheet(["あ" * 40000], columns=[TEXT])["A2"].value.endswith("…")

    @given(st.lists(st.text(st.characters(), max_size=12), min_size=1, max_size=5))
    def test_any_text_makes_a_workbook_that_opens(self, texts: list[str]) -> None:
        data = write_xlsx("x", [TEXT], [[text] for text in texts])
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        read = [str(row[0]) for row in rows[1:]]
        assert read == [clean(text) for text in texts][: len(read)]
        assert not any(clean(text) for text in texts[len(read) :])


def openpyxl_sees(text: str) -> str:
    """openpyxl leaves Excel's own escape of _xHHHH_ as it stands in the file; Excel and calamine undo it."""
    return text.replace("_x0041_", "_x005F_x0041_")


class TestJson:
    def test_one_object_a_row(self) -> None:
        assert write_json(COLUMNS, [ROW, [None, "が", 0, None]]).decode() == (
            '[\n{"code": "0202", "name": "情報戦略課", "amount_k": -1130, "day": "2022-10-14"},\n'
            '{"code": null, "name": "が", "amount_k": 0, "day": null}\n]\n'
        )

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (FiscalYear(2022), 2022),
            (Decimal("38.50"), "38.50"),
            (True, True),
            (datetime(2022, 10, 14, 9, 0, tzinfo=UTC), "2022-10-14T18:00:00+09:00"),
            ("か\u3099\ud800\x00", "が"),
        ],
    )
    def test_each_kind_of_value(self, value: object, expected: object) -> None:
        assert json.loads(write_json([TEXT], [[value]])) == [{"text": expected}]

    def test_an_empty_table_is_an_empty_array(self) -> None:
        assert json.loads(write_json(COLUMNS, [])) == []

    def test_a_row_of_the_wrong_length_is_refused(self) -> None:
        with pytest.raises(ValueError, match="argument 2"):
            write_json(COLUMNS, [["0202"]])
