"""The Word file as Word reads it: styles, fields, fonts, tables; literal words; LibreOffice opens it."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Length
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from apps.core.documents import Chapter, Chart, DataTable, Document, Figures, Picture, Point, Series, TableColumn, Text
from apps.core.text import clean
from apps.core.writers.docx import write_docx
from apps.core.writers.layout import TEXT_WIDTH
from apps.core.writers.pdf import chapter_pages
from tests.core.hard_texts import HARD_TEXTS
from tests.core.sample_document import BY_CATEGORY, BY_HURDLE, GRAVE, TARGETS, figure, sample_document

pytestmark = pytest.mark.django_db
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PARTS = ("word/document.xml", "word/styles.xml", "word/settings.xml", "word/header1.xml", "word/footer1.xml")


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def everything(word: Any) -> list[str]:
    """Every paragraph in body, cells, header and footer, in the order of the file."""
    body = [*word.element.body.iter(qn("w:p"))]
    section = word.sections[0]
    frame = [paragraph._p for each in (section.header, section.footer) for paragraph in each.paragraphs]
    return ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in [*body, *frame]]


def with_blocks(*blocks: Any) -> Document:
    return replace(sample_document(), chapters=(Chapter(1, "章", blocks),))


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(write_docx(document)))


@pytest.fixture
def data() -> bytes:
    return write_docx(sample_document())


@pytest.fixture
def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


class TestPage:
    def test_it_is_a4_with_the_width_of_a_chart(self, word: Any) -> None:
        (section,) = word.sections
        assert (section.page_width.mm, section.page_height.mm) == (
            pytest.approx(210, abs=0.1),
            pytest.approx(297, abs=0.1),
        )
        width = section.page_width - section.left_margin - section.right_margin
        assert Length(width).mm == pytest.approx(TEXT_WIDTH, abs=0.2)

    def test_header_and_footer_spare_the_cover(self, word: Any) -> None:
        (section,) = word.sections
        assert section.different_first_page_header_footer
        assert section.header.paragraphs[0].text == "令和4年度デジタル化推進チーム中間報告\t第1案"
        assert not section.first_page_header.paragraphs[0].text
        assert fields(section.footer._element) == [("PAGE", "2"), ("NUMPAGES", "2")]
        assert section.footer.paragraphs[0].text == "2 / 2"

    def test_the_cover(self, word: Any) -> None:
        cover = [paragraph.text.strip() for paragraph in word.paragraphs[:6]]
        assert cover == [
            "機密性2（庁内限り）",
            "令和4年度デジタル化推進チーム中間報告",
            "第1案",
            "令和4年10月14日 現在",
            "汐見野市",
            "デジタル化推進本部 事務局（総務部 情報戦略課）",
        ]
        assert word.paragraphs[1].style.name == "Title"

    def test_it_says_what_it_is(self, word: Any) -> None:
        said = word.core_properties
        assert (said.title, said.author, said.language, said.subject, said.keywords, said.comments) == (
            "令和4年度デジタル化推進チーム中間報告（第1案）",
            "汐見野市",
            "ja-JP",
            "令和4年度",
            "機密性2（庁内限り）",
            "",
        )
        assert said.created == said.modified == datetime(2022, 10, 14, 9, 0, tzinfo=UTC)


def fields(element: Any) -> list[tuple[str, str]]:
    """Every complete field: its instruction, and what it shows."""
    found: list[tuple[str, str]] = []
    stack: list[dict[str, Any]] = []
    for node in element.iter():
        if node.tag == qn("w:fldChar"):
            kind = node.get(qn("w:fldCharType"))
            if kind == "begin":
                stack.append({"code": "", "shown": "", "in": "code"})
            elif kind == "separate":
                stack[-1]["in"] = "shown"
            else:
                field = stack.pop()
                found.append((field["code"].strip(), field["shown"]))
        elif node.tag in {qn("w:instrText"), qn("w:t")} and stack:
            stack[-1][stack[-1]["in"]] += node.text or ""
    assert stack == []
    return found


class TestContents:
    def test_the_stored_contents_name_chapters_and_pages(self, word: Any) -> None:
        pages = chapter_pages(sample_document())
        lines = [paragraph for paragraph in word.paragraphs if paragraph.style.name == "toc 1"]
        headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
        assert headings == [
            "1\u3000検討の経過",
            "2\u3000全庁的なハードルと方針",
            "3\u300010年後・3年後の将来像とロードマップ",
            "4\u3000人材育成の考え方",
            "5\u3000令和5年度予算要求",
            "6\u3000国への政策要望",
            "数値の定義",
        ]
        shown = ["".join(node.text or "" for node in line._p.iter(qn("w:t"))) for line in lines]
        assert shown == [f"{heading}{page}" for heading, page in zip(headings, pages, strict=True)]
        assert all(len(list(line._p.iter(qn("w:tab")))) == 1 for line in lines)

    def test_it_is_a_field_of_page_references(self, data: bytes) -> None:
        found = fields(part(data, "word/document.xml"))
        assert [code for code, _shown in found if code.startswith("TOC")] == ['TOC \\o "1-1" \\h \\z \\u']
        assert [code for code, _shown in found if code.startswith("PAGEREF")] == [
            f"PAGEREF _Toc{number:08} \\h" for number in range(1, 8)
        ]
        assert [field for field in found if field[0].startswith("SEQ")] == [
            ("SEQ 図 \\* ARABIC", "1"),
            ("SEQ 表 \\* ARABIC", "1"),
            ("SEQ 図 \\* ARABIC", "2"),
            ("SEQ 表 \\* ARABIC", "2"),
        ]

    def test_every_link_has_its_place_and_every_place_its_own_number(self, data: bytes) -> None:
        body = part(data, "word/document.xml")
        names = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
        numbers = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
        assert len(set(names)) == len(names) == len(set(numbers)) == 7 + 9
        assert numbers == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
        anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
        assert len(anchors) == 7 + 3 + 3 + 1 + 5
        assert set(anchors) == set(names)

    def test_word_does_not_ask_at_opening(self, data: bytes) -> None:
        assert part(data, "word/settings.xml").find(qn("w:updateFields")) is None
        assert not any(node.get(qn("w:dirty")) for node in part(data, "word/document.xml").iter(qn("w:fldChar")))


class TestJapanese:
    @pytest.mark.parametrize("name", PARTS)
    def test_no_theme_decides_about_fonts_or_colours(self, data: bytes, name: str) -> None:
        for node in part(data, name).iter():
            themed = [key for key in node.attrib if "heme" in str(key)]
            assert themed == [] or node.tag == qn("w:themeFontLang"), node.tag

    def test_fonts_and_language_are_named_for_every_script(self, data: bytes) -> None:
        styles = part(data, "word/styles.xml")
        for fonts in styles.iter(qn("w:rFonts")):
            named = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
            assert named in ({"ＭＳ 明朝"}, {"ＭＳ ゴシック"})
        (language,) = styles.iter(qn("w:lang"))
        assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("ja-JP", "ja-JP")

    def test_headings_are_real_black_and_gothic(self, word: Any) -> None:
        for name, level in (("Heading 1", "0"), ("Heading 2", "1")):
            style = word.styles[name]
            assert style.font.name == "ＭＳ ゴシック"
            assert str(style.font.color.rgb) == "1A1A1A"
            assert style.element.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == level
            assert style.paragraph_format.keep_with_next

    def test_it_is_laid_out_as_by_todays_word(self, data: bytes) -> None:
        modes = part(data, "word/settings.xml").iter(qn("w:compatSetting"))
        assert {mode.get(qn("w:val")) for mode in modes if mode.get(qn("w:name")) == "compatibilityMode"} == {"15"}


class TestBlocks:
    def test_peoples_words_have_a_bar(self, word: Any) -> None:
        own = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Own Words"]
        assert own[:2] == [
            "推進チーム会議を4回開き、各課から出された82件の課題を30件のハードルに整理した。",
            "重大さ5の7件を重点とし、期限と担当を定める。",
        ]
        assert len(own) == 7
        bar = word.styles["Own Words"].element.find(f".//{qn('w:pBdr')}/{qn('w:left')}")
        assert (bar.get(qn("w:color")), bar.get(qn("w:sz"))) == ("197A4B", "24")
        assert [p.text for p in word.paragraphs if p.style.name == "Own Note"] == [
            "左に線のある段落は人が書いた文です。ほかは記録から自動で作られた文です。"
        ]

    def test_a_table_repeats_its_header_and_keeps_its_rows(self, word: Any) -> None:
        table = word.tables[2]
        assert [cell.text for cell in table.rows[0].cells] == ["番号", "件名", "所管課", "方針の期限", "時間／年"]
        headers = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert headers == [True] + [False] * 41
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
        assert [cell.text for cell in table.rows[1].cells] == list(BY_HURDLE.rows[0])
        assert [cell.text for cell in table.rows[-1].cells] == ["", "計", "", "", "103,380"]
        assert all(run.bold for cell in table.rows[-1].cells for run in cell.paragraphs[0].runs)
        assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == ["Table Text"] * 4 + ["Table Number"]
        assert word.styles["Table Number"].paragraph_format.alignment == 2  # right

    def test_columns_fill_the_page_and_codes_stay_on_a_line(self, word: Any) -> None:
        widths = [column.width.mm for column in word.tables[2].columns]
        assert sum(widths) == pytest.approx(TEXT_WIDTH, abs=0.5)
        assert widths[0] > 20
        assert widths[1] == max(widths)
        assert widths[4] < 25

    def test_captions_count_and_say_the_unit(self, word: Any) -> None:
        captions = [p.text for p in word.paragraphs if p.style.name in {"Caption", "Chart Caption"}]
        assert captions == [
            "図1\u3000ハードルの分類\t（単位：件）",
            "表1\u3000重点とするハードル",
            "図2\u3000オンライン申請の割合の目標と実績\t（単位：%）",
            "表2\u3000重点案件の要求額\t（単位：千円）",
        ]

    def test_figures_are_tiles_that_lead_to_their_definitions(self, word: Any) -> None:
        tiles = word.tables[0]
        assert [[p.text for p in cell.paragraphs] for cell in tiles.rows[0].cells] == [
            ["各課から出された課題 ※1", "82 件"],
            ["ハードル ※2", "30 件"],
            ["共通ハードル ※3", "6 件"],
        ]
        assert [len(table.rows) for table in word.tables] == [1, 1, 42, 1, 2, 5, 10]
        definitions = word.tables[-1]
        assert [cell.text for cell in definitions.rows[0].cells] == ["番号", "数値", "値", "定義"]
        assert [cell.text for cell in definitions.rows[7].cells] == [
            "※7",
            "令和5年度 要求額",
            "318,086千円",
            "節ごとに千円未満を切り上げた額の計（令和5年度当初要求）",
        ]
        assert "数値は全て令和4年10月14日 18:00現在のものです。" in [paragraph.text for paragraph in word.paragraphs]

    def test_charts_are_pictures_with_words_for_those_who_do_not_see_them(self, word: Any) -> None:
        assert [shape.width.mm for shape in word.inline_shapes] == [pytest.approx(TEXT_WIDTH)] * 2
        drawn = [shape._inline.docPr for shape in word.inline_shapes]
        assert [(each.get("name"), each.get("descr")) for each in drawn] == [
            ("図1", BY_CATEGORY.description),
            ("図2", TARGETS.description),
        ]

    def test_two_tables_never_touch(self, data: bytes) -> None:
        touching = part(data, "word/document.xml").xpath(
            "//w:tbl[following-sibling::*[1][self::w:tbl]]", namespaces={"w": qn("w:x")[1:-2]}
        )
        assert touching == []
        assert opened(with_blocks(Figures((GRAVE,)), Figures((GRAVE,)))).tables[1].rows[0].cells[0].text

    def test_a_row_longer_than_half_a_page_may_break(self) -> None:
        table = DataTable("表", [TableColumn("列")], [["短い"], ["長い文。" * 1000]])
        rows = opened(with_blocks(table)).tables[0].rows
        assert [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, True, False]

    def test_a_note_stays_with_its_table(self, word: Any) -> None:
        last = word.tables[2].rows[-1]
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in last.cells)

    def test_a_table_without_rows_says_so(self) -> None:
        word = opened(with_blocks(DataTable("表", [TableColumn("列")], [], note="注")))
        assert [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Note"][1] == "該当なし\n注"

    def test_a_chart_of_many_bars_is_no_higher_than_a_page(self) -> None:
        points = tuple(Point(f"第{number}課", (number,)) for number in range(1, 61))
        (shape,) = opened(with_blocks(replace(BY_CATEGORY, points=points))).inline_shapes
        assert shape.height.mm <= 201
        assert shape.width.mm < TEXT_WIDTH


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_what_people_wrote_is_literal_everywhere(text: str) -> None:
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
                    Chart(text, text, text, "bars", [Series(text)], [Point(text, [1])]),
                ),
            ),
        ),
    )
    word = opened(document)
    paragraphs = everything(word)
    cover, header, contents, heading, texts, tile, table, chart, definition = 5, 2, 1, 1, 2, 3, 6, 3, 4
    expected = cover + header + contents + heading + texts + tile + table + chart + definition
    assert "\n".join(paragraphs).count(text) == expected
    assert word.core_properties.title == f"{text}（{text}）"
    assert text in word.inline_shapes[0]._inline.docPr.get("descr")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=40))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    document = with_blocks(Text("前" + text, "people"), DataTable("表", [TableColumn("列")], [["前" + text]]))
    word = docx.Document(io.BytesIO(write_docx(document)))
    own = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Own Words"]
    assert own == document.chapters[0].blocks[0].paragraphs
    assert word.tables[0].rows[1].cells[0].text == "前" + clean(text)


class TestLength:
    def test_ten_thousand_characters(self) -> None:
        text = "長い文。" * 2500
        word = opened(with_blocks(Text(text, "people"), DataTable(text, [TableColumn("列")], [[text]])))
        assert everything(word).count(text) == 2

    def test_names_longer_than_a_property_takes(self) -> None:
        word = opened(replace(sample_document(), title="題" * 300, city="市" * 300, classification="密" * 300))
        assert word.core_properties.title == "題" * 255
        assert word.paragraphs[1].text == "題" * 300

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
        assert "目次" in everything(opened(document))


@pytest.mark.skipif(
    SOFFICE is None or shutil.which("pdftotext") is None,
    reason="LibreOffice (soffice) and poppler (pdftotext) are not both installed: nothing else opens the file",
)
def test_libreoffice_lays_it_out(data: bytes, tmp_path: Path) -> None:
    """Cover, contents, numbered pages, and the header of the long table on each of its pages."""
    source = tmp_path / "report.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    argv = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(argv, check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-raw", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = ["".join(page.split()) for page in text.split("\f")[:-1]]
    assert "令和4年度デジタル化推進チーム中間報告" in pages[0]
    assert f"/{len(pages)}" not in pages[0]
    assert "目次" in pages[1]
    assert re.search(r"1検討の経過\.*3", pages[1])
    for number, page in enumerate(pages[1:], start=2):
        assert f"{number}/{len(pages)}" in page
    holders = [page for page in pages if "H-2022-00" in page]
    assert len(holders) >= 2
    assert all("番号件名所管課方針の期限時間／年" in page for page in holders)


def test_a_picture_is_pixels_with_words_for_those_who_do_not_see_it() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400"/></svg>'
    word = opened(with_blocks(Picture("ロードマップ", "十年の図", svg, "取組一\n取組二")))
    (shape,) = word.inline_shapes
    assert (round(shape.width.mm), round(shape.height.mm)) == (160, 80)
    described = shape._inline.docPr.get("descr")
    assert described.split() == ["取組一", "取組二"]
    assert "図1\u3000ロードマップ" in everything(word)
    blob = next(part.blob for part in word.part.package.iter_parts() if str(part.partname).endswith(".png"))
    assert int.from_bytes(blob[16:20]) == 1600
