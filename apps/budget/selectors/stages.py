"""What each 節 came to at every stage, in 千円: a stage without lines repeats the one before it.

Amounts are kept for each 節, and apart where a line stands in the 事業 of another section (うちDX分).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from apps.budget.choices import StageKind
from apps.budget.models import BudgetStage, Proposal, RequestLine, StageAmount, StageEntry

# Before it is handed in the amounts of a proposal are those of its lines, which still change.
BEFORE_REQUEST = (StageKind.DRAFT, StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW)


@dataclass(frozen=True, order=True)
class Item:
    """One 節 of a proposal; `host_code` names the 事業 of another section that holds it, where one does."""

    host_code: str
    number: int
    name: str
    expense_item: int

    def __str__(self) -> str:
        host = f"（{self.host_code}）" if self.host_code else ""
        return f"{self.number} {self.name}{host}"


Amounts = Mapping[Item, int]


@dataclass(frozen=True)
class Reached:
    """A stage on its day, with what each 節 came to there; None before the request was handed in."""

    entry: StageEntry
    amounts: Amounts | None

    @property
    def total_k(self) -> int:
        return self.entry.amount_k if self.amounts is None else sum(self.amounts.values())

    @property
    def stage(self) -> BudgetStage:
        return self.entry.stage


def with_entries(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Adds the stages reached with their amounts, in a constant number of queries."""
    amounts = Prefetch("amounts", queryset=StageAmount.objects.select_related("expense_item"))
    entries = StageEntry.objects.select_related("stage", "actor").prefetch_related(amounts)
    return proposals.select_related("stage").prefetch_related(Prefetch("stage_entries", queryset=entries))


def standing_where_told(proposals: Sequence[Any]) -> dict[int, Amounts]:
    """What stands of each 節 of those whose appraisal the reader may know (`decided_k`), by the proposals' keys.

    Two further queries for any number of them; none where nothing is told.
    """
    told = [proposal for proposal in proposals if getattr(proposal, "decided_k", None) is not None]
    amounts = Prefetch("amounts", queryset=StageAmount.objects.select_related("expense_item"))
    entries = StageEntry.objects.select_related("stage").prefetch_related(amounts)
    prefetch_related_objects(told, Prefetch("stage_entries", queryset=entries))
    return {proposal.pk: standing_amounts(proposal) for proposal in told}


def with_course(proposals: QuerySet[Any]) -> QuerySet[Any]:
    """Adds all that `course_of` reads, in a constant number of queries."""
    lines = RequestLine.objects.select_related("expense_item")
    return with_entries(proposals).prefetch_related(Prefetch("request_lines", queryset=lines))


def _item(row: Any) -> Item:
    return Item(row.host_code, row.expense_item.item_number, row.expense_item.name, row.expense_item_id)


def _by_item(rows: Iterable[tuple[Any, int]]) -> dict[Item, int]:
    """Sums by 節, in the order of their numbers."""
    found: dict[Item, int] = {}
    for row, amount_k in rows:
        found[_item(row)] = found.get(_item(row), 0) + amount_k
    return dict(sorted(found.items()))


def asked_for(proposal: Proposal) -> dict[Item, int]:
    """What the lines of the proposal ask for, by 節."""
    return _by_item((line, line.request_k) for line in proposal.request_lines.all())


def course_of(proposal: Proposal) -> list[Reached]:
    """Every stage that was reached, in the order of the days."""
    asked, amounts, course = asked_for(proposal), None, []
    for entry in proposal.stage_entries.all():
        amounts = _amounts_at(entry, asked, amounts)
        course.append(Reached(entry, amounts))
    return course


def _amounts_at(entry: StageEntry, asked: Amounts, before: Amounts | None) -> Amounts | None:
    kind = entry.stage.kind
    if kind in BEFORE_REQUEST:
        return None
    named = _by_item((row, row.assessed_k) for row in entry.amounts.all())
    if kind == StageKind.REQUEST:
        return named or asked
    standing = asked if before is None else before
    if kind == StageKind.DROPPED:
        return dict.fromkeys(standing, 0)
    return {**standing, **named}


def last_round(course: list[Reached]) -> list[Reached]:
    """From the request on, after it came back for the last time; nothing while it is being written."""
    returned = [place for place, each in enumerate(course) if each.amounts is None]
    return course[returned[-1] + 1 :] if returned else course


def last_entry(proposal: Proposal) -> StageEntry | None:
    """The newest entry."""
    return next(reversed(list(proposal.stage_entries.all())), None)


def is_held(proposal: Proposal) -> bool:
    """Whether it is on hold 保留: its newest entry says so."""
    last = last_entry(proposal)
    return last is not None and last.held


def standing_amounts(proposal: Proposal) -> dict[Item, int]:
    """What stands of each 節 now: the last amounts, or else what is asked for."""
    standing = next(reversed(last_round(course_of(proposal))), None)
    return dict((standing and standing.amounts) or asked_for(proposal))


def amounts_at(proposal: Proposal, *kinds: str) -> dict[Item, int]:
    """What stood of each 節 when it came to a stage of these kinds for the last time; nothing where it never did."""
    reached = [each for each in last_round(course_of(proposal)) if each.stage.kind in kinds]
    return dict((reached and reached[-1].amounts) or {})


@dataclass(frozen=True)
class Spread:
    """Amounts by 節 laid on the lines of a proposal, by their keys; and the 節 for which it has no line.

    Such a 節 comes from a file of the finance system.
    """

    by_line: dict[int, int]
    beyond: dict[Item, int]

    @property
    def total_k(self) -> int:
        return sum(self.by_line.values()) + sum(self.beyond.values())


def spread(proposal: Proposal, amounts: Amounts) -> Spread:
    """A 節 is appraised as one: each of its lines is given what it asked for while it lasts, the first what is more."""
    rest, first, by_line = dict(amounts), dict[Item, int](), dict[int, int]()
    for line in proposal.request_lines.all():
        item = _item(line)
        by_line[line.pk] = min(line.request_k, rest.get(item, 0))
        rest[item] = rest.get(item, 0) - by_line[line.pk]
        first.setdefault(item, line.pk)
    for item, key in first.items():
        by_line[key] += rest.pop(item)
    return Spread(by_line, {item: amount_k for item, amount_k in rest.items() if amount_k})


def given_by_line(proposal: Proposal) -> dict[int, int]:
    """What stands of each line now, by its key."""
    return spread(proposal, standing_amounts(proposal)).by_line


def stage_of(kind: str) -> BudgetStage | None:
    """The city's stage that means this; the first of several."""
    return BudgetStage.objects.filter(kind=kind).order_by("order").first()


def appraisal_stages() -> list[BudgetStage]:
    """The stages of the appraisal in the city's order; the last one is that of the mayor."""
    return list(BudgetStage.objects.filter(kind=StageKind.APPRAISAL).order_by("order"))


def next_appraisal(proposal: Proposal, stages: Sequence[BudgetStage]) -> BudgetStage | None:
    """Which of the stages of the appraisal comes next; None after the last one."""
    if proposal.stage.kind != StageKind.APPRAISAL:
        return next(iter(stages), None)
    return next((stage for stage in stages if stage.order > proposal.stage.order), None)
