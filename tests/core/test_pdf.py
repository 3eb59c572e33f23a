"""The PDF as readers get it: what is on which page, literal words, tags, fonts, and the same bytes each time."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.clock import TOKYO
from apps.core.documents import Chapter, Chart, DataTable, Document, Figures, Picture, Point, Series, TableColumn, Text
from apps.core.writers.pdf import chapter_pages, write_pdf
from tests.core.hard_texts import HARD_TEXTS
from tests.core.sample_document import BY_CATEGORY, BY_HURDLE, GRAVE, TARGETS, figure, sample_document

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed: nothing reads the PDF"
    ),
]
HEADINGS = [
    "1\u3000検討の経過",
    "2\u3000全庁的なハードルと方針",
    "3\u300010年後・3年後の将来像とロードマップ",
    "4\u3000人材育成の考え方",
    "5\u3000令和5年度予算要求",
    "6\u3000国への政策要望",
    "数値の定義",
]

Reader = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """`read("pdftotext", pdf, "-layout")`: what one of poppler's programs says of a PDF."""

    def ask(program: str, pdf: bytes, *options: str) -> str:
        path = tmp_path / "document.pdf"
        path.write_bytes(pdf)
        output = ["-"] if program == "pdftotext" else []
        return subprocess.run(
            [program, *options, str(path), *output], check=True, capture_output=True, timeout=60
        ).stdout.decode(errors="replace")

    return ask


def bare(text: str) -> str:
    """Without white space, which a page sets as it needs it."""
    return "".join(text.split())


def pages(read: Reader, pdf: bytes) -> list[str]:
    """The words of each page."""
    return [bare(page) for page in read("pdftotext", pdf, "-raw").split("\f")[:-1]]


def with_blocks(*blocks: Any) -> Document:
    return replace(sample_document(), chapters=(Chapter(1, "章", blocks),))


