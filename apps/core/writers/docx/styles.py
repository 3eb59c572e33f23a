"""How a document looks in Word: its own styles in fonts that every Windows has, in place of python-docx's blue ones.

ＭＳ 明朝 and ＭＳ ゴシック are on every Japanese Windows and in every older document of a city hall, know the
characters of names (𠮷髙﨑), and each of their characters is as wide as another, so that lines break as in the PDF.
No theme fonts: they would win over the fonts named here.
"""

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt

from apps.core.writers import layout

MINCHO, GOTHIC = "ＭＳ 明朝", "ＭＳ ゴシック"
INK, SUB, RULE, HAIR = "1A1A1A", "666666", "949494", "CCCCCC"
KEY, OWN, HEAD = "0017C1", "197A4B", "E6E6E6"
RIGHT_EDGE = int(Mm(layout.TEXT_WIDTH).twips)

SMALL, UNIT = Pt(7), Pt(9)
TABLE, TILES = "ReportTable", "ReportTiles"
_NOT_NEEDED = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")


@dataclass(frozen=True)
class _Look:
    """One paragraph style. Sizes and spaces are in points; `rest` is further XML of its paragraph properties."""

    id: str
    name: str
    size: float = 10.5
    font: str = GOTHIC
    bold: bool = False
    colour: str = INK
    before: float = 0
    after: float = 0
    line: float = 18
    align: str = "left"
    keep: bool = False
    borders: str = ""
    tabs: str = ""
    indent: str = ""
    outline: int | None = None


def _border(side: str, size: int, space: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


_RIGHT = f'<w:tab w:val="right" w:pos="{RIGHT_EDGE}"/>'
_DOTS = f'<w:tab w:val="right" w:leader="dot" w:pos="{RIGHT_EDGE}"/>'
_FIRST_LINE = '<w:ind w:firstLineChars="100" w:firstLine="210"/>'
_LOOKS = (
    _Look("Normal", "Normal", font=MINCHO, align="both"),
    _Look("Heading1", "heading 1", 15, bold=True, before=30, after=12, line=22, keep=True, outline=0,
          borders=_border("bottom", 12, 5, KEY)),
    _Look("Heading2", "heading 2", 12, bold=True, before=18, after=6, keep=True, outline=1),
    _Look("BodyText", "Body Text", font=MINCHO, align="both", indent=_FIRST_LINE),
    _Look("OwnWords", "Own Words", font=MINCHO, align="both", borders=_border("left", 24, 9, OWN),
          indent='<w:ind w:left="238" w:firstLineChars="100" w:firstLine="210"/>'),
    _Look("Caption", "caption", 9.5, bold=True, before=20, after=4, line=14, keep=True, tabs=_RIGHT),
    _Look("ChartCaption", "Chart Caption", 9.5, bold=True, before=4, after=20, line=14, tabs=_RIGHT),
    _Look("Picture", "Picture", before=8, keep=True, align="center", line=12),
    _Look("TableText", "Table Text", 9, line=13),
    _Look("TableNumber", "Table Number", 9, line=13, align="right"),
    _Look("Note", "Note", 8.5, colour=SUB, before=4, line=12.5),
    _Look("OwnNote", "Own Note", 9, colour=SUB, before=14, line=14, borders=_border("left", 24, 9, OWN),
          indent='<w:ind w:left="238"/>'),
    _Look("FigureLabel", "Figure Label", 8.5, colour=SUB, line=12.5, keep=True),
    _Look("FigureValue", "Figure Value", 19, bold=True, line=24),
    _Look("Spacer", "Spacer", 2, line=4),
    _Look("TOCHeading", "TOC Heading", 15, bold=True, after=12, line=22, keep=True,
          borders=_border("bottom", 12, 5, KEY)),
    _Look("TOC1", "toc 1", before=6, tabs=_DOTS),
    _Look("Title", "Title", 24, bold=True, align="center", line=36,
          borders=_border("top", 24, 26, KEY) + _border("bottom", 6, 26, KEY)),
    _Look("Cover", "Cover", 12, align="center", line=20),
    _Look("CoverCity", "Cover City", 18, bold=True, align="center", before=12, line=28),
    _Look("Header", "header", 8, colour=SUB, line=12, tabs=_RIGHT, borders=_border("bottom", 4, 3, RULE)),
    _Look("Footer", "footer", 9, align="center", line=14),
)  # fmt: skip
_CUSTOM = {
    "OwnWords", "ChartCaption", "Picture", "TableText", "TableNumber", "Note", "OwnNote", "FigureLabel",
    "FigureValue", "Spacer", "Cover", "CoverCity",
}  # fmt: skip


def set_up(word: WordDocument) -> None:
    """Own styles, Japanese as the language, the layout of today's Word, and nothing that the template only carries."""
    _replace_styles(word.styles.element)
    _set_up_settings(word.settings.element)
    for part in (word.part, word.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_NOT_NEEDED):
                del part.rels[key]


def _replace_styles(styles: BaseOxmlElement) -> None:
    for old in [*styles.findall(qn("w:docDefaults")), *styles.findall(qn("w:style"))]:
        styles.remove(old)
    styles.insert(0, parse_xml(_defaults()))
    for style in (*map(_paragraph_style, _LOOKS), *_other_styles()):
        styles.append(parse_xml(style))


def _set_up_settings(settings: BaseOxmlElement) -> None:
    """Without compatibilityMode 15 Word says 互換モード and lays out as in 2010."""
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "ja-JP")
    for old in settings.findall(f".//{qn('w:useFELayout')}"):
        old.getparent().remove(old)


