"""The amounts of a year's proposals, line by line, as they stood at a stage or in a year before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from apps.budget.choices import AmountBasis, StageKind
from apps.budget.models import BudgetStage, Proposal, RequestLine, StageAmount, StageEntry
from apps.budget.selectors.appraisal import BEFORE_APPRAISAL
from apps.budget.selectors.stages import Item, spread, standing_amounts, with_course

COLUMNS = {
    AmountBasis.SETTLED: "settled_k",
    AmountBasis.CURRENT: "current_k",
    AmountBasis.PREVIOUS: "previous_initial_k",
}


@dataclass(frozen=True)
class HeldAmount:
    """What the portal holds of one 節 of a proposal; `host_code` names the project of another section around it."""

    proposal_id: int
    project_code: str
    project_name: str
    host_code: str
    host_name: str
    item_number: int
    item_name: str
    amount_k: int

    @property
    def code(self) -> str:
        """The code 事業コード at which the finance system knows it."""
        return self.host_code or self.project_code


def held_amounts(proposals: QuerySet[Proposal], basis: str, stage: BudgetStage | None) -> list[HeldAmount]:
    """Line by line, in at most two queries; 細節 are not added up here."""
    if basis != AmountBasis.STAGE:
        return _of_lines(proposals, COLUMNS[AmountBasis(basis)])
    proposals = proposals.exclude(stage__kind=StageKind.DROPPED)  # of what was withdrawn nothing stands
    if stage is None or stage.kind in BEFORE_APPRAISAL:
        return _of_lines(proposals, "request_k")
    entries = last_entries(proposals, stage)
    # A proposal of which no stage has kept lines stands as it was asked for.
    plain = proposals.exclude(pk__in=entries.values("proposal_id"))
    return _of_entries(entries) + _of_lines(plain, "request_k")


def last_entries(proposals: QuerySet[Proposal], stage: BudgetStage) -> QuerySet[StageEntry]:
    """The last entry of each proposal that has lines, up to a stage: a stage without lines repeats the one before."""
    rows = StageEntry.objects.filter(proposal__in=proposals.order_by().values("pk"), stage__order__lte=stage.order)
    rows = rows.filter(Exists(StageAmount.objects.filter(entry=OuterRef("pk"))))
    return rows.order_by("proposal_id", "-date", "-pk").distinct("proposal_id")


@dataclass(frozen=True)
class Appraised:
    """What stands of every line, by its key; and by the key of a proposal the 節 for which it has no line."""

    by_line: dict[int, int]
    beyond: dict[int, dict[Item, int]]


def appraised_amounts(proposals: QuerySet[Proposal]) -> Appraised:
    """What stands of these proposals, in a constant number of queries; ask who may see it first."""
    found = Appraised({}, {})
    for proposal in with_course(proposals):
        own = spread(proposal, standing_amounts(proposal))
        found.by_line.update(own.by_line)
        found.beyond[proposal.pk] = own.beyond
    return found


# A line knows its host by name, an amount of a stage by code alone.
_NAMES = {
    "project_code": "proposal__project_code",
    "project_name": "proposal__name",
    "item_number": "expense_item__item_number",
    "item_name": "expense_item__name",
}


def _of_lines(proposals: QuerySet[Proposal], column: str) -> list[HeldAmount]:
    rows = RequestLine.objects.filter(proposal__in=proposals.order_by().values("pk")).order_by("pk")
    found = rows.values_list(*_NAMES.values(), "proposal_id", "host_code", "host_name", column)
    return [_held(row[:4], row[4], (row[5], row[6]), row[7]) for row in found]


def _of_entries(entries: QuerySet[StageEntry]) -> list[HeldAmount]:
    rows = StageAmount.objects.filter(entry__in=entries.values("pk")).order_by("pk")
    names = [f"entry__{path}" if path.startswith("proposal") else path for path in _NAMES.values()]
    found = rows.values_list(*names, "entry__proposal_id", "host_code", "assessed_k")
    return [_held(row[:4], row[4], (row[5], ""), row[6]) for row in found]


def _held(words: Any, proposal: int, host: tuple[str, str], amount_k: int | None) -> HeldAmount:
    code, name, number, item = words
    return HeldAmount(proposal, code, name, *host, number, item, amount_k or 0)
