"""What a move of dates would do: which others move behind, which milestones go along, and what does not fit then."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from apps.core.fiscal import FiscalYear
from apps.core.workdays import after_workdays
from apps.roadmap.choices import InitiativeStatus, MilestoneState
from apps.roadmap.models import Initiative, Milestone
from apps.roadmap.selectors.plan import Plan, whole_plan
from apps.roadmap.selectors.slips import Slip, slip
from apps.roadmap.selectors.timing import CLOSED_INITIATIVE
from apps.roadmap.services.propagation import (
    Item,
    Link,
    Propagation,
    Span,
    conflicts_of,
    moved_behind,
    propagate,
)

STARTED = (InitiativeStatus.STARTED, InitiativeStatus.UNDERWAY)


@dataclass(frozen=True)
class MovedMilestone:
    """A planned milestone and the quarter to which it goes."""

    milestone: Milestone
    fiscal_year: FiscalYear
    quarter: int


@dataclass(frozen=True)
class Line:
    """One initiative that moves; `behind` is what it moves behind, None for the one that a person moves."""

    initiative: Initiative
    old: Span
    new: Span
    behind: Initiative | None
    milestones: list[MovedMilestone] = field(default_factory=list)

    @property
    def start_slip(self) -> Slip | None:
        return slip(self.old.starts_on, self.new.starts_on)

    @property
    def end_slip(self) -> Slip | None:
        return slip(self.old.ends_on, self.new.ends_on)


@dataclass(frozen=True)
class Misfit:
    """A dependency that does not fit after the move, with the days as they are then."""

    initiative: Initiative
    needs: Initiative
    starts_on: date | None
    ends_on: date | None
    arises: bool
    why: str


@dataclass(frozen=True)
class Rescheduling:
    """All that one move does."""

    lines: list[Line]
    misfits: list[Misfit]
    mended: list[tuple[Initiative, Initiative]]
    stopped: list[tuple[Initiative, str]]

    @cached_property
    def digest(self) -> str:
        """The same for the same preview, and for no other one."""
        told = [
            [_told(line) for line in self.lines],
            [[each.milestone.pk, int(each.fiscal_year), each.quarter] for each in self._milestones()],
            [[each.initiative.pk, each.needs.pk, each.arises, each.why] for each in self.misfits],
            [[initiative.pk, why] for initiative, why in self.stopped],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _milestones(self) -> Iterable[MovedMilestone]:
        return (each for line in self.lines for each in line.milestones)


def plan_rescheduling(*, initiative: Initiative, starts_on: date, ends_on: date, carry: bool = True) -> Rescheduling:
    """What the new dates would do. Reads only, in a constant number of queries."""
    plan = whole_plan()
    items = {key: _item(each) for key, each in plan.initiatives.items()}
    changed = {initiative.pk: Span(starts_on, ends_on)}
    result = propagate(items, plan.links, changed) if carry else _alone(items, plan.links, changed)
    lines = _lines(plan, {**changed, **result.spans}, result)
    before, touched = conflicts_of(items, plan.links), {*changed, *result.spans}
    return Rescheduling(
        lines=lines,
        misfits=[
            _misfit(plan, link, {**changed, **result.spans}, link not in before, carry=carry)
            for link in result.conflicts
            if touched & {*link}
        ],
        mended=[
            (plan.initiatives[key], plan.initiatives[needed])
            for key, needed in before
            if (key, needed) not in result.conflicts
        ],
        stopped=[(plan.initiatives[key], _why_it_stays(plan.initiatives[key])) for key in result.stopped],
    )


def after_what_it_needs(initiative: Initiative) -> Span | None:
    """The dates with which it would begin after all that it needs has ended; None where it does so already."""
    needed = initiative.depends_on.filter(archived_at__isnull=True, ends_on__isnull=False)
    ends = needed.exclude(status__in=CLOSED_INITIATIVE).values_list("ends_on", flat=True)
    latest = max((end for end in ends if end), default=None)
    if latest is None or initiative.starts_on is None or initiative.starts_on > latest:
        return None
    if initiative.ends_on is None:
        return Span(after_workdays(latest, 1), None)
    return moved_behind(Span(initiative.starts_on, initiative.ends_on), latest)


def _told(line: Line) -> list[str]:
    days = (line.old.starts_on, line.old.ends_on, line.new.starts_on, line.new.ends_on)
    return [str(line.initiative.pk), *map(str, days), str(line.behind.pk if line.behind else "")]


def _item(initiative: Initiative) -> Item:
    span = Span(initiative.starts_on, initiative.ends_on)
    return Item(span, pinned=initiative.status in STARTED, closed=initiative.status in CLOSED_INITIATIVE)


def _alone(items: dict[int, Item], links: list[Link], changed: dict[int, Span]) -> Propagation:
    """Nothing moves along; what does not fit then is told."""
    return Propagation(conflicts=conflicts_of({**items, **{key: Item(span) for key, span in changed.items()}}, links))


def _lines(plan: Plan, spans: dict[int, Span], result: Propagation) -> list[Line]:
    """The one that a person moves first, then the others as they were reached."""
    milestones: dict[int, list[Milestone]] = {}
    for each in Milestone.objects.filter(initiative__in=spans, state=MilestoneState.PLANNED):
        milestones.setdefault(each.initiative_id, []).append(each)
    lines = []
    for key, new in spans.items():
        initiative = plan.initiatives[key]
        old = Span(initiative.starts_on, initiative.ends_on)
        behind = plan.initiatives[result.behind[key]] if key in result.behind else None
        quarters = _quarter(new.ends_on) - _quarter(old.ends_on) if old.ends_on and new.ends_on else 0
        moved = [_moved(each, quarters) for each in milestones.get(key, [])] if quarters else []
        lines.append(Line(initiative, old, new, behind, moved))
    return lines


def _quarter(day: date) -> int:
    """The quarter of the fiscal year in which a day lies, counted through the years."""
    return int(FiscalYear.of(day)) * 4 + (day.month - 4) % 12 // 3


def _moved(milestone: Milestone, quarters: int) -> MovedMilestone:
    at = int(milestone.fiscal_year) * 4 + milestone.quarter - 1 + quarters
    return MovedMilestone(milestone, FiscalYear(at // 4), at % 4 + 1)


def _misfit(plan: Plan, link: Link, spans: dict[int, Span], arises: bool, *, carry: bool) -> Misfit:
    initiative, needs = plan.initiatives[link[0]], plan.initiatives[link[1]]
    starts_on = spans[link[0]].starts_on if link[0] in spans else initiative.starts_on
    ends_on = spans[link[1]].ends_on if link[1] in spans else needs.ends_on
    why = _why_it_stays(initiative) if carry and link[0] not in spans else ""
    return Misfit(initiative, needs, starts_on, ends_on, arises, why)


def _why_it_stays(initiative: Initiative) -> str:
    if initiative.status in STARTED:
        return _("It has begun, so nothing moves it by itself.")
    if initiative.starts_on is None or initiative.ends_on is None:
        return _("Its dates are not set.")
    return ""
