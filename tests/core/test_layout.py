"""Widths, whole rows and titles: what Word and PDF decide together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.documents import Chapter, DataTable, TableColumn, Text
from apps.core.writers.layout import (
    CELL_SIDES,
    HALF,
    TEXT_WIDTH,
    column_widths,
    halves,
    labels,
    picture_width,
    stays_whole,
    tiles,
    title_size,
    unit_words,
)
from tests.core.sample_document import BY_HURDLE, BY_PROJECT, sample_document

CELLS = st.text(st.sampled_from("あx1 \n"), max_size=80)
KINDS = st.sampled_from(["text", "number", "date", "code"])


def in_halves(table: DataTable) -> list[int]:
    """How many half-width characters stand on a line of each column."""
    return [int((width - CELL_SIDES) / HALF) for width in column_widths(table)]


class TestWidths:
    @given(st.lists(st.tuples(CELLS, KINDS, CELLS), min_size=1, max_size=12))
    def test_any_table_fills_the_page_and_leaves_no_column_out(self, columns: list[tuple[str, str, str]]) -> None:
        heads = [TableColumn(label, kind) for label, kind, _cell in columns]  # type: ignore[arg-type]
        widths = column_widths(DataTable("表", heads, [[cell for _label, _kind, cell in columns]]))
        assert sum(widths) == pytest.approx(TEXT_WIDTH)
        assert min(widths) > CELL_SIDES

    def test_codes_and_numbers_stay_on_a_line_and_the_longest_text_gets_most(self) -> None:
        number, subject, unit, day, hours = in_halves(BY_HURDLE)
        assert (number, day, hours) == (12, 11, 9)
        assert unit >= halves("健康福祉部 介護保険課")
        assert subject > unit

    def test_where_numbers_fill_the_page_their_labels_are_broken_for_the_names(self) -> None:
        labels_of_sources = ("国庫支出金", "県支出金", "地方債", "その他特定財源", "特別交付税", "一般財源", "計")
        columns = [TableColumn("事業"), *(TableColumn(label, "number") for label in labels_of_sources)]
        table = DataTable("財源", columns, [["オンライン申請基盤の整備事業", *["118,086"] * 7]])
        name, *amounts = in_halves(table)
        assert name >= 24
        assert amounts == [8] * 7

    def test_without_texts_the_columns_share_by_need(self) -> None:
        table = DataTable("表", [TableColumn("甲", "number"), TableColumn("乙", "number")], [["1" * 8, "1" * 16]])
        assert column_widths(table)[1] > column_widths(table)[0]

    def test_more_columns_than_fit_are_all_narrow(self) -> None:
        columns = [TableColumn(f"列{number}", "code") for number in range(20)]
        widths = column_widths(DataTable("表", columns, [["H-2022-0001"] * 20]))
        assert widths == [pytest.approx(TEXT_WIDTH / 20)] * 20


def test_a_row_of_half_a_page_may_break() -> None:
    widths = column_widths(DataTable("表", [TableColumn("列")], [["x"]]))
    fits = in_halves(DataTable("表", [TableColumn("列")], [["x"]]))[0]
    assert stays_whole(("x" * fits * 25,), widths)
    assert not stays_whole(("x" * (fits * 25 + 1),), widths)
    assert stays_whole(("\n" * 24,), widths)
    assert not stays_whole(("\n" * 25,), widths)


@pytest.mark.parametrize(
    ("number", "columns"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 3), (6, 3), (7, 4), (8, 4), (9, 3), (13, 4)]
)
def test_figures_stand_in_rows_about_equally_full(number: int, columns: int) -> None:
    assert tiles(number) == columns


@pytest.mark.parametrize(("title", "size"), [("", 24), ("題" * 17, 24), ("題" * 20, 21), ("題" * 60, 16)])
def test_a_title_stays_on_one_line_where_that_is_readable(title: str, size: int) -> None:
    assert title_size(title) == size


@pytest.mark.parametrize(("size", "width"), [((640, 216), 160), ((640, 800), 160), ((640, 1600), 80)])
def test_a_picture_is_as_wide_as_the_text_unless_it_is_too_high(size: tuple[int, int], width: int) -> None:
    assert picture_width(size) == width


def test_the_bar_is_explained_where_there_is_one() -> None:
    assert labels(sample_document())["own"].startswith("左に線のある段落は")
    for text in (Text("文", "generated"), Text(" \n", "people")):
        assert labels(replace(sample_document(), chapters=(Chapter(1, "章", (text, BY_PROJECT)),)))["own"] == ""


def test_a_unit_is_said_where_there_is_one() -> None:
    assert (unit_words("千円"), unit_words("")) == ("（単位：千円）", "")
