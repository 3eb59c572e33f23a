"""Whether a workbook may be kept as a form: nothing in it runs, reaches out, or is larger than a form."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from apps.core.readers import DAMAGED, WorkbookRefused, damaged, repacked

MOST_BYTES = 20 * 1024 * 1024
MOST_CELLS = 60_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_TARGET = re.compile(rb"""\bTarget=["']([^"']*)["']""")
# Programs write these marks also where nothing is protected.
_ON = rb"""=["'](?:1|true)["']"""
_PROTECTED = re.compile(
    rb"<(?:\w+:)?(?:sheetProtection\b[^>]*\ssheet|workbookProtection\b[^>]*\slock(?:Structure|Windows))" + _ON
)
_SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[\s>]")


def unpacked_form(content: bytes) -> bytes:
    """The form in a shape that can be opened without fear. Raises WorkbookRefused."""
    try:
        form = repacked(content)
        if len(form) > MOST_BYTES:
            raise WorkbookRefused(_("The workbook is too large for a form."))
        with zipfile.ZipFile(BytesIO(form)) as archive:
            _check_names([name.lower() for name in archive.namelist()])
            _check_parts({name: archive.read(name) for name in archive.namelist()})
    except DAMAGED as error:
        raise WorkbookRefused(damaged()) from error
    return form


def holds_shapes(form: bytes) -> bool:
    """Whether it has drawn shapes, such as text boxes: a filled copy has only pictures and charts."""
    with zipfile.ZipFile(BytesIO(form)) as archive:
        drawings = (name for name in archive.namelist() if name.startswith("xl/drawings/") and name.endswith(".xml"))
        return any(_SHAPE.search(archive.read(name)) for name in drawings)


def _check_names(names: list[str]) -> None:
    refused = {
        _("The workbook holds macros. Save it as .xlsx without them."): ("vbaproject", "macrosheets", "activex"),
        _("The workbook is linked to other workbooks. Break the links first."): ("externallinks",),
        _("The workbook brings data from outside (connections). Take them out first."): ("connections", "querytables"),
        _("The workbook holds embedded objects. Take them out first."): ("embeddings",),
    }
    for words, parts in refused.items():
        if any(part in name for name in names for part in parts):
            raise WorkbookRefused(words)


def _check_parts(parts: dict[str, bytes]) -> None:
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise WorkbookRefused(_("The workbook holds macros. Save it as .xlsx without them."))
    cells = 0
    for name, part in parts.items():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                raise WorkbookRefused(damaged())
            if _PROTECTED.search(part):
                raise WorkbookRefused(_("The workbook or a sheet is protected. Take the protection off first."))
        if name.startswith("xl/worksheets/"):
            cells += len(_CELL.findall(part))
        if name.endswith(".rels"):
            _check_relations(part)
    if cells > MOST_CELLS:
        raise WorkbookRefused(_("The workbook has more cells than any form."))


def _check_relations(part: bytes) -> None:
    """A link that a person clicks may lead to a web page or a mail; nothing else leads out."""
    for found in _RELATION.findall(part):
        if b"External" not in found:
            continue
        target = _TARGET.search(found)
        address = target[1].lower() if target else b""
        if b"/hyperlink" not in found or not address.startswith((b"http://", b"https://", b"mailto:")):
            raise WorkbookRefused(_("The workbook is linked to other files. Break the links first."))
