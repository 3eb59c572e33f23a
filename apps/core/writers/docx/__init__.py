"""Word, by python-docx: A4 with cover, contents, page numbers and real headings, for people who go on writing.

Contents and captions are fields. What they show is stored with them: the numbers of the pages are those of the PDF,
which is laid out alike. Word works them out anew on F9; it is not told to do so by itself, because it then asks at
every opening whether to trust the file, and some versions set every page to 1.
"""

import io
from datetime import UTC
from itertools import count

import docx
from django.utils.translation import override
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from apps.core import charts
from apps.core.documents import Chapter, Chart, DataTable, Document, Figures, Picture, Placed, Text
from apps.core.drawings import size
from apps.core.writers import layout
from apps.core.writers.docx import styles
from apps.core.writers.docx.cover import add_cover, set_up_page
from apps.core.writers.docx.fields import add_bookmark, add_field, add_page_link, begin_field, end_field
from apps.core.writers.docx.tables import add_data_table, add_definitions, add_tiles
from apps.core.writers.pdf import chapter_pages

BOOKMARK = "_Toc{:08}"
BEFORE_A_BLOCK = Pt(12)


def write_docx(document: Document) -> bytes:
    """The document as a file of Word. Charts are drawn where nobody drew them before (`charts.draw`).

    Raises ThreadsLostInFork.
    """
    with override(layout.LANGUAGE):
        word = docx.Document()
        styles.set_up(word)
        _describe(word, document)
        set_up_page(word, document)
        add_cover(word, document)
        _Writer(word, document).write()
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _describe(word: WordDocument, document: Document) -> None:
    """What the file says about itself: at most 255 characters each."""
    properties = word.core_properties
    moment = document.moment.astimezone(UTC).replace(tzinfo=None)
    properties.title = document.name[:255]
    properties.author = properties.last_modified_by = document.city[:255]
    properties.subject = document.year.label
    properties.keywords = document.classification[:255]
    properties.language = "ja-JP"
    properties.comments = ""
    properties.created = properties.modified = moment


class _Writer:
    """The chapters while they are written."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word, self.document = word, document
        self.labels = layout.labels(document)
        self.bookmarks = count(1)

    def write(self) -> None:
        self._add_contents()
        for chapter, blocks in self.document.placed():
            self._add_chapter(chapter, blocks)
        if self.document.figures():
            self._add_definitions()

    def _headings(self) -> list[str]:
        definitions = [self.labels["definitions"]] if self.document.figures() else []
        return [*(chapter.heading for chapter in self.document.chapters), *definitions]

    def _add_contents(self) -> None:
        title = self.word.add_paragraph(self.labels["contents"], style="TOC Heading")
        title.paragraph_format.page_break_before = True
        lines = list(zip(self._headings(), chapter_pages(self.document), strict=True))
        for number, (heading, page) in enumerate(lines, start=1):
            line = self.word.add_paragraph(style="toc 1")
            if number == 1:
                begin_field(line, 'TOC \\o "1-1" \\h \\z \\u')
            add_page_link(line, heading, BOOKMARK.format(number), page)
            if number == len(lines):
                end_field(line)
        if self.labels["own"]:
            self.word.add_paragraph(self.labels["own"], style="Own Note")
        self.word.add_paragraph(self.labels["moment"], style="Note")

    def _add_heading(self, text: str) -> Paragraph:
        heading = self.word.add_paragraph(text, style="heading 1")
        number = next(self.bookmarks)
        if number == 1:
            heading.paragraph_format.page_break_before = True
            heading.paragraph_format.space_before = Pt(0)
        add_bookmark(heading, BOOKMARK.format(number), number)
        return heading

    def _add_chapter(self, chapter: Chapter, blocks: list[Placed]) -> None:
        self._add_heading(chapter.heading)
        for placed in blocks:
            match placed.block:
                case Text() as text:
                    self._add_text(text)
                case Figures():
                    self._add_figures(placed)
                case DataTable() as table:
                    self._add_table(table, placed.number)
                case Chart() as chart:
                    self._add_chart(chart, placed.number)
                case Picture() as picture:
                    self._add_drawing(picture, charts.as_png(picture.svg, scale=2), size(picture.svg), placed.number)

    def _add_text(self, text: Text, *, keep_with_next: bool | None = None) -> None:
        for number, words in enumerate(text.paragraphs):
            paragraph = self.word.add_paragraph(words, style="Own Words" if text.own else "Body Text")
            paragraph.paragraph_format.keep_with_next = keep_with_next
            if number == 0:
                paragraph.paragraph_format.space_before = BEFORE_A_BLOCK

    def _add_figures(self, placed: Placed) -> None:
        if placed.figures:
            self._add_space().paragraph_format.space_before = Pt(9)
            add_tiles(self.word, placed.figures)
            self._add_space()

    def _add_table(self, table: DataTable, number: int) -> None:
        caption = self.word.add_paragraph(style="caption")
        self._fill_caption(caption, self.labels["table"], number, table.title, table.unit)
        add_data_table(self.word, table)
        note = layout.note_words(table)
        if note:
            self.word.add_paragraph(note, style="Note")
        else:
            self._add_space()

    def _add_chart(self, chart: Chart, number: int) -> None:
        drawn = charts.draw(chart)
        self._add_drawing(chart, drawn.png, size(drawn.svg), number, chart.unit)

    def _add_drawing(
        self, block: Chart | Picture, png: bytes, pixels: tuple[float, float], number: int, unit: str = ""
    ) -> None:
        self._add_text(Text(block.lead, "generated"), keep_with_next=True)
        paragraph = self.word.add_paragraph(style="Picture")
        paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(layout.picture_width(pixels)))
        place = paragraph._p.find(f".//{qn('wp:inline')}")
        for side in ("distT", "distB", "distL", "distR"):
            place.set(side, "0")
        picture = place.find(qn("wp:docPr"))
        picture.set("name", f"{self.labels['chart']}{number}")
        picture.set("descr", block.description)
        caption = self.word.add_paragraph(style="Chart Caption")
        self._fill_caption(caption, self.labels["chart"], number, block.title, unit)

    def _fill_caption(self, caption: Paragraph, label: str, number: int, title: str, unit: str) -> None:
        caption.add_run(label)
        add_field(caption, f"SEQ {label} \\* ARABIC", str(number))
        caption.add_run(f"\u3000{title}")
        if unit:
            caption.add_run(f"\t{layout.unit_words(unit)}").bold = False

    def _add_definitions(self) -> None:
        self._add_heading(self.labels["definitions"])
        self.word.add_paragraph(self.labels["moment"], style="Note")
        self._add_space()
        add_definitions(self.word, self.document.figures(), self.labels["definition_columns"])
        self._add_space()

    def _add_space(self) -> Paragraph:
        """A low paragraph: two tables that touch would become one."""
        return self.word.add_paragraph(style="Spacer")
