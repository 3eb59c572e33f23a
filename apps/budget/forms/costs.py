"""The cost sheet as it is typed: rows of plain cells, in the order of the page, each with what is wrong beside it.

No Django form: two hundred rows of a dozen cells are read and shown again as they were typed.
"""

from typing import Any

from django.utils.translation import gettext as _

from apps.budget.choices import CostKind
from apps.budget.forms.cost_beside import read_bases, read_hosts
from apps.budget.forms.cost_inputs import Inputs
from apps.budget.forms.cost_rows import (
    BASE_COLUMNS,
    HOST_COLUMNS,
    HOST_TEXTS,
    Typed,
    cells_sent,
    next_place,
    number_sent,
    places_sent,
    with_inputs,
)
from apps.budget.forms.cost_saved import base_cells, cells_of, host_cells
from apps.budget.selectors.costs import Key, SavedSheet, key_of
from apps.budget.services.cost_cells import COLUMNS, CostRow, Items, ReadRow, is_empty, read_row
from apps.budget.services.cost_paste import read_paste
from apps.budget.services.costs import MOST_LINES, base_of
from apps.core import money

SPARE_ROWS = 3
MORE_ROWS = 10
# The place that the page's pattern of a new row has; a script puts the next one instead.
PATTERN = 999_999


