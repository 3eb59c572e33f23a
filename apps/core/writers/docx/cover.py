"""The page in Word: its size, header and footer, and the cover."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from apps.core.documents import Document
from apps.core.writers import layout
from apps.core.writers.docx.fields import add_field

A4 = (210, 297)  # mm
SIDES, TOP, BOTTOM = 25, 25, 22  # mm
ABOVE_TITLE = 60  # mm
BELOW_RULE = 18  # mm
BELOW_TITLE = 78  # mm, less for each further line of the title
LINE_OF_TITLE = 12  # mm
SIZE_OF_DRAFT = 16
BOX = f'<w:bdr {nsdecls("w")} w:val="single" w:sz="6" w:space="0" w:color="1A1A1A"/>'


def set_up_page(word: WordDocument, document: Document) -> None:
    """A4 upright; the cover has neither header nor footer."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(A4[0]), Mm(A4[1])
    section.left_margin = section.right_margin = Mm(SIDES)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.header_distance, section.footer_distance = Mm(14), Mm(11)
    section.different_first_page_header_footer = True
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.style, footer.style = "header", "footer"
    header.add_run(f"{document.title}\t{document.label_of_draft}")
    add_field(footer, "PAGE", "2")
    footer.add_run(" / ")
    add_field(footer, "NUMPAGES", "2")


def add_cover(word: WordDocument, document: Document) -> None:
    """Classification, title, draft; then the day, the city and who speaks for it."""
    mark = word.add_paragraph(style="Table Text")
    mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = mark.add_run(f"\u2002{document.classification}\u2002")
    run._r.get_or_add_rPr().append(parse_xml(BOX))
    size = layout.title_size(document.title)
    title = word.add_paragraph(style="Title")
    title.paragraph_format.space_before = Mm(ABOVE_TITLE)
    title.add_run(document.title).font.size = Pt(size)
    draft = word.add_paragraph(style="Cover")
    draft.paragraph_format.space_before = Mm(BELOW_RULE)
    draft.add_run(document.label_of_draft).font.size = Pt(SIZE_OF_DRAFT)
    lines = int(layout.halves(document.title) / 2 * size / (layout.TEXT_WIDTH / 25.4 * 72))
    day = word.add_paragraph(document.as_of_words, style="Cover")
    day.paragraph_format.space_before = Mm(max(10, BELOW_TITLE - lines * LINE_OF_TITLE))
    word.add_paragraph(document.city, style="Cover City")
    word.add_paragraph(document.subtitle, style="Cover")
