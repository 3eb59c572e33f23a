"""What a file of the finance system would do: every row of it is accounted for before anybody says yes."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import AmountBasis
from apps.budget.models import ExpenseItem, FinanceImport, Proposal, RequestLine
from apps.budget.selectors.finance import APPRAISING, ItemsOfYear
from apps.budget.selectors.stages import with_course
from apps.budget.services.finance_import.appraising import EntryPlan, plan_entries
from apps.budget.services.finance_import.reading import AmountRow, Question, Reading

# The column of a request line that a basis fills.
FIELDS = {
    AmountBasis.SETTLED: "settled_k",
    AmountBasis.CURRENT: "current_k",
    AmountBasis.PREVIOUS: "previous_initial_k",
}


class RowState(TextChoices):
    """What becomes of one row of the file."""

    TAKEN = "taken", _("Taken over")
    ZERO = "zero", _("Amount is zero")
    UNKNOWN_CODE = "unknown_code", _("No proposal of the year has this code")
    UNKNOWN_ITEM = "unknown_item", _("No expense item of that year has this number")


@dataclass(frozen=True)
class PlacedRow:
    """A row of the file with what becomes of it."""

    row: AmountRow
    state: RowState
    proposal: Proposal | None = None


@dataclass(frozen=True)
class LineChange:
    """A request line whose amount for comparison changes; without `line`, one that is made, asking for nothing."""

    proposal: Proposal
    item: ExpenseItem
    line: RequestLine | None
    old_k: int | None
    new_k: int


@dataclass
class Plan:
    """What a file would do. What it does not name stays as it is."""

    question: Question
    reading: Reading
    rows: list[PlacedRow] = field(default_factory=list)
    changes: list[LineChange] = field(default_factory=list)
    entries: list[EntryPlan] = field(default_factory=list)
    absent: list[Proposal] = field(default_factory=list)
    taken_before: FinanceImport | None = None

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """How many rows of the file became what; together they are all its rows."""
        found = Counter(each.state for each in self.rows)
        return [(state.label, found[state]) for state in RowState]

    @property
    def left_over(self) -> list[PlacedRow]:
        """The rows that reach no proposal."""
        return [each for each in self.rows if each.state in (RowState.UNKNOWN_CODE, RowState.UNKNOWN_ITEM)]

    @property
    def total_k(self) -> int:
        return sum(each.row.amount_k for each in self.rows)

    @property
    def new_entries(self) -> list[EntryPlan]:
        """The appraisals that would be written."""
        return [each for each in self.entries if each.is_written]

    @property
    def refused(self) -> list[EntryPlan]:
        """The appraisals that would not be written, each with its reason."""
        return [each for each in self.entries if each.refusal]

    @property
    def mark(self) -> str:
        """Stands for exactly what is shown; the confirmation brings it back."""
        parts = [repr(self.question.zero_absent)]
        parts += [repr((each.row.code, each.row.number, each.row.amount_k, each.state)) for each in self.rows]
        parts += [
            repr((change.proposal.pk, change.item.pk, change.line and change.line.pk, change.old_k, change.new_k))
            for change in self.changes
        ]
        parts += [repr((each.proposal.pk, each.refusal, each.amounts, each.comment)) for each in self.entries]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make_plan(question: Question, reading: Reading) -> Plan:
    """What the file would change; a constant number of queries for any number of rows."""
    plan = Plan(question, reading)
    proposals = _proposals_of(question)
    for row in reading.rows:
        proposal = proposals.get(row.code)
        plan.rows.append(PlacedRow(row, _state(row, proposal), proposal))
    named = {row.code for row in reading.rows}
    plan.absent = [proposal for code, proposal in proposals.items() if code not in named]
    amounts = _amounts_by_proposal(plan.rows, ItemsOfYear.of(question.year))
    if question.basis != AmountBasis.STAGE:
        column = FIELDS[AmountBasis(question.basis)]
        for proposal, wanted in amounts:
            plan.changes += _line_changes(proposal, wanted, column, zero_absent=question.zero_absent)
    elif question.stage and question.stage.kind in APPRAISING:
        comments = {(each.row.code, each.row.number): each.row.comment for each in plan.rows}
        plan.entries = plan_entries(question.stage, amounts, comments, zero_absent=question.zero_absent)
    return plan


def _proposals_of(question: Question) -> dict[str, Proposal]:
    found = Proposal.objects.filter(fiscal_year=question.year, archived_at__isnull=True).exclude(project_code="")
    return {each.project_code: each for each in with_course(found.select_related("requesting_unit"))}


def _state(row: AmountRow, proposal: Proposal | None) -> RowState:
    if proposal is None:
        return RowState.UNKNOWN_CODE
    if row.item is None:
        return RowState.UNKNOWN_ITEM
    return RowState.TAKEN if row.amount_k else RowState.ZERO


def _amounts_by_proposal(
    rows: Iterable[PlacedRow], present: ItemsOfYear
) -> list[tuple[Proposal, dict[ExpenseItem, int]]]:
    """The amounts of each proposal by the expense item of today's list; one that is gone (賃金) stays itself."""
    found: dict[int, dict[ExpenseItem, int]] = defaultdict(dict)
    proposals = {}
    for each in rows:
        if each.proposal is None:
            continue
        proposals[each.proposal.pk] = each.proposal
        wanted = found[each.proposal.pk]
        if each.row.item is not None:
            item = present.by_name.get(each.row.item.name, each.row.item)
            wanted[item] = wanted.get(item, 0) + each.row.amount_k
    return [(proposals[pk], wanted) for pk, wanted in found.items()]


def _line_changes(
    proposal: Proposal, wanted: dict[ExpenseItem, int], column: str, *, zero_absent: bool
) -> list[LineChange]:
    """The lines of a proposal whose code the file names: what it does not name of them stays, or is zero.

    Lines inside the project of another section are left alone: the file knows that project as a whole.
    """
    lines: dict[str, list[RequestLine]] = defaultdict(list)
    for line in proposal.request_lines.all():
        if not line.host_code:
            lines[line.expense_item.name].append(line)
    by_name = {item.name: (item, amount_k) for item, amount_k in wanted.items()}
    changes = []
    for name, own in lines.items():
        if name in by_name or zero_absent:
            _item, amount_k = by_name.pop(name, (own[0].expense_item, 0))
            changes += _shared(proposal, own, column, amount_k)
    changes += [LineChange(proposal, item, None, None, amount_k) for item, amount_k in by_name.values() if amount_k]
    return changes


def _shared(proposal: Proposal, lines: Sequence[RequestLine], column: str, amount_k: int) -> list[LineChange]:
    """The amount of a 節 on its lines: where there are several (細節), what is known of the others stays."""
    old = [getattr(line, column) for line in lines]
    others = sum(value or 0 for value in old[1:])
    new = [amount_k - others, *(value or 0 for value in old[1:])]
    if new[0] < 0:
        new = [amount_k] + [0] * (len(lines) - 1)
    return [
        LineChange(proposal, line.expense_item, line, before, after)
        for line, before, after in zip(lines, old, new, strict=True)
        if before != after
    ]
