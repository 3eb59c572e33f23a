"""Two people at one cost sheet: one's own rows stay as typed, and what the other has saved stands beside them.

A row that only the other has joins the sheet; one that the other has taken away says so. For every row one can take
what is saved; the next save starts from the version that stands now.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from apps.budget.choices import CostKind
from apps.budget.forms.cost_rows import BASE_COLUMNS, Typed, next_place
from apps.budget.forms.cost_saved import base_cells, cells_of
from apps.budget.forms.costs import CostSheetForm
from apps.budget.services.cost_cells import COLUMNS, folded
from apps.budget.services.costs import BASES, base_of
from apps.organization.choices import RoundingPer

NEW, GONE = "new", "gone"
AMOUNTS = {"settled", "current", "previous"}


def mark_conflict(form: CostSheetForm) -> None:
    """Puts what stands now beside what was typed; `form.saved` is what stands now."""
    there = {cost.pk: cells_of(line, cost) for line, cost in form.saved.costs}
    for row in form.rows:
        if row.pk in there:
            row.theirs = [(str(COLUMNS[name]), _shown(name, cell)) for name, cell in _differing(row, there[row.pk])]
        elif row.pk in form.shown:
            row.fate = GONE
    mine = {row.pk for row in form.rows}
    for pk, cells in there.items():
        if pk not in mine and pk not in form.shown:
            form.rows.append(Typed(next_place(form.rows), cells, pk=pk, fate=NEW))
    _mark_bases(form)
    form.shown = set(there)
    form.version = form.saved.proposal.version


def _mark_bases(form: CostSheetForm) -> None:
    """A 節 stands there as soon as it has costs: only one with amounts was written by somebody."""
    place = ("item", "host", "subitem") if form.saved.rules.expenditure_per == RoundingPer.SUBITEM else ("item", "host")
    mine = {_place(row.cells, place): row for row in form.bases}
    for base in map(base_of, form.saved.groups.values()):
        cells = base_cells(base)
        row = mine.get(_place(cells, place))
        if row is None:
            written = any(getattr(base, name) for name in BASES)
            form.bases.append(Typed(next_place(form.bases), cells, fate=NEW if written else ""))
        else:
            found = [(name, cell) for name, cell in _differing(row, cells) if name in AMOUNTS]
            row.theirs = [(str(BASE_COLUMNS[name]), cell or "－") for name, cell in found]


def _place(cells: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(folded(cells.get(name, "")) for name in names)


def _differing(mine: Typed, theirs: Mapping[str, str]) -> list[tuple[str, str]]:
    """The cells that say something else there."""
    return [(name, cell) for name, cell in theirs.items() if _plain(mine.cells.get(name, "")) != _plain(cell)]


def _plain(cell: str) -> str:
    """1,000 and １０００ are one amount; an eligible row is one however it is marked."""
    return folded(cell).replace(",", "").replace("on", "1")


def _shown(name: str, cell: str) -> str:
    if name == "kind":
        return str(CostKind(cell).label)
    if name == "eligible":
        return _("eligible") if cell else _("not eligible")
    return cell or "－"
