"""What the roadmap picture shows: every initiative with all that its row says, in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from apps.core import clock
from apps.roadmap.choices import Horizon, MilestoneState
from apps.roadmap.models import (
    Baseline,
    BaselineInitiative,
    Initiative,
    InitiativeDependency,
    Milestone,
    Vision,
)
from apps.roadmap.selectors.grouping import Titled
from apps.roadmap.selectors.progress import progress_of
from apps.roadmap.selectors.records import visions_visible_to
from apps.roadmap.selectors.slips import Slip, slip
from apps.roadmap.selectors.timing import conflicts, first_day_of, last_day_of


@dataclass(frozen=True)
class Marked:
    """A milestone on its day: the last of its quarter that the initiative has, once achieved not later than today."""

    on: date
    year: str
    quarter: int
    text: str
    achieved: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Needed:
    """What must end before an initiative can begin; `unfit` where it does not."""

    key: int
    number: str
    title: str
    ends_on: date | None = None
    unfit: bool = False

    @property
    def name(self) -> str:
        return self.number or self.title


@dataclass(frozen=True)
class Line:
    """One row of the picture and of its twin."""

    key: int
    number: str
    title: str
    url: str
    unit: str
    status: str
    chip: str
    starts_on: date | None = None
    ends_on: date | None = None
    share: float = 0.0
    late: bool = False
    milestones: tuple[Marked, ...] = ()
    ten: str = ""
    three: str = ""
    needs: tuple[Needed, ...] = ()
    lead_unit_id: int = 0
    # As the chosen baseline holds them.
    frozen: bool = False
    old_starts_on: date | None = None
    old_ends_on: date | None = None
    address: str = ""

    @property
    def end_slip(self) -> Slip | None:
        return slip(self.old_ends_on, self.ends_on)

    @property
    def start_slip(self) -> Slip | None:
        return slip(self.old_starts_on, self.starts_on)

    @property
    def unfit(self) -> bool:
        return any(each.unfit for each in self.needs)


@dataclass(frozen=True)
class Group:
    """Rows under one heading; without a title there is none."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Plan:
    """All that a picture shows."""

    groups: tuple[Group, ...]
    baseline: Baseline | None = None
    ten_years: tuple[Any, ...] = ()
    three_years: tuple[Any, ...] = ()

    @property
    def lines(self) -> list[Line]:
        """Every initiative once, in the order of its first row."""
        return list({line.key: line for group in self.groups for line in group.lines}.values())


def plan_of(titled: Titled, baseline: Baseline | None, user: Any) -> Plan:
    """The rows with everything that they say; what the person does not see is not there."""
    initiatives = list({each.pk: each for _title, rows in titled for each in rows}.values())
    prefetch_related_objects(initiatives, "milestones")
    keys = [each.pk for each in initiatives]
    visions = {each.pk: each for each in visions_visible_to(user)}
    maker = _Maker(visions, _needs(keys), _frozen(baseline, keys))
    made = {each.pk: maker.line(each) for each in initiatives}
    groups = tuple(Group(title, tuple(made[each.pk] for each in rows)) for title, rows in titled)
    years = maker.target_years
    return Plan(groups, baseline, tuple(sorted(years[Horizon.TEN_YEARS])), tuple(sorted(years[Horizon.THREE_YEARS])))


class _Maker:
    """Makes lines of what was read once for all of them."""

    def __init__(
        self,
        visions: dict[int, Vision],
        needs: dict[int, list[Needed]],
        frozen: dict[int, BaselineInitiative],
    ) -> None:
        self.visions, self.needs, self.frozen = visions, needs, frozen
        self.today = clock.today()
        self.target_years: dict[str, set[Any]] = defaultdict(set)

    def line(self, initiative: Initiative) -> Line:
        near, far = self._visions(initiative)
        old = self.frozen.get(initiative.pk)
        return Line(
            key=initiative.pk,
            number=initiative.number or "",
            title=initiative.title,
            url=initiative.get_absolute_url(),
            unit=str(initiative.lead_unit),
            status=str(initiative.get_status_display()),
            chip=initiative.status_chip,
            starts_on=initiative.starts_on,
            ends_on=initiative.ends_on,
            share=(progress_of(initiative).percent or 0) / 100,
            late=initiative.is_late,
            milestones=_marked(initiative, self.today),
            ten=far.statement if far else "",
            three=near.statement if near else "",
            needs=tuple(self.needs.get(initiative.pk, ())),
            frozen=old is not None,
            old_starts_on=old.starts_on if old else None,
            old_ends_on=old.ends_on if old else None,
            address=initiative.address,
            lead_unit_id=initiative.lead_unit_id,
        )

    def _visions(self, initiative: Initiative) -> tuple[Vision | None, Vision | None]:
        """The three-year and the ten-year vision that it leads to."""
        vision = self.visions.get(initiative.vision_id or 0)
        if vision is None or vision.horizon == Horizon.TEN_YEARS:
            near, far = None, vision
        else:
            near, far = vision, self.visions.get(vision.serves_id or 0)
        for each in filter(None, (near, far)):
            self.target_years[each.horizon].add(each.target_year)
        return near, far


def _marked(initiative: Initiative, today: date) -> tuple[Marked, ...]:
    """Its milestones, from the prefetched ones."""
    found = []
    for each in initiative.milestones.all():
        achieved, last = each.state == MilestoneState.ACHIEVED, last_day_of(each)
        day = min(_drawn_on(each, initiative), today) if achieved else _drawn_on(each, initiative)
        overdue = not achieved and last < today
        found.append(Marked(day, each.fiscal_year.short, each.quarter, each.text, achieved, overdue))
    return tuple(found)


def _drawn_on(milestone: Milestone, initiative: Initiative) -> date:
    """The last day of its quarter, or the end of the initiative, where that lies in the quarter."""
    last, end = last_day_of(milestone), initiative.ends_on
    return end if end and first_day_of(milestone) <= end < last else last


def _needs(keys: list[int]) -> dict[int, list[Needed]]:
    unfit = set(conflicts().filter(initiative__in=keys).order_by().values_list("initiative_id", "needs_id"))
    links = InitiativeDependency.objects.filter(initiative__in=keys, needs__archived_at__isnull=True)
    found: dict[int, list[Needed]] = defaultdict(list)
    columns = ("initiative_id", "needs_id", "needs__number", "needs__title", "needs__ends_on")
    for own, other, number, title, end in links.order_by("needs__number", "pk").values_list(*columns):
        found[own].append(Needed(other, number or "", title, end, (own, other) in unfit))
    return found


def _frozen(baseline: Baseline | None, keys: list[int]) -> dict[int, BaselineInitiative]:
    if baseline is None:
        return {}
    entries = BaselineInitiative.objects.filter(baseline=baseline, initiative__in=keys).defer("milestones")
    return {each.initiative_id: each for each in entries}
