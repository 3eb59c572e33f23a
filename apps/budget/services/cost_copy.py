"""The costs of the year before as the start of this year's sheet, and its request as what they are compared with."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from apps.budget.models import Proposal, RequestLine
from apps.budget.selectors.costs import SavedSheet, key_of, sheet_of, year_before
from apps.budget.services.copying import granted
from apps.budget.services.cost_cells import CostRow, Items
from apps.budget.services.costs import Base, Host, base_of, save_costs
from apps.budget.services.proposals import Cost
from apps.core.permissions import require
from apps.core.transitions import Unmet


@dataclass
class Copied:
    """What the year before brings: rows that are not there yet, and the 節 that this year does not have."""

    source: Proposal
    rows: list[CostRow]
    bases: list[Base]
    hosts: list[Host]
    unmapped: list[str]
    present: list[CostRow]


def copy_of_year_before(*, proposal: Proposal, user: Any) -> Copied:
    """What would be copied; the 節 go by their names, for their numbers changed in 2020 (平成31年総務省令第37号).

    Raises Unmet where there is no proposal of the project in the year before.
    """
    source = year_before(proposal, user)
    if source is None:
        raise Unmet(_("The year before has no proposal with this project code."))
    before, now = sheet_of(source), sheet_of(proposal)
    names = Items(proposal.fiscal_year).by_name
    mapped = [line for line in before.lines if line.expense_item.name in names]
    for line in mapped:
        line.expense_item = names[line.expense_item.name]
    present = [_row(line, cost, pk=cost.pk) for line, cost in now.costs]
    there = Counter(_mark(row) for row in present)
    rows = []
    for line in mapped:
        for cost in line.cost_lines.all():
            row = _row(line, cost)
            if there[_mark(row)]:
                there[_mark(row)] -= 1
            else:
                rows.append(row)
    unmapped = [f"{line.expense_item} {line.subitem}".strip() for line in before.lines if line not in mapped]
    hosts = [Host(line.host_code, line.host_name, line.host_item, line.host_unit) for line in (*mapped, *now.lines)]
    return Copied(source, rows, _bases(now, mapped, granted(source)), hosts, unmapped, present)


def copy_costs(*, proposal: Proposal, version: int, by: Any) -> Copied:
    """Adds the rows of the year before below those that stand; what is there already is not added once more."""
    require(by, "budget.edit_proposal", proposal)
    copied = copy_of_year_before(proposal=proposal, user=by)
    rows = [*copied.present, *copied.rows]
    save_costs(proposal=proposal, rows=rows, version=version, by=by, bases=copied.bases, hosts=copied.hosts)
    return copied


def _row(line: RequestLine, cost: Any, *, pk: int | None = None) -> CostRow:
    values = {name: getattr(cost, name) for name in Cost.__dataclass_fields__}
    return CostRow(Cost(**values), line.expense_item, line.host_code, pk)


def _mark(row: CostRow) -> tuple[Any, ...]:
    return (row.cost, row.expense_item.pk, row.host_code)


def _bases(now: SavedSheet, mapped: list[RequestLine], granted: dict[int, int]) -> list[Base]:
    """This year's comparisons, with the budget of the year before, or what was asked until that is fixed."""
    found = {key: base_of(lines) for key, lines in now.groups.items()}
    asked: dict[Any, list[RequestLine]] = {}
    for line in mapped:
        key = key_of(now.rules, host_code=line.host_code, expense_item_id=line.expense_item.pk, subitem=line.subitem)
        asked.setdefault(key, []).append(line)
    for key, lines in asked.items():
        plain = Base(lines[0].expense_item, base_of(lines).subitem, lines[0].host_code)
        found[key] = replace(
            found.get(key, plain), previous_initial_k=sum(granted.get(line.pk, line.request_k) for line in lines)
        )
    return list(found.values())