class TestSample:
    @pytest.fixture
    def sample(self, read: Reader) -> list[str]:
        return pages(read, write_pdf(sample_document()))

    def test_the_cover(self, sample: list[str]) -> None:
        assert sample[0] == bare(
            "機密性2（庁内限り） 令和4年度デジタル化推進チーム中間報告 第1案 令和4年10月14日 現在 汐見野市"
            " デジタル化推進本部 事務局（総務部 情報戦略課）"
        )

    def test_the_contents_name_the_pages_where_the_chapters_are(self, sample: list[str]) -> None:
        numbers = chapter_pages(sample_document())
        contents = re.sub(r"\.{3,}", "→", sample[1])
        assert "".join(f"{bare(heading)}→{page}" for heading, page in zip(HEADINGS, numbers, strict=True)) in contents
        assert contents.startswith("令和4年度デジタル化推進チーム中間報告第1案目次")
        for heading, page in zip(HEADINGS, numbers, strict=True):
            assert bare(heading) in sample[page - 1], heading
        assert numbers == sorted(numbers)
        assert numbers[0] == 3

    def test_every_page_but_the_cover_has_its_number_and_the_title(self, sample: list[str]) -> None:
        total = len(sample)
        for number, page in enumerate(sample[1:], start=2):
            assert page.endswith(f"{number}/{total}")
            assert page.startswith("令和4年度デジタル化推進チーム中間報告第1案")
        assert "/" not in sample[0]

    def test_the_header_of_a_table_stands_on_every_page_of_it(self, sample: list[str]) -> None:
        header = "番号件名所管課方針の期限時間／年"
        holders = [page for page in sample if "H-2022-00" in page]
        assert len(holders) == 3
        for page in holders:
            before_first_row = page.index("H-2022-00")
            assert page[:before_first_row].endswith(header)

    def test_no_row_is_broken_and_none_is_lost(self, sample: list[str]) -> None:
        for row in BY_HURDLE.rows:
            (page,) = [page for page in sample if row[0] in page]
            assert bare("".join(row)) in page
        assert sum(page.count("103,380") for page in sample) == 1

    def test_the_rest_of_the_words(self, sample: list[str]) -> None:
        whole = "".join(sample)
        for words in (
            "左に線のある段落は人が書いた文です。ほかは記録から自動で作られた文です。",
            "数値は全て令和4年10月14日18:00現在のものです。",
            "推進チーム会議を4回開き、各課から出された82件の課題を30件のハードルに整理した。",
            "図1ハードルの分類（単位：件）",
            "図2オンライン申請の割合の目標と実績（単位：%）",
            "表1重点とするハードル",
            "表2重点案件の要求額（単位：千円）",
            "時間は業務量調査（令和4年度）による。",
            "その他（分類を検討中）",
            "データなし",
            "※7令和5年度要求額318,086千円節ごとに千円未満を切り上げた額の計（令和5年度当初要求）",
        ):
            assert words in whole, words
        assert "番号数値値定義" in whole

    def test_it_says_what_it_is(self, read: Reader) -> None:
        said = dict(re.findall(r"(.+?):\s+(.*)", read("pdfinfo", write_pdf(sample_document()))))
        assert said["Title"] == "令和4年度デジタル化推進チーム中間報告（第1案）"
        assert said["Author"] == "汐見野市"
        assert said["Keywords"] == "令和4年度, 機密性2（庁内限り）"
        assert said["Tagged"] == "yes"
        assert said["Page size"] == "595.276 x 841.89 pts (A4)"
        assert "2022" in said["CreationDate"]

    def test_tags_tell_headings_tables_and_what_a_chart_shows(self, read: Reader) -> None:
        structure = read("pdfinfo", write_pdf(sample_document()), "-struct-text")
        tags = re.findall(r"^ *([A-Za-z0-9]+)\b(?! *$)", structure, re.MULTILINE)
        assert tags.count("H1") == len(HEADINGS) + 1  # and the word Contents
        assert tags.count("Table") == 3
        assert tags.count("TH") == 5 + 6 + 4
        assert tags.count("Figure") == 2
        spoken = re.findall(rb"/Alt<([0-9A-F]+)>", write_pdf(sample_document()))
        words = [bytes.fromhex(text.decode()).decode("utf-16") for text in spoken]
        assert sorted(words) == sorted([BY_CATEGORY.description, TARGETS.description])

    def test_its_fonts_come_along(self, read: Reader) -> None:
        rows = read("pdffonts", write_pdf(sample_document())).splitlines()[2:]
        assert {row.split()[0].partition("+")[2] for row in rows} == {
            "NotoSansCJKjp-Regular-Identity-H",
            "NotoSansCJKjp-Bold-Identity-H",
            "NotoSerifJP-Regular-Identity-H",
        }
        assert all(re.search(r" yes yes yes ", row) for row in rows)  # embedded, subset, readable


def test_the_same_document_gives_the_same_bytes() -> None:
    first = write_pdf(sample_document())
    assert write_pdf(Document.from_json(sample_document().as_json())) == first
    later = replace(sample_document(), moment=datetime(2022, 10, 15, 9, 0, tzinfo=TOKYO))
    assert write_pdf(later) != first


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_what_people_wrote_is_literal_everywhere(text: str, read: Reader) -> None:
    document = Document(
        title=text,
        city=text,
        subtitle=text,
        label_of_draft=text,
        as_of=sample_document().as_of,
        moment=sample_document().moment,
        fiscal_year=2022,
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
                    Chart(text, text, text, "bars", [Series(text)], [Point("甲", [1])]),
                ),
            ),
        ),
    )
    found = pages(read, write_pdf(document))
    cover, headers, contents, heading, texts, tile, table, chart, definition = (
        5,
        2 * (len(found) - 1),
        1,
        1,
        2,
        3,
        6,
        3,
        4,
    )
    expected = cover + headers + contents + heading + texts + tile + table + chart + definition
    assert "".join(found).count(bare(text)) == expected


