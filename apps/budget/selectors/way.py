"""Where a proposal stands on its way through the stages of the year."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from apps.budget.choices import UNDER_APPRAISAL, StageKind
from apps.budget.models import BudgetStage, Proposal, StageEntry
from apps.budget.selectors.appraisal import hides_stage, readable, under_appraisal
from apps.budget.selectors.stage_days import planned_days

# What comes after the result, or beside the way, stands there only for a proposal that has come there.
LATER = (
    StageKind.REVIVAL,
    StageKind.REVIVAL_APPRAISAL,
    StageKind.FIXED,
    StageKind.BILL,
    StageKind.VOTED,
    StageKind.DROPPED,
)


@dataclass(frozen=True)
class Step:
    """A stage on the way: the day it was reached, or while it is still to come the day that the calendar has for it."""

    label: str
    day: date | None = None
    planned: date | None = None
    is_done: bool = False
    is_here: bool = False


def way_of(proposal: Proposal, *, sees: bool) -> list[Step]:
    """The stages in their order; nothing for what was dropped.

    While its stage is not told to the reader (`sees` the appraisal) the stages of the appraisal are one step.
    """
    if proposal.stage.kind == StageKind.DROPPED:
        return []
    days, stages = _days(proposal, sees=sees), list(BudgetStage.objects.order_by("order"))
    planned = planned_days(proposal.fiscal_year, stages)
    if hides_stage(proposal, sees=sees):
        return _hidden_way(stages, days, planned)
    here = proposal.stage
    return [
        _step(stage, days.get(stage.pk), planned, here=here)
        for stage in stages
        if stage.kind not in LATER or stage.pk in days or stage.pk == here.pk
    ]


def _step(stage: BudgetStage, day: date | None, planned: dict[int, date], *, here: BudgetStage) -> Step:
    """What lies ahead has no day of its own any more: it was reached before the proposal was returned."""
    if stage.order > here.order:
        return Step(stage.name, planned=planned.get(stage.pk))
    return Step(stage.name, day, is_done=day is not None and stage.pk != here.pk, is_here=stage.pk == here.pk)


def _hidden_way(stages: list[BudgetStage], days: dict[int, date], planned: dict[int, date]) -> list[Step]:
    shown = [stage for stage in stages if stage.kind and stage.kind not in LATER]
    steps: list[Step] = []
    for stage in shown:
        if stage.kind not in UNDER_APPRAISAL:
            day = days.get(stage.pk)
            due = planned.get(stage.pk) if stage.kind == StageKind.NOTICE else None
            steps.append(Step(stage.name, day, None if day else due, is_done=day is not None))
        elif not any(step.is_here for step in steps):
            steps.append(Step(under_appraisal(), is_here=True))
    return steps


def return_of(proposal: Proposal) -> StageEntry | None:
    """The entry by which the proposal came back 差戻し and is a draft again, with its reason; None where it did not."""
    entries = list(proposal.stage_entries.all())
    if proposal.stage.kind != StageKind.DRAFT or not entries or entries[-1].stage_id != proposal.stage_id:
        return None
    return entries[-1] if any(entry.stage_id != proposal.stage_id for entry in entries) else None


def _days(proposal: Proposal, *, sees: bool) -> dict[int, date]:
    """The day on which each stage was last reached, as far as the reader may know of it.

    A further entry at the same stage, such as a hold and its end, reaches nothing.
    """
    entries = readable(proposal.stage_entries.all(), sees=sees)
    runs = (next(run) for _stage, run in groupby(entries, key=lambda entry: entry.stage_id))
    return {entry.stage_id: entry.date for entry in runs}
