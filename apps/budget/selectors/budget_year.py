"""The appraisal of a year as a table: all proposals × stages. In 千円."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apps.budget.choices import UNDER_APPRAISAL, StageKind
from apps.budget.models import BudgetStage, Proposal
from apps.budget.selectors.appraisal import told_to
from apps.budget.selectors.proposals import visible_to
from apps.budget.selectors.requests import in_book_order
from apps.budget.selectors.stages import Reached, course_of, last_round, with_course
from apps.core.fiscal import FiscalYear

# The stages at which the finance section or the head of headquarters speaks.
APPRAISING = (*UNDER_APPRAISAL, StageKind.REVIVAL_APPRAISAL)


@dataclass(frozen=True)
class Row:
    """One proposal: what it came to at each stage of the year, as far as it has come, and what it was carried on as."""

    proposal: Proposal
    course: Sequence[Reached]
    cells: list[int | None]
    carried: list[int]
    held: bool

    @property
    def asked_k(self) -> int:
        return self.course[0].total_k if self.course else 0

    @property
    def last_k(self) -> int:
        return self.course[-1].total_k if self.course else 0

    @property
    def change_k(self) -> int:
        return self.last_k - self.asked_k

    @property
    def words(self) -> str:
        """Why it is on hold, while it is; else the newest words of the appraisal: neither of a hold that has ended nor
        of the unit.
        """
        if self.held:
            return self.course[-1].entry.comment
        return next((each.entry.comment for each in reversed(self._appraisals()) if each.entry.comment), "")

    def _appraisals(self) -> list[Reached]:
        """Without holds and what took them back, which follows them at once."""
        pairs = zip(self.course, [None, *self.course], strict=False)
        return [
            each
            for each, before in pairs
            if each.stage.kind in APPRAISING and not (each.entry.held or (before and before.entry.held))
        ]


@dataclass(frozen=True)
class YearCourse:
    """The table of a year: its stages from the request on, the rows, and their sums."""

    stages: list[BudgetStage]
    rows: list[Row]

    @property
    def totals(self) -> list[int]:
        return [sum(row.carried[place] for row in self.rows) for place in range(len(self.stages))]

    @property
    def columns(self) -> list[BudgetStage]:
        """The stages that the table shows."""
        return [self.stages[place] for place in self._shown]

    @property
    def lines(self) -> list[tuple[Row, list[int | None]]]:
        """The rows with their amounts in these columns."""
        return [(row, [row.cells[place] for place in self._shown]) for row in self.rows]

    @property
    def sums(self) -> list[int]:
        totals = self.totals
        return [totals[place] for place in self._shown]

    @cached_property
    def _shown(self) -> list[int]:
        """The first stage, the last one, and those between at which an amount moved: others repeat the one before."""
        last = len(self.stages) - 1
        moved = (any(row.carried[place] != row.carried[place - 1] for row in self.rows) for place in range(1, last))
        return sorted({0, last, *(place for place, has in enumerate(moved, start=1) if has)}) if self.stages else []

    @property
    def asked_k(self) -> int:
        return sum(row.asked_k for row in self.rows)

    @property
    def last_k(self) -> int:
        return sum(row.last_k for row in self.rows)

    @property
    def change_k(self) -> int:
        return self.last_k - self.asked_k


def year_course(fiscal_year: FiscalYear, user: Any) -> YearCourse:
    """The proposals of the year that were handed in and of whose appraisal `user` may read."""
    seen = told_to(user, visible_to(user).filter(fiscal_year=fiscal_year))
    asked = with_course(seen.select_related("requesting_unit"))
    courses = [(each, last_round(course_of(each))) for each in in_book_order(asked)]
    handed_in = [(each, course) for each, course in courses if course]
    stages = _stages_reached([course for _each, course in handed_in])
    return YearCourse(stages, [_row(each, course, stages) for each, course in handed_in])


def _stages_reached(courses: Sequence[Sequence[Reached]]) -> list[BudgetStage]:
    """Every stage that any of them has reached, in the city's order; that one was withdrawn is no stage."""
    every = {each.stage.pk: each.stage for course in courses for each in course}
    return sorted((each for each in every.values() if each.kind != StageKind.DROPPED), key=lambda each: each.order)


def _row(proposal: Proposal, course: Sequence[Reached], stages: Sequence[BudgetStage]) -> Row:
    own = {each.stage.pk: each.total_k for each in course}
    return Row(
        proposal,
        course,
        cells=[own.get(stage.pk) for stage in stages],
        carried=[_carried(course, stage) for stage in stages],
        held=course[-1].entry.held,
    )


def _carried(course: Sequence[Reached], stage: BudgetStage) -> int:
    """What stood at a stage: the last amount up to it; nothing of what was withdrawn before it came there."""
    passed = [each for each in course if each.stage.order <= stage.order]
    last = passed[-1] if passed else course[0]
    dropped = course[-1].stage.kind == StageKind.DROPPED and stage.order > max(each.stage.order for each in course[:-1])
    return 0 if dropped else last.total_k
