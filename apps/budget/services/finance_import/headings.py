"""Which column of a file of the finance system holds what: found by the words above it.

Cities and systems name the same column differently; width, case, blanks and a unit in brackets do not matter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import AmountBasis, StageKind
from apps.budget.models import BudgetStage
from apps.core.readers import plain_word

# As the help of the upload names the column of the words.
REASON = "査定理由"
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("事業コード", "事業番号", "細事業コード"),
    "name": ("事業名", "事業名称", "細事業名"),
    "item_number": ("節番号", "節コード", "節No", "節区分"),
    "item_name": ("節", "節名", "節名称"),
    "subitem": ("細節", "細節名", "細節名称"),
    "comment": (REASON, "査定コメント", "査定意見", "コメント", "備考"),
    "year": ("年度", "会計年度", "予算年度"),
}
# The column of the amount, the surest first, by what the file holds.
AMOUNTS: dict[str, tuple[str, ...]] = {
    AmountBasis.SETTLED: ("前年度決算額", "前々年度決算額", "決算額", "支出済額", "金額"),
    AmountBasis.CURRENT: ("本年度現計予算額", "前年度現計予算額", "現計予算額", "予算現額", "現計", "予算額", "金額"),
    AmountBasis.PREVIOUS: ("前年度当初予算額", "本年度当初予算額", "当初予算額", "予算額", "金額"),
}
REQUESTED = ("要求額", "見積額", "予算要求額", "金額")
APPRAISED = ("査定額", "内示額", "予算額", "予算案額", "金額")
_UNIT = re.compile(r"[(\[【〔](?:単位[::]?)?(千円|円)[)\]】〕]")


@dataclass
class Columns:
    """Where the columns stand, and the unit that the heading of the amount names, if it does."""

    at: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    amount_unit: str = ""
    doubled: list[int] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def amount_headings(basis: str, stage: BudgetStage | None) -> tuple[str, ...]:
    """What the column of the amount may be called, the surest first."""
    if basis != AmountBasis.STAGE:
        return AMOUNTS[basis]
    requested = stage and stage.kind in (StageKind.REQUEST, StageKind.REVIVAL, StageKind.DRAFT)
    return REQUESTED if requested else APPRAISED


def find_columns(head: Sequence[Any], basis: str, stage: BudgetStage | None) -> Columns:
    """The columns of a row of headings; `missing` names what a file cannot be without."""
    columns = Columns()
    known = {plain_word(word): key for key, words in HEADINGS.items() for word in words}
    words = [_UNIT.sub("", plain_word(value)) for value in head]
    for place, word in enumerate(words):
        key = known.get(word)
        if key and key in columns.at:
            columns.doubled.append(place)
        elif key:
            columns.at[key], columns.labels[key] = place, str(head[place]).strip()
    for wanted in amount_headings(basis, stage):
        if plain_word(wanted) in words:
            place = words.index(plain_word(wanted))
            columns.at["amount"], columns.labels["amount"] = place, str(head[place]).strip()
            if found := _UNIT.search(plain_word(head[place])):
                columns.amount_unit = found[1]
            break
    columns.missing = _missing(columns.at, amount_headings(basis, stage))
    return columns


def _missing(found: dict[str, int], amounts: Sequence[str]) -> list[str]:
    missing = []
    if "code" not in found:
        missing.append(HEADINGS["code"][0])
    if "item_number" not in found and "item_name" not in found:
        missing.append(_("%(number)s or %(name)s") % {"number": "節番号", "name": "節"})
    if "amount" not in found:
        missing.append("／".join(amounts))
    return missing
