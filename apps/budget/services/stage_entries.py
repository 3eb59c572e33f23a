"""How a proposal comes to a stage: one locked row, one entry that is kept, the amounts of each 節 where they are given.

Entries are append-only, so that every amount of the way stays as it was said on its day (査定の経過).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from apps.budget.models import BudgetStage, Proposal, StageAmount, StageEntry
from apps.budget.selectors.stages import Item, asked_for, stage_of, standing_amounts
from apps.budget.services.proposal_flow import PROPOSAL_FLOW, STAYS
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act
from apps.core.registry import Event
from apps.core.services import save_version
from apps.core.transitions import Transition, Unmet


@dataclass(frozen=True)
class Said:
    """What is said, having seen which version of the proposal (None: the present one); and whether it is held."""

    version: int | None = None
    words: str = ""
    held: bool = False


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it stands now; whoever else moves it waits until this transaction ends.

    Without joins: who has waited would find no row where the stage that was joined is no longer its stage.
    """
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def lock_year(fiscal_year: FiscalYear) -> None:
    """All proposals of a year, whatever their stage: one that is moved at this moment is not passed over.

    A condition on the stage would lose the row of who has waited, as above.
    """
    rows = Proposal.objects.select_for_update().filter(fiscal_year=fiscal_year)
    list(rows.order_by("pk").values_list("pk"))


def stage_for(row: Transition, proposal: Proposal) -> BudgetStage:
    """The city's stage to which the verb leads. Raises Unmet where its list has none of that kind."""
    return proposal.stage if row.target == STAYS else stage_of_kind(row.target)


def stage_of_kind(kind: str) -> BudgetStage:
    """The city's stage of this kind. Raises Unmet where its list has none."""
    stage = stage_of(kind)
    if stage is None:
        raise Unmet(_("The list of stages has none for this: an administrator enters it."))
    return stage


def move(*, verb: str, event: Event, proposal: Proposal, said: Said, by: Any) -> Proposal:
    """One move of the flow without new amounts; the words stand in the entry alone, not in the history."""
    with act(event, by=by):
        now = locked(proposal)
        row = PROPOSAL_FLOW.check(verb, now, by=by, data={"words": said.words})
        reach(proposal, now, stage_for(row, now), said, by=by)
    return proposal


def reach(
    proposal: Proposal,
    now: Proposal,
    stage: BudgetStage,
    said: Said,
    *,
    by: Any,
    amounts: Mapping[Item, int] | None = None,
    total_k: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> StageEntry:
    """Writes the stage and its entry within an act; without `amounts` those of the stage before are repeated."""
    if total_k is None:
        total_k = sum((standing_amounts(now) if amounts is None else amounts).values())
    version = now.version if said.version is None else said.version
    save_version(proposal, version=version, changes={"stage": stage, **(more or {})})
    entry = StageEntry.objects.create(
        proposal=proposal,
        stage=stage,
        date=clock.today(),
        actor=by,
        amount_k=total_k,
        held=said.held,
        comment=said.words,
    )
    if amounts is not None:
        StageAmount.objects.bulk_create(_rows_of(entry, amounts, asked_for(now)))
    return entry


@dataclass(frozen=True)
class Entered:
    """What one of many proposals comes to; without `amounts` those of the stage before are repeated."""

    proposal: Proposal
    amount_k: int
    amounts: Mapping[Item, int] | None = None
    words: str = ""


def reach_all(entered: Sequence[Entered], stage: BudgetStage, *, by: Any) -> None:
    """The same for many locked proposals that come `with_course`; queries do not grow with their number."""
    entries = StageEntry.objects.bulk_create(
        StageEntry(
            proposal=each.proposal,
            stage=stage,
            date=clock.today(),
            actor=by,
            amount_k=each.amount_k,
            comment=each.words,
        )
        for each in entered
    )
    StageAmount.objects.bulk_create(
        amount
        for entry, each in zip(entries, entered, strict=True)
        if each.amounts is not None
        for amount in _rows_of(entry, each.amounts, asked_for(each.proposal))
    )
    moved = Proposal.objects.filter(pk__in=[each.proposal.pk for each in entered])
    moved.update(stage=stage, version=F("version") + 1, updated_at=clock.now())


def _rows_of(entry: StageEntry, amounts: Mapping[Item, int], asked: Mapping[Item, int]) -> Iterator[StageAmount]:
    """What was asked and what is given of each 節."""
    for item, amount_k in amounts.items():
        yield StageAmount(
            entry=entry,
            expense_item_id=item.expense_item,
            host_code=item.host_code,
            request_k=asked.get(item, 0),
            assessed_k=amount_k,
        )
