"""A document is checked as it is filled, numbered in one place, and comes back from JSON as it went in."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from apps.core.clock import TOKYO
from apps.core.documents import (
    Chapter,
    Chart,
    DataTable,
    Document,
    DocumentError,
    Figures,
    FigureValue,
    Picture,
    Point,
    Series,
    TableColumn,
    Text,
    amount,
)
from tests.core.sample_document import BY_CATEGORY, BY_HURDLE, BY_PROJECT, GRAVE, HOURS, TARGETS, sample_document

WORDS = st.text(st.characters(), max_size=20)
FIGURE = st.builds(
    FigureValue,
    name=st.uuids().map(str),
    label=WORDS,
    value=st.integers() | WORDS,
    text=WORDS,
    unit=WORDS,
    definition=WORDS,
    url=WORDS,
    records=st.lists(WORDS, max_size=3).map(tuple),
)
AMOUNT = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TONES = ("key", "gray", "green", "orange")


@st.composite
def tables(draw: Any) -> DataTable:
    columns = draw(
        st.lists(st.builds(TableColumn, WORDS, st.sampled_from(["text", "number", "date", "code"])), min_size=1)
    )
    row = st.tuples(*[WORDS] * len(columns))
    return DataTable(
        title=draw(WORDS),
        columns=tuple(columns),
        rows=tuple(draw(st.lists(row, max_size=3))),
        total=draw(st.none() | row),
        note=draw(WORDS),
        unit=draw(WORDS),
    )


@st.composite
def charts(draw: Any) -> Chart:
    tones = draw(st.permutations(TONES))[: draw(st.integers(1, 4))]
    series = tuple(Series(f"{tone}{draw(WORDS)}", tone) for tone in tones)
    point = st.builds(Point, WORDS, st.tuples(*[AMOUNT] * len(series)))
    points = tuple(draw(st.lists(point, max_size=3)))
    return Chart(draw(WORDS), draw(WORDS), draw(WORDS), draw(st.sampled_from(["bars", "lines"])), series, points)


BLOCK = (
    st.builds(Text, WORDS, st.sampled_from(["generated", "people"]))
    | st.builds(Figures, st.lists(FIGURE, max_size=3).map(tuple))
    | tables()
    | charts()
)
CHAPTER = st.builds(Chapter, st.integers(1, 99), WORDS, st.lists(BLOCK, max_size=4).map(tuple))
DOCUMENT = st.builds(
    Document,
    title=WORDS,
    city=WORDS,
    subtitle=WORDS,
    label_of_draft=WORDS,
    as_of=st.dates(),
    moment=st.datetimes(timezones=st.sampled_from([TOKYO, UTC, timezone(timedelta(hours=-3))])),
    fiscal_year=st.integers(1886, 9998),
    classification=WORDS,
    chapters=st.lists(CHAPTER, max_size=3).map(tuple),
)


def chapter(*blocks: Any) -> Document:
    """The sample with these blocks and no others."""
    return replace(sample_document(), chapters=(Chapter(1, "章", blocks),))


class TestJson:
    @given(DOCUMENT)
    def test_every_document_comes_back_as_it_went_in(self, document: Document) -> None:
        stored = json.loads(json.dumps(document.as_json()))
        assert Document.from_json(stored) == document
        assert Document.from_json(stored).as_json() == stored == document.as_json()

    def test_the_sample_too(self) -> None:
        assert Document.from_json(json.loads(json.dumps(sample_document().as_json()))) == sample_document()

    def test_it_is_plain_values(self) -> None:
        document = chapter(Text("文", "people"), Figures((GRAVE,)))
        assert document.as_json() == {
            "title": "令和4年度デジタル化推進チーム中間報告",
            "city": "汐見野市",
            "subtitle": "デジタル化推進本部 事務局（総務部 情報戦略課）",
            "label_of_draft": "第1案",
            "as_of": "2022-10-14",
            "moment": "2022-10-14T18:00:00+09:00",
            "fiscal_year": 2022,
            "classification": "機密性2（庁内限り）",
            "chapters": [
                {
                    "number": 1,
                    "title": "章",
                    "blocks": [
                        {"block": "text", "text": "文", "origin": "people"},
                        {
                            "block": "figures",
                            "items": [
                                {
                                    "name": "hurdles.grave",
                                    "label": "重大さ5のハードル",
                                    "value": 7,
                                    "text": "7",
                                    "unit": "件",
                                    "definition": "重大さが5で、統合・下書きでないハードルの件数",
                                    "url": "/hurdles/?figure=hurdles.grave",
                                    "records": ["H-2022-0001", "H-2022-0010"],
                                }
                            ],
                        },
                    ],
                }
            ],
        }

    def test_a_table_and_a_chart_say_what_they_are(self) -> None:
        table = DataTable("表", [TableColumn("数", "number")], [["1"]])
        assert table.as_json() == {
            "block": "table",
            "title": "表",
            "columns": [{"label": "数", "kind": "number"}],
            "rows": [["1"]],
            "total": None,
            "note": "",
            "unit": "",
        }
        assert Chart("図", "", "件", "bars", [Series("数")], [Point("甲", [None])]).as_json() == {
            "block": "chart",
            "title": "図",
            "lead": "",
            "unit": "件",
            "kind": "bars",
            "series": [{"name": "数", "tone": "key"}],
            "points": [{"label": "甲", "values": [None]}],
        }


class TestWhatComesIn:
    def test_every_string_is_clean(self) -> None:
        document = replace(chapter(Text("か\u3099\x00\x0b\ufffe\r\n次", "people")), title="題\x1f", subtitle="\ud800")
        assert (document.title, document.subtitle) == ("題", "")
        assert document.chapters[0].blocks == (Text("が\n次", "people"),)
        table = DataTable("表\x01", [TableColumn("列\x02", "text")], [["行\x03"]], total=["計\x04"])
        assert (table.title, table.columns[0].label, table.rows, table.total) == ("表", "列", (("行",),), ("計",))

    def test_lists_become_tuples_so_that_a_document_does_not_change(self) -> None:
        table = DataTable("表", [TableColumn("列")], [["行"]])
        assert (table.columns, table.rows) == ((TableColumn("列"),), (("行",),))
        assert hash(table)

    def test_a_lazy_translation_becomes_its_words(self) -> None:
        with override("ja"):
            column = TableColumn(gettext_lazy("Item"))
        with override("en"):
            assert column.label == "事項"

    @pytest.mark.parametrize(
        ("build", "message"),
        [
            (lambda: Text("x", "machine"), "'machine' is none of generated, people"),
            (lambda: TableColumn("x", "chip"), "'chip' is none of text, number, date, code"),
            (lambda: Series("x", "red"), "'red' is none of"),
            (lambda: DataTable("表", [], []), "'表' has no columns"),
            (lambda: DataTable("表", [TableColumn("列")], [["1", "2"]]), "'表' needs 1 strings a row"),
            (lambda: DataTable("表", [TableColumn("列")], [[1]]), "'表' needs 1 strings a row"),
            (lambda: DataTable("表", [TableColumn("列")], [], total=[]), "'表' needs 1 strings a row"),
            (lambda: Point("x", [float("nan")]), "nan cannot be drawn"),
            (lambda: Point("x", [float("inf")]), "inf cannot be drawn"),
            (lambda: Point("x", [True]), "True cannot be drawn"),
            (lambda: Point("x", ["1"]), "'1' cannot be drawn"),
            (lambda: Chart("図", "", "", "pie", [Series("x")], []), "'pie' is none of bars, lines"),
            (lambda: Chart("図", "", "", "bars", [], []), "names and tones of their own"),
            (lambda: Chart("図", "", "", "bars", [Series("x"), Series("x", "gray")], []), "names and tones"),
            (lambda: Chart("図", "", "", "bars", [Series("x"), Series("y")], []), "names and tones of their own"),
            (lambda: Chart("図", "", "", "bars", [Series("x")], [Point("甲", [1, 2])]), "needs 1 values at '甲'"),
            (lambda: replace(sample_document(), moment=datetime(2022, 10, 14, 18)), "needs a time zone"),  # noqa: DTZ001
        ],
    )
    def test_what_contradicts_itself_is_refused(self, build: Any, message: str) -> None:
        with pytest.raises(DocumentError, match=message):
            build()

    def test_two_values_of_one_figure_are_refused_wherever_they_stand(self) -> None:
        moved = replace(GRAVE, value=8, text="8")
        with pytest.raises(DocumentError, match=r"hurdles\.grave is 7 and 8"):
            chapter(Figures((GRAVE,)), Text("文", "people"), Figures((HOURS, moved)))
        assert chapter(Figures((GRAVE,)), Figures((GRAVE,))).figures() == (GRAVE,)


class TestReading:
    def test_paragraphs_are_parted_by_line_ends(self) -> None:
        text = Text("一つ目。\n\n　二つ目。 \n　\n", "generated")
        assert text.paragraphs == ["一つ目。", "　二つ目。 "]
        assert (text.own, Text("", "people").own, Text("", "people").paragraphs) == (False, True, [])

    def test_every_figure_once_in_the_order_of_reading(self) -> None:
        assert [figure.name for figure in sample_document().figures()] == [
            "hurdles.issues",
            "hurdles.all",
            "hurdles.common",
            "hurdles.grave",
            "hurdles.hours",
            "roadmap.initiatives",
            "budget.request",
            "budget.state",
            "budget.general",
        ]

    def test_tables_charts_and_figures_are_numbered_through_the_document(self) -> None:
        placed = [each for _chapter, blocks in sample_document().placed() for each in blocks]
        numbered = [(each.block.block, each.number, [number for number, _figure in each.figures]) for each in placed]
        assert numbered == [
            ("text", 0, []),
            ("figures", 0, [1, 2, 3]),
            ("text", 0, []),
            ("figures", 0, [2, 4, 5]),
            ("text", 0, []),
            ("chart", 1, []),
            ("table", 1, []),
            ("text", 0, []),
            ("figures", 0, [6]),
            ("chart", 2, []),
            ("text", 0, []),
            ("text", 0, []),
            ("figures", 0, [7, 8, 9, 5, 4]),
            ("table", 2, []),
            ("text", 0, []),
        ]

    def test_the_same_table_twice_has_two_numbers(self) -> None:
        ((_chapter, blocks),) = chapter(BY_PROJECT, BY_HURDLE, BY_PROJECT).placed()
        assert [each.number for each in blocks] == [1, 2, 3]

    def test_names_and_days(self) -> None:
        document = sample_document()
        assert document.name == "令和4年度デジタル化推進チーム中間報告（第1案）"
        assert replace(document, label_of_draft="").name == "令和4年度デジタル化推進チーム中間報告"
        assert document.as_of_words == "令和4年10月14日 現在"
        assert document.moment_words == "令和4年10月14日 18:00"
        assert replace(document, moment=datetime(2019, 4, 30, 15, 5, tzinfo=UTC)).moment_words == "令和元年5月1日 00:05"
        assert replace(document, as_of=date(2019, 5, 1)).as_of_words == "令和元年5月1日 現在"
        assert document.year.label == "令和4年度"
        assert document.chapters[0].heading == "1\u3000検討の経過"
        assert document.charts() == (BY_CATEGORY, TARGETS)

    def test_the_subject_of_a_row_is_its_first_text(self) -> None:
        assert (BY_HURDLE.subject, BY_PROJECT.subject) == (1, 1)
        assert DataTable("表", [TableColumn("番号", "code"), TableColumn("数", "number")], []).subject == 0

    def test_a_chart_says_every_number(self) -> None:
        assert BY_CATEGORY.description == (
            "ハードルの分類（単位：件）：押印・署名 6、書面・対面 8、システムの分断 7、知識・技能の不足 4、"
            "予算・契約 3、"
            "その他（分類を検討中） データなし"
        )
        assert TARGETS.description == (
            "オンライン申請の割合の目標と実績（単位：%）：令和2年度（目標 データなし、実績 8.5）、"
            "令和3年度（目標 20、実績 18.2）、令和4年度（目標 35、実績 31）、令和5年度（目標 55、実績 データなし）、"
            "令和6年度（目標 75、実績 データなし）、令和7年度（目標 90、実績 データなし）"
        )
        assert replace(BY_CATEGORY, points=(), unit="").description == "ハードルの分類：データなし"

    def test_the_twin_of_a_chart_is_a_table(self) -> None:
        assert TARGETS.twin == DataTable(
            title="オンライン申請の割合の目標と実績",
            columns=(TableColumn("事項"), TableColumn("目標", "number"), TableColumn("実績", "number")),
            rows=(
                ("令和2年度", "データなし", "8.5"),
                ("令和3年度", "20", "18.2"),
                ("令和4年度", "35", "31"),
                ("令和5年度", "55", "データなし"),
                ("令和6年度", "75", "データなし"),
                ("令和7年度", "90", "データなし"),
            ),
            unit="%",
        )

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (0, "0"),
            (318086, "318,086"),
            (-1130, "△1,130"),
            (38.5, "38.5"),
            (-0.25, "△0.25"),
            (1e21, "1,000,000,000,000,000,000,000"),
            (None, "データなし"),
        ],
    )
    def test_amounts_are_written_as_in_tables(self, value: Any, words: str) -> None:
        assert amount(value) == words


class TestPicture:
    SVG = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">'
        '<rect width="90" height="40"/><text>絵</text></svg>'
    )

    def test_it_comes_back_from_json_as_it_went_in(self) -> None:
        picture = Picture("ロードマップ", "取組の期間", self.SVG, "取組1件")
        assert Picture.from_json(json.loads(json.dumps(picture.as_json()))) == picture
        assert picture.as_json()["block"] == "picture"

    def test_it_is_numbered_together_with_the_charts(self) -> None:
        picture = Picture("絵", "", self.SVG, "絵")
        chart = Chart("図", "", "件", "bars", (Series("数"),), ())
        document = replace(sample_document(), chapters=(Chapter(1, "章", (chart, picture, chart)),))
        assert [placed.number for _chapter, blocks in document.placed() for placed in blocks] == [1, 2, 3]

    @pytest.mark.parametrize(
        "svg",
        [
            "",
            "<svg",
            '<svg xmlns="http://www.w3.org/2000/svg"><text>ohne</text></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>x</script></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect onload="x"/></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect fill="url(http://x)"/></svg>',
        ],
    )
    def test_what_is_no_plain_drawing_is_refused(self, svg: str) -> None:
        with pytest.raises(DocumentError):
            Picture("絵", "", svg, "絵")
