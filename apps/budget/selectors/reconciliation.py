"""予算照合: what the portal holds beside what the finance system said, by 事業コード × 節, to the 千円."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.budget.models import FinanceAmount, FinanceImport
from apps.budget.selectors.appraisal import told_to
from apps.budget.selectors.finance import codes_hidden_from, items_spoken_of, tells_appraisal
from apps.budget.selectors.proposals import visible_to
from apps.budget.selectors.stage_amounts import HeldAmount, held_amounts


class Agreement(TextChoices):
    """How the two amounts of one 事業コード × 節 stand to each other."""

    AGREES = "agrees", pgettext_lazy("of two amounts", "Agrees")
    DIFFERS = "differs", _("Differs")
    ONLY_PORTAL = "only_portal", _("Only in the portal")
    ONLY_FINANCE = "only_finance", _("Only in the finance system")
    PART = "part", _("Part of it (DX)")
    PART_EXCEEDS = "part_exceeds", _("The part is more than the whole")


DIFFERENCES = (Agreement.DIFFERS, Agreement.ONLY_PORTAL, Agreement.ONLY_FINANCE, Agreement.PART_EXCEEDS)


@dataclass
class ReconciledRow:
    """One 事業コード × 節; a part is what the portal holds inside the project of another section."""

    code: str
    project: str
    item_number: int
    item_name: str
    portal_k: int | None
    finance_k: int | None
    state: Agreement
    # Whether the amount of the file is in no other row: a part beside its whole counts it there.
    counted: bool = True

    @property
    def item(self) -> str:
        return f"{self.item_number} {self.item_name}".strip()

    @property
    def is_part(self) -> bool:
        return self.state in (Agreement.PART, Agreement.PART_EXCEEDS)

    @property
    def difference_k(self) -> int | None:
        """Portal less finance system; of a part that fits there is none."""
        if self.state == Agreement.PART:
            return None
        return (self.portal_k or 0) - (self.finance_k or 0)


@dataclass
class Reconciliation:
    """Every row that the reader may know, and the sums, which foot: portal less finance system is the difference."""

    rows: list[ReconciledRow]
    # Whether rows are left out whose own result was not told.
    leaves_out: bool = False

    @property
    def whole(self) -> list[ReconciledRow]:
        return [row for row in self.rows if not row.is_part]

    @property
    def parts(self) -> list[ReconciledRow]:
        return [row for row in self.rows if row.is_part]

    @property
    def differences(self) -> list[ReconciledRow]:
        return [row for row in self.rows if row.state in DIFFERENCES]

    @property
    def agreeing(self) -> int:
        return sum(row.state == Agreement.AGREES for row in self.rows)

    @property
    def totals(self) -> dict[str, int]:
        """The sums of the whole amounts, and of the parts; the file is the whole and what holds only a part."""
        portal_k = sum(row.portal_k or 0 for row in self.whole)
        finance_k = sum(row.finance_k or 0 for row in self.whole)
        return {
            "portal_k": portal_k,
            "finance_k": finance_k,
            "difference_k": portal_k - finance_k,
            "part_k": sum(row.portal_k or 0 for row in self.parts),
            "part_finance_k": sum(row.finance_k or 0 for row in self.parts if row.counted),
        }


Key = tuple[str, str]


@dataclass
class _Side:
    """One side of a row: its amount, and the words that go with it."""

    amount_k: int = 0
    name: str = ""
    number: int = 0
    item: str = ""


def reconcile(taken: FinanceImport, user: Any) -> Reconciliation:
    """The rows of one file beside what the portal holds on the same basis; at most five queries for any number of rows.

    Of the appraisal, the rows are left out whose proposal still waits for its own result.
    """
    proposals, hidden = visible_to(user).filter(fiscal_year=taken.fiscal_year), set[str]()
    if tells_appraisal(taken.stage):
        proposals, hidden = told_to(user, proposals), codes_hidden_from(user, taken.fiscal_year)
    held = [each for each in held_amounts(proposals, taken.basis, taken.stage) if each.code not in hidden]
    finance = {key: side for key, side in _finance_side(taken).items() if key[0] not in hidden}
    own = _portal_side((each for each in held if not each.host_code), host=False)
    parts = _portal_side((each for each in held if each.host_code), host=True)
    rows = [
        _whole(key, _with_part(own.get(key), parts.get(key)), finance.get(key))
        for key in {*own, *finance}
        if key in own or key not in parts
    ]
    rows += [_part(key, part, finance.get(key), counted=key not in own) for key, part in parts.items()]
    shown = [row for row in rows if row.portal_k or row.finance_k is not None]
    shown.sort(key=lambda row: (row.code, row.is_part, row.item_number, row.item_name))
    return Reconciliation(shown, leaves_out=bool(hidden))


def _finance_side(taken: FinanceImport) -> dict[Key, _Side]:
    items = items_spoken_of(taken.fiscal_year, taken.basis)
    found: dict[Key, _Side] = {}
    rows = FinanceAmount.objects.filter(taken=taken).order_by("row")
    for code, name, number, amount_k in rows.values_list("project_code", "project_name", "item_number", "amount_k"):
        item = items.by_number.get(number)
        side = found.setdefault(
            (code, item.name if item else str(number)), _Side(0, name, number, item.name if item else "")
        )
        side.amount_k += amount_k
    return found


def _portal_side(amounts: Iterable[HeldAmount], *, host: bool) -> dict[Key, _Side]:
    found: dict[Key, _Side] = defaultdict(_Side)
    for each in amounts:
        code = each.host_code if host else each.project_code or f"（{each.project_name}）"
        side = found[code, each.item_name]
        side.amount_k += each.amount_k
        side.name = side.name or (each.host_name if host else each.project_name)
        side.number, side.item = each.item_number, each.item_name
    return found


def _with_part(own: _Side | None, part: _Side | None) -> _Side | None:
    """What the project itself asks for, and what others ask for inside it: the finance system knows the sum."""
    return replace(own, amount_k=own.amount_k + part.amount_k) if own and part else own


def _whole(key: Key, own: _Side | None, finance: _Side | None) -> ReconciledRow:
    state = Agreement.DIFFERS
    if own is None or finance is None:
        state = Agreement.ONLY_FINANCE if own is None else Agreement.ONLY_PORTAL
        if not (own or finance or _Side()).amount_k:
            state = Agreement.AGREES  # nothing on one side and none on the other
    elif own.amount_k == finance.amount_k:
        state = Agreement.AGREES
    return _row(key, own, finance, state)


def _part(key: Key, part: _Side, finance: _Side | None, *, counted: bool) -> ReconciledRow:
    """What the portal holds inside the project of another section fits where the file has at least as much."""
    if finance is None:
        state = Agreement.PART_EXCEEDS if part.amount_k else Agreement.PART
    else:
        state = Agreement.PART if part.amount_k <= finance.amount_k else Agreement.PART_EXCEEDS
    row = _row(key, part, finance, state)
    row.counted = counted
    return row


def _row(key: Key, portal: _Side | None, finance: _Side | None, state: Agreement) -> ReconciledRow:
    known = portal or finance or _Side()
    name = (portal and portal.name) or (finance and finance.name) or ""
    return ReconciledRow(
        key[0],
        name,
        known.number,
        known.item,
        portal.amount_k if portal else None,
        finance.amount_k if finance else None,
        state,
    )
