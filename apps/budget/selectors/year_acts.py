"""The acts of a whole year: what telling the result would tell, and which act comes next. In 千円."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.budget.choices import UNDER_APPRAISAL, StageKind
from apps.budget.models import BudgetStage, BudgetYear, Proposal
from apps.budget.selectors.appraisal import untold
from apps.budget.selectors.proposals import visible_to
from apps.budget.selectors.requests import in_book_order
from apps.budget.selectors.stages import Reached, appraisal_stages, asked_for, course_of, last_round, with_course
from apps.core.fiscal import FiscalYear

# What the act of telling the result takes along.
TO_TELL = (StageKind.REQUEST, *UNDER_APPRAISAL)
NOT_APPRAISED = (StageKind.REQUEST, StageKind.HEARING)
# The steps of the year after that, with the stages from which they lead.
STEPS: dict[str, tuple[str, ...]] = {
    StageKind.FIXED: (StageKind.NOTICE, StageKind.REVIVAL_APPRAISAL),
    StageKind.BILL: (StageKind.FIXED,),
    StageKind.VOTED: (StageKind.BILL,),
}


@dataclass(frozen=True)
class ToTell:
    """A request with what its unit would be told."""

    proposal: Proposal
    course: Sequence[Reached]

    @property
    def asked_k(self) -> int:
        return sum(asked_for(self.proposal).values())

    @property
    def told_k(self) -> int:
        return self.course[-1].total_k if self.course else self.asked_k

    @property
    def change_k(self) -> int:
        return self.told_k - self.asked_k

    @property
    def held(self) -> bool:
        return bool(self.course) and self.course[-1].entry.held


@dataclass(frozen=True)
class Telling:
    """All that one act would tell, and the stages of the appraisal in the city's order."""

    rows: list[ToTell]
    stages: list[BudgetStage]

    @property
    def asked_k(self) -> int:
        return sum(row.asked_k for row in self.rows)

    @property
    def told_k(self) -> int:
        return sum(row.told_k for row in self.rows)

    @property
    def change_k(self) -> int:
        return self.told_k - self.asked_k

    @property
    def unappraised(self) -> list[Proposal]:
        return [row.proposal for row in self.rows if row.proposal.stage.kind in NOT_APPRAISED]

    @property
    def held(self) -> list[Proposal]:
        return [row.proposal for row in self.rows if row.held]

    @property
    def digest(self) -> str:
        """The same for the same requests at the same stages with the same amounts, and for no others."""
        told = sorted([row.proposal.pk, row.proposal.stage_id, row.asked_k, row.told_k, row.held] for row in self.rows)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    @property
    def last_stage(self) -> BudgetStage | None:
        """The last stage of the appraisal, that of the mayor."""
        return self.stages[-1] if self.stages else None

    @property
    def before_last(self) -> int:
        """How many have not come to that stage."""
        return sum(row.proposal.stage != self.last_stage for row in self.rows)


def proposals_at(fiscal_year: FiscalYear, *kinds: str) -> QuerySet[Proposal]:
    """All proposals of a year at stages of these kinds, whoever asks: for acts about the whole year."""
    every = Proposal.objects.filter(archived_at__isnull=True, fiscal_year=fiscal_year, stage__kind__in=kinds)
    return every.select_related("stage", "requesting_unit").order_by("project_code", "pk")


def to_tell(fiscal_year: FiscalYear) -> Telling:
    """What the act of telling the result would tell now, in a constant number of queries."""
    rows = in_book_order(with_course(proposals_at(fiscal_year, *TO_TELL)))
    return Telling([ToTell(each, last_round(course_of(each))) for each in rows], appraisal_stages())


def in_the_way(fiscal_year: FiscalYear) -> QuerySet[Proposal]:
    """What has to be brought to an end before the budget bill can be fixed."""
    return proposals_at(fiscal_year, *TO_TELL, StageKind.REVIVAL)


def next_step(fiscal_year: FiscalYear) -> str | None:
    """The next act of the whole year after the result was told; None where nothing waits for one."""
    kinds = set(proposals_at(fiscal_year, *_settling()).values_list("stage__kind", flat=True))
    return next((step for step, sources in STEPS.items() if kinds & set(sources)), None)


def _settling() -> set[str]:
    return {kind for sources in STEPS.values() for kind in sources}


def late_and_untold(fiscal_year: FiscalYear, user: Any) -> int:
    """How many visible requests were handed in after the year's result was told, and wait for their own."""
    late = visible_to(user).filter(untold(), fiscal_year=fiscal_year, stage__kind__in=TO_TELL)
    return late.count() if told_on(fiscal_year) else 0


def told_on(fiscal_year: FiscalYear) -> Any:
    """The day on which the year's result was told, or None."""
    return BudgetYear.objects.filter(fiscal_year=fiscal_year).values_list("disclosed_on", flat=True).first()
