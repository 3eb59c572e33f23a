"""Tables that people fill in: their row of headings, their cells, and what is wrong at which place."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.readers.xlsx import Row, Sheet

ROWS_BEFORE_THE_HEADINGS = 10
YES = frozenset({"○", "〇", "◯", "●", "はい", "有", "あり", "yes", "y", "true", "1"})
NO = frozenset({"", "×", "✕", "いいえ", "無", "なし", "no", "n", "false", "0", "-", "－", "―"})


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of the file."""

    address: str
    text: str


def plain_word(value: Any) -> str:
    """A word as it is compared: width, case and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", str(value)).casefold().split())


def find_head(sheets: Sequence[Sheet], headings: Collection[Any]) -> tuple[Sheet, Row] | None:
    """The first sheet with a row, near its top, in which one of these headings stands."""
    wanted = {plain_word(heading) for heading in headings}
    for sheet in sheets:
        for row in sheet.rows[:ROWS_BEFORE_THE_HEADINGS]:
            if wanted & set(map(plain_word, row.values)):
                return sheet, row
    return None


def columns_of(head: Row, headings: Mapping[str, Any]) -> tuple[dict[str, int], list[Fault]]:
    """Where each heading stands, by its key; a heading that stands there twice is a fault."""
    found: dict[str, int] = {}
    faults = []
    keys = {plain_word(label): key for key, label in headings.items()}
    for at, value in enumerate(head.values):
        key = keys.get(plain_word(value))
        if key in found:
            faults.append(doubled(head, at))
        elif key:
            found[key] = at
    return found, faults


def doubled(head: Row, at: int) -> Fault:
    words = _("The heading “%(heading)s” stands here a second time.")
    return Fault(head.address(at), words % {"heading": head.values[at]})


def missing(head: Row, heading: Any) -> Fault:
    return Fault(head.address(0), _("The heading “%(heading)s” is missing in this row.") % {"heading": heading})


class CellReader:
    """The cells of a row by the keys of their headings; what is wrong with one is kept with its address."""

    def __init__(self, columns: Mapping[str, int], faults: list[Fault]) -> None:
        self.places, self.faults = columns, faults

    def value(self, row: Row, key: str) -> Any:
        at = self.places.get(key)
        return row.values[at] if at is not None and at < len(row.values) else ""

    def fault(self, row: Row, key: str, text: str) -> None:
        self.faults.append(Fault(row.address(self.places.get(key, 0)), text))