def _defaults() -> str:
    return f"""<w:docDefaults {nsdecls("w")}>
      <w:rPrDefault><w:rPr>{_fonts(MINCHO)}<w:sz w:val="21"/><w:szCs w:val="21"/>
        <w:lang w:val="ja-JP" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
      <w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault>
    </w:docDefaults>"""


def _fonts(font: str) -> str:
    return f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'


def _paragraph_style(look: _Look) -> str:
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    default = ' w:default="1"' if look.id == "Normal" else ' w:customStyle="1"' if look.id in _CUSTOM else ""
    based = "" if look.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    return f"""<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{look.id}"{default}>
      <w:name w:val="{look.name}"/>{based}<w:qFormat/>
      <w:pPr>{_paragraph_properties(look)}</w:pPr>
      <w:rPr>{_fonts(look.font)}{bold}<w:color w:val="{look.colour}"/>
        <w:sz w:val="{look.size * 2:.0f}"/><w:szCs w:val="{look.size * 2:.0f}"/></w:rPr>
    </w:style>"""


def _paragraph_properties(look: _Look) -> str:
    """In the order that the schema asks for."""
    return "".join(
        (
            "<w:keepNext/>" if look.keep else "",
            "<w:widowControl/>",
            f"<w:pBdr>{look.borders}</w:pBdr>" if look.borders else "",
            f"<w:tabs>{look.tabs}</w:tabs>" if look.tabs else "",
            f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}"'
            f' w:line="{look.line * 20:.0f}" w:lineRule="atLeast"/>',
            look.indent,
            f'<w:jc w:val="{look.align}"/>',
            "" if look.outline is None else f'<w:outlineLvl w:val="{look.outline}"/>',
        )
    )


def _other_styles() -> tuple[str, ...]:
    """What Word expects to find, and two kinds of table."""
    sides = '<w:left w:w="96" w:type="dxa"/>', '<w:right w:w="96" w:type="dxa"/>'
    margins = f'<w:tblCellMar><w:top w:w="40" w:type="dxa"/>{sides[0]}<w:bottom w:w="40" w:type="dxa"/>{sides[1]}'
    return (
        f'<w:style {nsdecls("w")} w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>',
        f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Report Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_border("bottom", 4, 0, HAIR)}'
        f"{_border('insideH', 4, 0, HAIR)}</w:tblBorders>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f'{_border("bottom", 6, 0, INK)}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{HEAD}"/></w:tcPr>'
        f'</w:tblStylePr><w:tblStylePr w:type="lastRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f"{_border('top', 6, 0, INK)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>",
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TILES}"><w:name w:val="Report Tiles"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_border("top", 6, 0, RULE)}'
        f'{_border("bottom", 6, 0, RULE)}</w:tblBorders><w:tblCellMar><w:top w:w="100" w:type="dxa"/><w:left w:w="0" '
        f'w:type="dxa"/><w:bottom w:w="100" w:type="dxa"/>{sides[1]}</w:tblCellMar></w:tblPr></w:style>',
    )
