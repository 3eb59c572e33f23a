"""A document on a page: the same words, literal; charts as they were stored; figures that lead to their definitions."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string

from apps.core import charts
from apps.core.charts import chart_key, draw
from apps.core.documents import Chapter, Chart, DataTable, Document, Figures, Picture, Point, Series, TableColumn, Text
from apps.core.models import RenderedChart
from tests.core.hard_texts import HARD_TEXTS
from tests.core.sample_document import BY_CATEGORY, BY_HURDLE, TARGETS, figure, sample_document

pytestmark = pytest.mark.django_db
TEMPLATE = "components/document/document.html"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><text>絵</text></svg>'


class Page(HTMLParser):
    """The words, tags and attributes of a rendered document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, name: str, tag: str = "") -> list[str | None]:
        """The values of an attribute, in order."""
        return [attrs[name] for found, attrs in self.tags if name in attrs and tag in {"", found}]

    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(document: Document) -> Page:
    return Page(render_to_string(TEMPLATE, {"document": document}))


@pytest.fixture(autouse=True)
def no_drawing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page never draws."""
    if "drawn" not in request.fixturenames:
        monkeypatch.setattr(charts, "_render", lambda _spec: pytest.fail("a page drew a chart"))


@pytest.fixture
def drawn() -> None:
    """The charts of the sample, drawn before."""
    for chart in sample_document().charts():
        draw(chart)


def test_contents_chapters_and_definitions_lead_to_each_other() -> None:
    shown = page(sample_document())
    ids = [each for each in shown.all("id") if each]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if each.startswith("chapter-")] == [f"chapter-{number}" for number in range(1, 7)]
    assert [each for each in ids if each.startswith("definition-")] == [
        f"definition-{number}" for number in range(1, 10)
    ]
    targets = [link[1:] for link in shown.all("href", "a") if link and link.startswith("#")]
    contents = [*(f"chapter-{number}" for number in range(1, 7)), "document-definitions"]
    figures = [f"definition-{number}" for number in (1, 2, 3, 2, 4, 5, 6, 7, 8, 9, 5, 4)]
    assert targets == contents + figures
    assert set(targets) <= set(ids)
    assert set(shown.all("aria-labelledby")) <= set(ids)


def test_the_words_of_the_document() -> None:
    text = page(sample_document()).text()
    for words in (
        "令和4年度デジタル化推進チーム中間報告（第1案）",
        "令和4年10月14日 現在",
        "人が書いた文 推進チーム会議を4回開き、",
        "表1 重点とするハードル",
        "表2 重点案件の要求額 （単位：千円）",
        "図1 ハードルの分類 （単位：件）",
        "時間は業務量調査（令和4年度）による。",
        "時点 令和4年10月14日 18:00",
        "318,086千円",
    ):
        assert words in text, words
    assert text.count("人が書いた文") == 6


def test_people_have_a_bar_and_the_machine_has_none() -> None:
    html = render_to_string("components/document/text.html", {"text": Text("甲\n乙", "people")})
    assert re.findall(r'class="([^"]*)"', html) == ["doc__text doc__own", "doc__own-label"]
    assert re.findall(r"<p>(.*?)</p>", html) == ["甲", "乙"]
    html = render_to_string("components/document/text.html", {"text": Text("甲", "generated")})
    assert re.findall(r'class="([^"]*)"', html) == ["doc__text"]


def test_a_definition_says_when_what_and_which_records() -> None:
    html = render_to_string("components/document/definitions.html", {"document": sample_document()})
    first = Page(html.split("</details>")[0]).text()
    assert first == (
        "数値の定義 1各課から出された課題82件 定義 推進チーム会議（第1～4回）までに受け付けた件数。統合前 "
        "時点 令和4年10月14日 18:00 数えた記録 いまの一覧を開く H-2022-0001 H-2022-0010"
    )
    assert 'href="/hurdles/?figure=hurdles.issues"' in html


def test_a_table_has_headers_of_columns_and_rows_and_a_total() -> None:
    html = render_to_string("components/document/table.html", {"table": BY_HURDLE, "mark": "表1"})
    shown = Page(html)
    assert shown.all("scope") == ["col"] * 5 + ["row"] * 40
    assert [attrs.get("class") for tag, attrs in shown.tags if tag == "td"][:4] == ["tight code", None, "tight", "num"]
    (foot,) = re.findall(r"<tfoot>(.*?)</tfoot>", html, re.DOTALL)
    assert re.findall(r"<td[^>]*>(.*?)</td>", foot) == ["", "計", "", "", "103,380"]
    assert shown.all("aria-label") == ["表1 重点とするハードル"]


def test_a_table_without_rows_says_so() -> None:
    table = DataTable("表", [TableColumn("甲"), TableColumn("乙")], [])
    html = render_to_string("components/document/table.html", {"table": table, "mark": "表1"})
    assert '<td colspan="2">該当なし</td>' in html


@pytest.mark.usefixtures("drawn")
def test_a_stored_chart_is_shown_with_its_numbers_in_words_and_as_a_table(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        html = render_to_string(TEMPLATE, {"document": sample_document()})
    shown = Page(html)
    assert [tag for tag, _attrs in shown.tags].count("svg") == 2
    pictures = [attrs["aria-label"] for tag, attrs in shown.tags if attrs.get("role") == "img"]
    assert pictures == [BY_CATEGORY.description, TARGETS.description]
    assert [attrs for tag, attrs in shown.tags if tag == "details" and attrs.get("class") == "twin"] == [
        {"class": "twin"}
    ] * 2
    assert "表で見る" in shown.text()
    assert not re.search(r"<[^>]*\sstyle\s*=|<script|<style", html)
    labels = [attrs["aria-label"] for _tag, attrs in shown.tags if attrs.get("role") == "region"]
    assert len(set(labels)) == len(labels) == 2 + 2 + 2


def test_a_chart_that_nobody_drew_yet_is_its_table() -> None:
    RenderedChart.objects.create(key=chart_key(TARGETS), svg=DRAWING, png=b"")
    shown = page(sample_document())
    assert [tag for tag, _attrs in shown.tags].count("svg") == 1
    twins = [attrs for tag, attrs in shown.tags if tag == "details" and attrs.get("class") == "twin"]
    assert twins == [{"class": "twin", "open": None}, {"class": "twin"}]


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_what_people_wrote_is_literal_everywhere(text: str) -> None:
    document = replace(
        sample_document(),
        title=text,
        city=text,
        subtitle=text,
        label_of_draft=text,
        classification=text,
        chapters=(
            Chapter(
                1,
                text,
                (
                    Text(text, "people"),
                    Text(text, "generated"),
                    Figures((figure("a", text, 1, text, text, text=text),)),
                    DataTable(text, [TableColumn(text)], [[text]], total=[text], note=text, unit=text),
                    Chart(text, text, text, "bars", [Series(text)], [Point(text, [1])]),
                ),
            ),
        ),
    )
    shown = page(document)
    head, contents, heading, texts, tile, table, chart, definition = 5, 1, 1, 2, 3, 6, 3, 4
    twin = 5  # title, unit, header, point; the item has a word of its own
    expected = head + contents + heading + texts + tile + table + chart + twin - 1 + definition
    assert shown.text().count(" ".join(text.split())) == expected
    assert [tag for tag, _attrs in shown.tags if tag in {"script", "b", "br"}] == ["b"]  # the value of the definition


def test_lines_of_a_cell_are_kept_and_nothing_else() -> None:
    table = DataTable("表", [TableColumn("列")], [["一行目\n<b>二行目</b>"]])
    html = render_to_string("components/document/table.html", {"table": table, "mark": "表1"})
    assert "一行目<br>&lt;b&gt;二行目&lt;/b&gt;" in html


def test_a_document_without_chapters_is_a_page_too() -> None:
    shown = page(replace(sample_document(), chapters=()))
    assert "数値の定義" not in shown.text()
    assert "令和4年度デジタル化推進チーム中間報告（第1案）" in shown.text()


def test_a_picture_is_shown_with_its_words() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" class="x"><text>絵の中</text></svg>'
    picture = Picture("ロードマップ", "十年の図", svg, "取組一\n取組二 <b>")
    document = replace(sample_document(), chapters=(Chapter(1, "章", (picture,)),))
    html = render_to_string(TEMPLATE, {"document": document})
    assert "<text>絵の中</text>" in html
    assert 'class="x"' not in html
    words = Page(html).words
    for each in ("絵の中", "十年の図", "取組一", "取組二 <b>"):
        assert each in words
