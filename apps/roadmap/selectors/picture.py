"""What the roadmap picture shows: every initiative with all that its row says, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from apps.core import clock
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.choices import Grouping, Horizon, MilestoneState
from apps.roadmap.models import (
    Baseline,
    BaselineInitiative,
    Initiative,
    InitiativeDependency,
    InitiativeHurdle,
    Milestone,
    Vision,
)
from apps.roadmap.selectors.progress import progress_of
from apps.roadmap.selectors.records import policies_visible_to, visions_visible_to
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


Titled = list[tuple[str, list[Initiative]]]
PAGE = 300  # rows


def page_of(titled: Titled, number: int) -> Titled:
    """One page of the rows, under their headings."""
    first, last, at, found = (number - 1) * PAGE, number * PAGE, 0, []
    for title, rows in titled:
        shown = rows[max(first - at, 0) : max(last - at, 0)]
        at += len(rows)
        if shown:
            found.append((title, shown))
    return found


def of_theme(initiatives: QuerySet[Initiative], theme: Any, user: Any) -> QuerySet[Initiative]:
    """Those that clear a hurdle of this theme, as far as the person sees hurdles."""
    hurdles = visible_hurdles(user).filter(theme_links__theme=theme)
    return initiatives.filter(pk__in=InitiativeHurdle.objects.filter(hurdle__in=hurdles).values("initiative_id"))


def grouped(initiatives: QuerySet[Initiative], grouping: str, user: Any) -> Titled:
    """The initiatives under their headings; with themes, one stands under each of its own."""
    rows = list(initiatives.select_related("lead_unit").defer("current_state", "search_key").order_by("number", "pk"))
    match grouping:
        case Grouping.VISION:
            return _by_record(rows, _ten_year_visions(user), "vision_id")
        case Grouping.POLICY:
            return _by_record(rows, {each.pk: each for each in policies_visible_to(user)}, "policy_id")
        case Grouping.UNIT:
            rows.sort(key=lambda each: (each.lead_unit.order, each.lead_unit_id))
            return _by_title((str(each.lead_unit), each) for each in rows)
        case Grouping.THEME:
            return _by_theme(rows, user)
        case Grouping.START:
            return [("", sorted(rows, key=lambda each: (each.starts_on or date.max, each.ends_on or date.max)))]
    return _by_title((each.area, each) for each in rows)


def _by_title(pairs: Iterable[tuple[str, Initiative]]) -> Titled:
    """In the order in which the titles come; what has none comes last."""
    found: dict[str, list[Initiative]] = defaultdict(list)
    for title, initiative in pairs:
        found[title].append(initiative)
    return sorted(found.items(), key=lambda pair: not pair[0])


def _by_record(rows: list[Initiative], records: dict[int, Any], link: str) -> Titled:
    """By a linked record that the person sees, in the order of its numbers."""

    def place(row: Initiative) -> tuple[bool, str, int]:
        record = records.get(getattr(row, link) or 0)
        return (not (record and record.number), (record and record.number) or "", record.pk if record else 0)

    def title(row: Initiative) -> str:
        record = records.get(getattr(row, link) or 0)
        return " ".join(filter(None, (record.number, str(record)))) if record else ""

    return _by_title((title(row), row) for row in sorted(rows, key=place))


def _ten_year_visions(user: Any) -> dict[int, Vision]:
    """For every vision the ten-year one that it serves, or itself."""
    visions = {each.pk: each for each in visions_visible_to(user)}
    return {pk: visions.get(each.serves_id or 0, each) for pk, each in visions.items()}


def _by_theme(rows: list[Initiative], user: Any) -> Titled:
    hurdles = visible_hurdles(user).order_by().values("pk")
    links = Hurdle.objects.filter(pk__in=hurdles, initiative_links__initiative__in=[each.pk for each in rows])
    pairs = links.order_by("theme_links__theme__order").values_list(
        "theme_links__theme__name", "initiative_links__initiative_id"
    )
    found = list(dict.fromkeys((name, key) for name, key in pairs if name))
    by_key = {each.pk: each for each in rows}
    themed = [(name, by_key[key]) for name, key in found if key in by_key]
    order = list(dict.fromkeys(name for name, _row in themed))
    place = {each.pk: at for at, each in enumerate(rows)}
    themed.sort(key=lambda pair: (order.index(pair[0]), place[pair[1].pk]))
    bare = {each.pk for each in rows} - {each.pk for _name, each in themed}
    return _by_title([*themed, *(("", each) for each in rows if each.pk in bare)])


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
