"""What a file holds, whatever its name says."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import puremagic
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.files.names import extension_of
from apps.core.files.refusal import FileRefused
from apps.core.text import clean

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: its word, its type, and the part that makes a ZIP archive this kind."""

    label: Any
    content_type: str
    part: str = ""
    is_text: bool = False


KINDS = {
    "pdf": Kind("PDF", "application/pdf"),
    "docx": Kind("Word", f"{OFFICE}wordprocessingml.document", "word/document.xml"),
    "xlsx": Kind("Excel", f"{OFFICE}spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": Kind("PowerPoint", f"{OFFICE}presentationml.presentation", "ppt/presentation.xml"),
    "png": Kind(gettext_lazy("picture (PNG)"), "image/png"),
    "jpg": Kind(gettext_lazy("picture (JPEG)"), "image/jpeg"),
    "txt": Kind(gettext_lazy("text"), "text/plain", is_text=True),
    "csv": Kind("CSV", "text/csv", is_text=True),
}
SAME = {"jpeg": "jpg"}
# What is found in files that are named otherwise, in words.
FOUND = {
    "exe": gettext_lazy("a program"),
    "html": gettext_lazy("a web page"),
    "zip": gettext_lazy("an archive (ZIP)"),
    "doc": gettext_lazy("an Office document of the old form or with a password"),
    "gif": gettext_lazy("a picture (GIF)"),
}
# Bytes that no text file holds; and characters to which only CP932 would take bytes that are no text.
BINARY = frozenset(range(32)) - {9, 10, 12, 13} | {127}
_NO_TEXT = re.compile("[\x80-\x9f\uf8f0-\uf8f3\ufffe\uffff]")


def content_type_of(name: str, content: bytes) -> str:
    """The type of a file whose content is what its name says. Raises FileRefused with the reason."""
    ending = extension_of(name)
    ending = SAME.get(ending, ending)
    if ending not in KINDS:
        raise FileRefused(_("Files of this kind are not taken. These are: %(kinds)s.") % {"kinds": "、".join(KINDS)})
    kind = KINDS[ending]
    if kind.is_text:
        _check_text(content)
    elif not _is(ending, kind, content):
        raise FileRefused(
            _("The name says %(kind)s, but the content is %(found)s. The file is not taken.")
            % {"kind": kind.label, "found": _found(content)}
        )
    return kind.content_type


def _is(ending: str, kind: Kind, content: bytes) -> bool:
    if f".{ending}" not in _endings(content):
        return False
    return not kind.part or _holds_part(content, kind.part)


def _endings(content: bytes) -> list[str]:
    """The endings that the first and last bytes of a file fit, the surest first."""
    try:
        return [found.extension for found in puremagic.magic_string(content)]
    except (puremagic.PureError, ValueError):
        return []


def _holds_part(content: bytes, part: str) -> bool:
    """Whether an Office file is what it says; one with macros is not taken, whatever its name."""
    names = _members(content)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(_("The document holds macros. Save it without them."))
    return part in names


def _members(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _found(content: bytes) -> Any:
    """What the content seems to be, in words."""
    if content.startswith(b"MZ") or content.startswith(b"\x7fELF"):
        return FOUND["exe"]
    endings = {ending.removeprefix(".") for ending in _endings(content)}
    if content.startswith(b"PK"):
        held = set(_members(content))
        return next((kind.label for kind in KINDS.values() if kind.part in held), FOUND["zip"])
    for ending in (*FOUND, *KINDS):
        if ending in endings:
            return FOUND.get(ending) or KINDS[ending].label
    return _("text") if decoded(content) is not None else _("something else, or damaged")


def _check_text(content: bytes) -> None:
    if decoded(content) is None:
        raise FileRefused(_("The file is no text in UTF-8 or Shift_JIS (CP932). Save it in one of these."))


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8 or CP932; None where it is neither, or holds what no text holds."""
    if not BINARY.isdisjoint(content):
        return None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _NO_TEXT.search(text) else clean(text)
    return None