class CostSheetForm:
    """What the page shows and what it says when it is sent: `rows`, `bases`, `hosts`, `version`."""

    def __init__(self, data: Any = None, *, saved: SavedSheet) -> None:
        self.data, self.saved = data, saved
        self.items = Items(saved.proposal.fiscal_year)
        self.non_field_errors: list[str] = []
        self.pasted = ""
        self.paste_errors: list[str] = []
        self.conflict: dict[str, Any] | None = None
        if data is None:
            self._show_saved()
        else:
            self._take(data)
        self._compute()

    # What stands

    def _show_saved(self) -> None:
        self.version = self.saved.proposal.version
        self.shown = {cost.pk for _line, cost in self.saved.costs}
        self.rows = [Typed(n, cells_of(line, cost), pk=cost.pk) for n, (line, cost) in enumerate(self.saved.costs)]
        self.bases = [Typed(n, base_cells(base)) for n, base in enumerate(map(base_of, self.saved.groups.values()))]
        places = {line.host_code: line for line in self.saved.lines if line.host_code}
        self.hosts = [Typed(n, host_cells(line)) for n, line in enumerate(places.values())]
        self.add_rows(SPARE_ROWS)
        self.bases.append(Typed(next_place(self.bases), {}))
        self.hosts.append(Typed(next_place(self.hosts), {}))

    @property
    def tables(self) -> dict[str, Any]:
        """The rows with their controls, and of the tables that grow the row that a script adds."""
        sheet, bases, hosts = Inputs("r", COLUMNS), Inputs("b", BASE_COLUMNS), Inputs("h", HOST_TEXTS)
        return {
            "sheet": with_inputs(sheet, self.rows),
            "bases": with_inputs(bases, self.bases),
            "hosts": with_inputs(hosts, self.hosts),
            "pattern": with_inputs(sheet, [Typed(PATTERN, {"kind": CostKind.INITIAL.value})])[0],
            "base_pattern": with_inputs(bases, [Typed(PATTERN, {})])[0],
        }

    @property
    def shown_keys(self) -> str:
        """The cost lines that stood there when the page was made."""
        return ",".join(str(pk) for pk in sorted(self.shown))

    def add_rows(self, count: int) -> None:
        for _number in range(count):
            self.rows.append(Typed(next_place(self.rows), {"kind": CostKind.INITIAL.value}))

    # What was sent

    def _take(self, data: Any) -> None:
        self.version = number_sent(data.get("version")) or 0
        self.shown = {pk for each in data.get("shown", "").split(",") if (pk := number_sent(each)) is not None}
        self.pasted = data.get("paste", "")
        self.rows = [
            Typed(n, cells_sent(data, f"{n}-", COLUMNS), pk=number_sent(data.get(f"{n}-pk")))
            for n in places_sent(data.getlist("row"))
        ]
        self._take_theirs(set(data.getlist("theirs")))
        self.bases = [Typed(n, cells_sent(data, f"b{n}-", BASE_COLUMNS)) for n in places_sent(data.getlist("base"))]
        self.hosts = [Typed(n, cells_sent(data, f"h{n}-", HOST_COLUMNS)) for n in places_sent(data.getlist("host"))]

    def _take_theirs(self, places: set[str]) -> None:
        """Rows for which one has chosen what somebody else has saved."""
        there = {cost.pk: cells_of(line, cost) for line, cost in self.saved.costs}
        for row in self.rows:
            if str(row.n) in places and row.pk in there:
                row.cells = there[row.pk]
        gone = {row.n for row in self.rows if str(row.n) in places and row.pk and row.pk not in there}
        self.rows = [row for row in self.rows if row.n not in gone]

    def take_paste(self) -> None:
        """The rows of the text field, below those that are there; nothing where one of its cells cannot be read."""
        pasted = read_paste(self.pasted, self.items)
        self.paste_errors = [
            _("Line %(line)s, %(column)s: %(words)s") % {"line": line, "column": column, "words": words}
            if column
            else words
            for line, column, words in pasted.errors
        ]
        if not self.paste_errors:
            self.rows = [row for row in self.rows if not is_empty(row.cells)]
            for cells, row in zip(pasted.cells, pasted.rows, strict=True):
                meant = {"item": str(row.expense_item), "kind": row.cost.kind, "eligible": "1" * row.cost.eligible}
                self.rows.append(Typed(next_place(self.rows), {name: cells.get(name, "") for name in COLUMNS} | meant))
            self.pasted = ""
            self._compute()

    def is_valid(self) -> bool:
        for row in self.rows:
            row.errors = {} if row.read or is_empty(row.cells) else self._read(row).errors
        self.read_bases, self.read_hosts = read_bases(self.bases, self.items), read_hosts(self.hosts)
        if len([row for row in self.rows if row.read]) > MOST_LINES:
            self.non_field_errors.append(_("At most %(most)s cost lines a proposal.") % {"most": MOST_LINES})
        return not self.errors

    def add_error(self, _name: str | None, words: str) -> None:
        self.non_field_errors.append(words)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Everything that is wrong: the id of the cell (empty for the whole sheet), and the words."""
        found = [("", words) for words in self.non_field_errors]
        tables = (("r", self.rows, COLUMNS), ("b", self.bases, BASE_COLUMNS), ("h", self.hosts, HOST_COLUMNS))
        for letter, rows, columns in tables:
            for place, row in enumerate(rows, start=1):
                for name, words in row.errors.items():
                    label = _("Row %(row)s, %(column)s: %(words)s")
                    values = {"row": place, "column": columns[name], "words": words}
                    found.append((f"{letter}{row.n}-{name}", label % values))
        return found

    def values(self) -> dict[str, Any]:
        """What the service is given; call it when the form is valid."""
        return {
            "rows": [row.read for row in self.rows if row.read],
            "bases": self.read_bases,
            "hosts": self.read_hosts,
            "version": self.version,
        }

    # Reading

    def _read(self, row: Typed) -> ReadRow:
        return read_row(row.cells, self.items, pk=row.pk)

    def key(self, row: CostRow) -> Key:
        return key_of(
            self.saved.rules,
            host_code=row.host_code,
            expense_item_id=row.expense_item.pk,
            subitem=row.cost.subitem,
        )

    def _compute(self) -> None:
        """Amounts beside what can be read, and the sum of each group on its first row."""
        sums: dict[Key, int] = {}
        first: dict[Key, Typed] = {}
        for row in self.rows:
            row.read, row.group_k = (None if is_empty(row.cells) else self._read(row).row), None
            row.amount_yen = row.read.cost.amount_yen if row.read else None
            if row.read and row.amount_yen is not None:
                key = self.key(row.read)
                sums[key] = sums.get(key, 0) + row.amount_yen
                first.setdefault(key, row)
        for key, row in first.items():
            row.group_k = money.expenditure_k(sums[key], mode=self.saved.rules.expenditure_rounding)

    @property
    def totals(self) -> dict[str, int]:
        """The sums at the foot of the sheet, of the rows that can be read."""
        costs = [(row.read.cost, row.amount_yen or 0) for row in self.rows if row.read]
        return {
            "initial_yen": sum(amount for cost, amount in costs if cost.kind == CostKind.INITIAL),
            "running_yen": sum(amount for cost, amount in costs if cost.kind == CostKind.RUNNING),
            "eligible_yen": sum(amount for cost, amount in costs if cost.eligible),
            "total_yen": sum(amount for _cost, amount in costs),
            "total_k": sum(row.group_k or 0 for row in self.rows),
        }
