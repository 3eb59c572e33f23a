"""Fields, bookmarks and links, which python-docx leaves to XML."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def add_field(paragraph: Paragraph, instruction: str, result: str) -> None:
    """A field with what it shows until Word works it out anew."""
    for run in _field(paragraph, instruction, result):
        paragraph._p.append(run)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """The beginning of a field that spans paragraphs; `end_field` ends it."""
    for element in (_character("begin"), _instruction(instruction), _character("separate")):
        _append_run(paragraph, element)


def end_field(paragraph: Paragraph) -> None:
    _append_run(paragraph, _character("end"))


def add_page_link(paragraph: Paragraph, text: str, bookmark: str, page: int) -> None:
    """A line of the contents: the words, a tab, and the page of the bookmark."""
    link = _link(bookmark)
    paragraph._p.append(link)
    link.append(_text_run(paragraph, text + "\t"))
    for run in _field(paragraph, f"PAGEREF {bookmark} \\h", str(page)):
        link.append(run)


def add_link(paragraph: Paragraph, text: str, bookmark: str) -> Run:
    """Words that lead to a bookmark."""
    link = _link(bookmark)
    paragraph._p.append(link)
    run = _text_run(paragraph, text)
    link.append(run)
    return Run(run, paragraph)


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Marks all that the paragraph holds; the number is unique in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), str(number))
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def _field(paragraph: Paragraph, instruction: str, result: str) -> list[BaseOxmlElement]:
    """The runs of a whole field; they belong nowhere yet."""
    begin = (_character("begin"), _instruction(instruction), _character("separate"))
    return [*map(_run_of, begin), _text_run(paragraph, result), _run_of(_character("end"))]


def _append_run(paragraph: Paragraph, element: BaseOxmlElement) -> None:
    paragraph._p.append(_run_of(element))


def _run_of(element: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(element)
    return run


def _text_run(paragraph: Paragraph, text: str) -> BaseOxmlElement:
    """A run with text, taken out of its paragraph so that it can stand elsewhere in it."""
    run = paragraph.add_run(text)._r
    paragraph._p.remove(run)
    return run


def _character(kind: str) -> BaseOxmlElement:
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    return character


def _instruction(text: str) -> BaseOxmlElement:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {text} "
    return instruction


def _link(bookmark: str) -> BaseOxmlElement:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    return link
