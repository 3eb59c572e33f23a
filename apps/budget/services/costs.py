"""Saving the cost sheet of a proposal: all its lines in one act (予算見積書・積算内訳).

Lines of one 節 (of one 細節 where the year rounds so) are one request line, rounded once; what the year before had
stays beside it, also where nothing is asked for any more (皆減).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import BudgetItem, CostLine, ExpenseItem, Proposal, RequestLine
from apps.budget.selectors.cost_rows import COST_COLUMNS
from apps.budget.selectors.costs import Key, SavedSheet, key_of, sheet_of
from apps.budget.selectors.editing import is_editable
from apps.budget.services.amounts import MOST_K, Absurd, lock, recompute
from apps.budget.services.cost_cells import CostRow
from apps.budget.services.proposals import Cost
from apps.core import money
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet, WrongState
from apps.organization.models import FiscalYearRules, Unit

EDITED = declare_event("budget.proposal.costs_edited", gettext_lazy("Costs changed"))

MOST_LINES = 1000
BASES = ("settled_k", "current_k", "previous_initial_k")
HOST = ("host_name", "host_item", "host_unit")


@dataclass(frozen=True)
class Base:
    """What the year before had for a 節, in 千円; with an amount it stays where nothing is asked for."""

    expense_item: ExpenseItem
    subitem: str = ""
    host_code: str = ""
    settled_k: int | None = None
    current_k: int | None = None
    previous_initial_k: int = 0


@dataclass(frozen=True)
class Host:
    """The project of another section in which lines of this one stand (うちDX分)."""

    code: str
    name: str = ""
    item: BudgetItem | None = None
    unit: Unit | None = None


@dataclass
class _Wanted:
    """One request line as it is to be, with its costs."""

    values: dict[str, Any]
    rows: list[CostRow]


def save_costs(
    *,
    proposal: Proposal,
    rows: Sequence[CostRow],
    version: int,
    by: Any,
    bases: Sequence[Base] | None = None,
    hosts: Sequence[Host] | None = None,
) -> bool:
    """Writes the whole sheet; False where it says what stands already, whatever its version.

    Without `bases` or `hosts` those that stand stay. Raises StaleVersion, WrongState after the request, Unmet.
    """
    require(by, "budget.edit_proposal", proposal)
    with act(EDITED, by=by):
        refuse_closed(lock(proposal))
        saved = sheet_of(proposal)
        wanted = _wanted(saved, rows, bases, hosts)
        _refuse_wrong(proposal, wanted)
        if _said(saved, wanted):
            return False
        save_version(proposal, version=version, changes={})
        _write(saved, wanted)
        recompute(proposal=proposal)
    return True


def regroup(*, proposal: Proposal) -> None:
    """The same costs on the request lines that the rules of the year ask for now, within the act that changed these."""
    saved = sheet_of(lock(proposal))
    rows = [CostRow(Cost(**_costs(cost)), line.expense_item, line.host_code, cost.pk) for line, cost in saved.costs]
    wanted = _wanted(saved, rows, None, None)
    if not _said(saved, wanted):
        save_version(saved.proposal, version=saved.proposal.version, changes={})
        _write(saved, wanted)
    recompute(proposal=proposal)


def _costs(cost: CostLine) -> dict[str, Any]:
    return {name: getattr(cost, name) for name in Cost.__dataclass_fields__}


def refuse_closed(proposal: Proposal) -> None:
    """The costs are those of the request once it is handed in."""
    if not is_editable(proposal):
        raise WrongState(
            _("The costs are changed until the request is handed in; the proposal is at “%(stage)s”.")
            % {"stage": proposal.get_stage_kind_display()}
        )


def _wanted(
    saved: SavedSheet, rows: Sequence[CostRow], bases: Sequence[Base] | None, hosts: Sequence[Host] | None
) -> dict[Key, _Wanted]:
    """The request lines as they are to be, in the order of the budget: own lines first, by number of the 節."""
    grouped: dict[Key, list[CostRow]] = {}
    for row in rows:
        grouped.setdefault(_key(saved.rules, row.expense_item, row.cost.subitem, row.host_code), []).append(row)
    kept = _bases(saved) if bases is None else _by_key(saved.rules, bases)
    places = {host.code: host for host in (_hosts(saved) if hosts is None else hosts)}
    items = {item.pk: item for item in _items(rows, kept.values())}
    found = {}
    # The sort is stable: within one 節, in the order of the rows.
    for key in sorted(dict.fromkeys([*grouped, *kept]), key=lambda key: (key[0], items[key[1]].item_number)):
        base, those = kept.get(key), grouped.get(key, [])
        if those or (base and any(getattr(base, name) for name in BASES)):
            found[key] = _Wanted(_values(items[key[1]], those, base, places.get(key[0]), key), those)
    return found


def _items(rows: Sequence[CostRow], bases: Any) -> list[ExpenseItem]:
    return [*(row.expense_item for row in rows), *(base.expense_item for base in bases)]


def _key(rules: FiscalYearRules, item: ExpenseItem, subitem: str, host_code: str) -> Key:
    return key_of(rules, host_code=host_code, expense_item_id=item.pk, subitem=subitem)


def _values(item: ExpenseItem, rows: list[CostRow], base: Base | None, host: Host | None, key: Key) -> dict[str, Any]:
    """All fields of a request line but its amount; one 細節 is that of the line where its costs share it."""
    subitems = {row.cost.subitem for row in rows} if rows else {base.subitem if base else ""}
    return {
        "expense_item": item,
        "subitem": subitems.pop() if len(subitems) == 1 else "",
        "settled_k": base.settled_k if base else None,
        "current_k": base.current_k if base else None,
        "previous_initial_k": base.previous_initial_k if base else 0,
        "host_code": key[0],
        "host_name": host.name if host and key[0] else "",
        "host_item": host.item if host and key[0] else None,
        "host_unit": host.unit if host and key[0] else None,
    }


def _bases(saved: SavedSheet) -> dict[Key, Base]:
    return {key: base_of(lines) for key, lines in saved.groups.items()}


def base_of(lines: Sequence[RequestLine]) -> Base:
    """What stands beside lines that are rounded together; two of them are added up."""
    sums = {name: [getattr(line, name) for line in lines if getattr(line, name) is not None] for name in BASES}
    first = lines[0]
    subitems = {line.subitem for line in lines}
    return Base(
        first.expense_item,
        first.subitem if len(subitems) == 1 else "",
        first.host_code,
        sum(sums["settled_k"]) if sums["settled_k"] else None,
        sum(sums["current_k"]) if sums["current_k"] else None,
        sum(sums["previous_initial_k"]),
    )


def _by_key(rules: FiscalYearRules, bases: Sequence[Base]) -> dict[Key, Base]:
    found: dict[Key, Base] = {}
    for base in bases:
        key = _key(rules, base.expense_item, base.subitem, base.host_code)
        if key in found:
            raise Unmet(_("“%(item)s” stands twice among the comparisons.") % {"item": base.expense_item})
        found[key] = base
    return found


def _hosts(saved: SavedSheet) -> list[Host]:
    return [Host(line.host_code, line.host_name, line.host_item, line.host_unit) for line in saved.lines]


def _refuse_wrong(proposal: Proposal, wanted: dict[Key, _Wanted]) -> None:
    """What no form lets through; whoever calls the service is told, too."""
    rows = [row for each in wanted.values() for row in each.rows]
    if len(rows) > MOST_LINES:
        raise Unmet(_("At most %(most)s cost lines a proposal.") % {"most": MOST_LINES})
    known = set(ExpenseItem.objects.of(proposal.fiscal_year).values_list("pk", flat=True))
    for each in wanted.values():
        item = each.values["expense_item"]
        if item.pk not in known:
            raise Unmet(_("%(year)s has no expense item “%(item)s”.") % {"year": proposal.fiscal_year, "item": item})
        if proposal.project_code and each.values["host_code"] == proposal.project_code:
            raise Unmet(_("The project that holds a line is another one than this."))
    for row in rows:
        if not 1 <= row.cost.months <= 12:
            raise Unmet(_("From 1 to 12 months; a lump sum is 1."))
        if row.cost.amount_yen > MOST_K * money.YEN_PER_K:
            raise Absurd(_("The amount of the line is more than any city pays."))


def _said(saved: SavedSheet, wanted: dict[Key, _Wanted]) -> bool:
    """Whether the lines say already what is wanted, whichever rows they are."""
    there = [({name: getattr(line, name) for name in _fields()}, _costs_of(line)) for line in saved.lines]
    return there == [(each.values, [_columns(row) for row in each.rows]) for each in wanted.values()]


def _fields() -> tuple[str, ...]:
    return ("expense_item", "subitem", *BASES, "host_code", *HOST)


def _costs_of(line: RequestLine) -> list[dict[str, Any]]:
    return [{name: getattr(cost, name) for name in COST_COLUMNS} for cost in line.cost_lines.all()]


def _columns(row: CostRow) -> dict[str, Any]:
    return {name: getattr(row.cost, name) for name in COST_COLUMNS}


def _write(saved: SavedSheet, wanted: dict[Key, _Wanted]) -> None:
    """Lines and costs that stay are the rows that they were; first the lines, then where the costs belong."""
    costs = {cost.pk: cost for _line, cost in saved.costs}
    kept_lines: set[int] = set()
    kept_costs: set[int] = set()
    for place, (key, each) in enumerate(wanted.items(), start=1):
        line = _line_for(saved, key, each.values["subitem"])
        _put(line, {**each.values, "order": place})
        kept_lines.add(line.pk)
        for position, row in enumerate(each.rows, start=1):
            cost = costs.get(row.pk or 0) if row.pk not in kept_costs else None
            cost = cost or CostLine()
            _put(cost, {**_columns(row), "request_line": line, "order": position})
            kept_costs.add(cost.pk)
    CostLine.objects.filter(pk__in=set(costs) - kept_costs).delete()
    RequestLine.objects.filter(pk__in={line.pk for line in saved.lines} - kept_lines).delete()


def _line_for(saved: SavedSheet, key: Key, subitem: str) -> RequestLine:
    """The line that stands there already, of several the one that is called so; else a new one."""
    there = saved.groups.get(key, [])
    fitting = [line for line in there if line.subitem == subitem] or there
    return fitting[0] if fitting else RequestLine(proposal=saved.proposal, request_k=0)


def _put(row: Any, values: dict[str, Any]) -> None:
    """Saves the row where it says something else until now."""
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
