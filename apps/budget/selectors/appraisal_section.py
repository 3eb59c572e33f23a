"""査定の推移 on the page of a proposal: stages with their amounts, the picture, and the words, for who sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.budget.models import Proposal
from apps.budget.selectors.appraisal import OPEN_STAGES, hides_stage, is_disclosed, is_told, readable
from apps.budget.selectors.stage_days import notice_day
from apps.budget.selectors.stages import Item, Reached, asked_for, course_of, last_round
from apps.budget.selectors.waterfall import Waterfall, steps_of, waterfall


@dataclass(frozen=True)
class ItemRow:
    """One 節 at each stage."""

    item: Item
    cells: list[int]

    @property
    def change_k(self) -> int:
        return self.cells[-1] - self.cells[0]


@dataclass(frozen=True)
class AppraisalSection:
    """What this person reads of the appraisal; `course` is the whole way, `shown` that since the request."""

    course: list[Reached]
    shown: list[Reached]
    rows: list[ItemRow]
    picture: Waterfall | None
    is_hidden: bool
    is_early: bool
    is_late: bool
    opens_on: Any

    @property
    def words(self) -> list[Reached]:
        """The stages of the appraisal that have words."""
        return [each for each in self.course if each.entry.comment]

    @property
    def totals(self) -> list[int]:
        return [each.total_k for each in self.shown]

    @property
    def change_k(self) -> int:
        return self.totals[-1] - self.totals[0] if self.totals else 0


def appraisal_section(proposal: Proposal, *, sees: bool) -> AppraisalSection | None:
    """The section for who sees the appraisal, or does not; None while the proposal has not come anywhere."""
    every = course_of(proposal)
    open_to_reader = {entry.pk for entry in readable(proposal.stage_entries.all(), sees=sees)}
    course = [each for each in every if each.entry.pk in open_to_reader]
    if not every:
        return None
    shown = [each for each in last_round(every) if each.entry.pk in open_to_reader]
    early = proposal.stage.kind not in OPEN_STAGES and not is_told(proposal)
    late = early and is_disclosed(proposal.fiscal_year)
    return AppraisalSection(
        course=course,
        shown=shown,
        rows=_rows(proposal, shown),
        picture=waterfall(steps_of(shown)),
        is_hidden=hides_stage(proposal, sees=sees),
        is_early=early and sees,
        is_late=late,
        opens_on=notice_day(proposal.fiscal_year) if early and not late else None,
    )


def _rows(proposal: Proposal, shown: Sequence[Reached]) -> list[ItemRow]:
    items = sorted({item for each in shown for item in each.amounts or {}} | set(asked_for(proposal)))
    return [ItemRow(item, [(each.amounts or {}).get(item, 0) for each in shown]) for item in items] if shown else []
