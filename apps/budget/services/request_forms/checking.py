"""Reads a city's form and says of every cell what it will hold, or what is wrong with it."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import TokenizerError

from apps.budget.selectors.form_words import REQUIRED, WORDS, Word
from apps.budget.services.request_forms.placeholders import NoPlaceholder, has_braces, parse
from apps.budget.services.request_forms.safety import holds_shapes, unpacked_form
from apps.core.readers import WorkbookRefused, damaged

# Functions that ask somebody outside, or run something.
OUTWARD = re.compile(r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE|FILTERXML|IMAGE)\s*\(", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True)
class FormFault:
    """What is wrong at one cell."""

    address: str
    text: str


@dataclass
class CheckedForm:
    """The placeholders of a form by their cells, its faults, and what to know of it."""

    words: list[tuple[str, list[Word]]] = field(default_factory=list)
    faults: list[FormFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def open_form(content: bytes) -> Any:
    """The form as a workbook that may be filled. Raises WorkbookRefused."""
    form = unpacked_form(content)
    try:
        return openpyxl.load_workbook(BytesIO(form), rich_text=True, keep_links=False)
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        # openpyxl raises whatever an odd part makes it stumble over.
        raise WorkbookRefused(damaged()) from error


def check_form(content: bytes) -> CheckedForm:
    """What the form will hold. Raises WorkbookRefused where it is none."""
    book, checked = open_form(content), CheckedForm()
    for sheet in book.worksheets:
        _check_sheet(sheet, checked)
    found = {word.identifier for _cell, words in checked.words for word in words if not word.group}
    for word in WORDS:
        if word.identifier in REQUIRED and not word.group and word.identifier not in found:
            words = _("The placeholder {{ %(name)s }} is missing: a form has it at least once.")
            checked.faults.append(FormFault("－", words % {"name": word.name}))
    if holds_shapes(unpacked_form(content)):
        checked.notes.append(_("The form has drawn shapes (text boxes, lines). A filled copy does not keep them."))
    return checked


def _check_sheet(sheet: Any, checked: CheckedForm) -> None:
    if any(has_braces(text) for text in _edges(sheet)):
        words = _("Placeholders stand in cells, not in the header or footer of a page.")
        checked.faults.append(FormFault(sheet.title, words))
    for row in sheet.iter_rows():
        groups: set[str] = set()
        for cell in row:
            for word in _check_cell(sheet, cell, checked):
                if word.group:
                    groups.add(word.group)
                    if len(groups) > 1:
                        words = _("This row has lines of two kinds: part them into two rows.")
                        checked.faults.append(FormFault(_place(sheet, cell), words))


def _edges(sheet: Any) -> list[str]:
    kinds = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    parts = [getattr(getattr(sheet, kind), side) for kind in kinds for side in ("left", "center", "right")]
    return [part.text or "" for part in parts]


def _place(sheet: Any, cell: Any) -> str:
    return f"{sheet.title}!{cell.coordinate}"


def _check_cell(sheet: Any, cell: Any, checked: CheckedForm) -> list[Word]:
    """The words of a cell; what is wrong with it goes to the faults."""
    if cell.value is None:
        return []
    if cell.data_type == "f":
        if fault := _formula_fault(str(getattr(cell.value, "text", cell.value) or "")):
            checked.faults.append(FormFault(_place(sheet, cell), fault))
        return []
    text = str(cell.value)
    if not has_braces(text):
        return []
    try:
        words = [part for part in parse(text) if isinstance(part, Word)]
    except NoPlaceholder as refusal:
        checked.faults.append(FormFault(_place(sheet, cell), str(refusal)))
        return []
    if any(word.group for word in words) and _spans_rows(sheet, cell):
        told = _("A line stands in one row: this cell is merged over several.")
        checked.faults.append(FormFault(_place(sheet, cell), told))
    checked.words.append((_place(sheet, cell), words))
    return words


def _spans_rows(sheet: Any, cell: Any) -> bool:
    ranges = (each for each in sheet.merged_cells.ranges if cell.coordinate in each)
    return any(each.min_row != each.max_row for each in ranges)


def _formula_fault(formula: str) -> str:
    if has_braces(formula):
        return _("A placeholder stands alone in a cell, not in a formula.")
    bare = _QUOTED.sub("", formula)
    if "|" in bare or OUTWARD.search(bare):
        return _("This formula starts something or asks somebody outside (DDE, WEBSERVICE). Take it out.")
    if re.search(r"\[\d+\]", bare):
        return _("This formula refers to another workbook. Take it out.")
    try:
        Tokenizer(formula)
    except TokenizerError:
        return _("This formula cannot be read.")
    return ""