@settings(max_examples=20)
@given(st.text(st.characters(), max_size=60), st.text(st.sampled_from("#$*_`\\<>@[]{}~-'\"/ \t\naあ"), max_size=60))
def test_any_text_makes_a_pdf(text: str, marks: str) -> None:
    """A text in which typst found an error would be a TypstError here."""
    words = [text, marks, marks * 5]
    table = DataTable(marks, [TableColumn(text)], [[each] for each in words], note=text, unit=marks)
    tile = Figures((figure("a", text, 1, marks, text, text=marks),))
    assert write_pdf(with_blocks(*(Text(each, "people") for each in words), table, tile)).startswith(b"%PDF")


class TestLength:
    def test_ten_thousand_characters_go_on_over_the_pages(self, read: Reader) -> None:
        text = "長い文。" * 2500
        found = pages(
            read, write_pdf(with_blocks(Text(text, "people"), DataTable("表", [TableColumn("列")], [[text]])))
        )
        assert sum(page.count("長い文。") for page in found) + breaks(found, "長い文。") == 5000

    def test_a_word_without_end_is_broken_at_the_edge(self, read: Reader, tmp_path: Path) -> None:
        text = "x" * 300
        table = DataTable("表", [TableColumn("甲"), TableColumn("乙")], [[text, text]])
        pdf = write_pdf(with_blocks(Text(text, "generated"), table))
        assert sum(page.count("x") for page in pages(read, pdf)) == 900
        assert widest(read, pdf) <= 595 - 70

    def test_a_long_title_stays_on_the_cover(self, read: Reader) -> None:
        found = pages(read, write_pdf(replace(sample_document(), title="題" * 150)))
        assert found[0].count("題") == 150
        assert found[1].startswith("題")
        assert "目次" in found[1]

    def test_a_chart_of_many_bars_fits_a_page(self, read: Reader) -> None:
        points = tuple(Point(f"第{number}課", (number,)) for number in range(1, 61))
        found = pages(read, write_pdf(with_blocks(replace(BY_CATEGORY, points=points))))
        (page,) = [page for page in found if "第60課" in page]
        assert "第1課" in page
        assert "図1ハードルの分類" in page

    @pytest.mark.parametrize(
        "document",
        [
            replace(sample_document(), chapters=()),
            replace(sample_document(), title="", city="", subtitle="", label_of_draft="", classification=""),
            with_blocks(),
            with_blocks(
                Text("", "people"),
                Figures(()),
                DataTable("", [TableColumn("")], []),
                Chart("", "", "", "lines", [Series("")], []),
            ),
        ],
        ids=["no chapters", "no words", "no blocks", "empty blocks"],
    )
    def test_what_is_empty_is_a_document_too(self, document: Document) -> None:
        assert write_pdf(document).startswith(b"%PDF")


def breaks(found: list[str], word: str) -> int:
    """How often a word is parted by the end of a page."""
    ends = (word[:cut] for cut in range(1, len(word)))
    footers = (re.sub(r"\d+/\d+$", "", page) for page in found)
    tails = tuple(ends)
    return sum(page.endswith(tails) for page in footers)


def widest(read: Reader, pdf: bytes) -> float:
    """How far to the right any word reaches, in points."""
    boxes = re.findall(r'xMax="([\d.]+)"', read("pdftotext", pdf, "-bbox"))
    return max(map(float, boxes))


def test_each_tile_leads_to_its_definition() -> None:
    one, two, three = (
        write_pdf(with_blocks(Figures((GRAVE,) * number))).count(b"/Subtype/Link") for number in (1, 2, 3)
    )
    assert (two - one, three - two) == (1, 1)


def test_a_picture_keeps_its_words_as_words(read: Reader) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400" font-family="Noto Sans CJK JP">'
        '<text x="10" y="40">絵の中の言葉</text></svg>'
    )
    pdf = write_pdf(with_blocks(Picture("ロードマップ", "十年の図", svg, "取組一")))
    words = "".join(pages(read, pdf))
    assert "絵の中の言葉" in words
    assert "図1ロードマップ" in words
