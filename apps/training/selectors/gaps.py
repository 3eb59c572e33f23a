"""Which people the city is short of: needed less present, for each profile and fiscal year, and by unit group.

Until people are entered one by one, those present are an estimate; it counts for the years after it until a newer one
is made. From the day of `counted_from` on they are counted. What was never estimated is missing and not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit
from apps.training.models import Headcount, TalentProfile
from apps.training.selectors.effects import effect_after, effect_from, planned_people
from apps.training.selectors.present import (
    Present,
    UnitTree,
    count_people_of,
    day_counted,
    is_counted,
    present_people,
    recognised_by_course,
)

# The code of DX推進リーダー in the list of profiles: the one profile that headquarters asks for by name.
LEADER = "LEADER"
# How many people come and go by profile and year: (profile, year) -> +1, -2.
Changes = Mapping[tuple[int, FiscalYear], int]
# The same by unit group: (profile, unit, year) -> +1, -2.
GroupChanges = Mapping[tuple[int, int, FiscalYear], int]


@dataclass(frozen=True)
class Gap:
    """People of one profile in one year; `estimated_in` is the year of the estimate, `counted_on` the day of the count.

    `hidden` says that fewer than five were counted, or that the number would give another one away. `effect` is what
    the plans are to bring until then, `transfers` what is known to come and go: None where it is not known or told.
    """

    year: FiscalYear
    needed: int | None
    present: int | None
    estimated_in: FiscalYear | None
    estimated_on: date | None = None
    counted_on: date | None = None
    hidden: bool = False
    effect: int | None = None
    transfers: int | None = None

    @property
    def short(self) -> int | None:
        """How many people are missing, never less than none; None where one of the two numbers is not known."""
        return self._short_of(0)

    @property
    def short_after(self) -> int | None:
        """The same with what the plans are to bring, and with the known transfers where these are told."""
        return None if self.effect is None else self._short_of(self.effect + (self.transfers or 0))

    def _short_of(self, coming: int) -> int | None:
        if self.needed is None or self.present is None:
            return None
        return max(self.needed - self.present - coming, 0)

    @property
    def basis(self) -> str:
        """Where the number of those present comes from, in words; nothing where nobody knows it."""
        if self.counted_on:
            return _("counted on %(day)s") % {"day": wareki.format_date(self.counted_on, short=True)}
        if self.estimated_on:
            return _("estimate of %(day)s") % {"day": wareki.format_date(self.estimated_on, short=True)}
        return _("estimate of %(year)s") % {"year": self.estimated_in.short} if self.estimated_in else ""


@dataclass(frozen=True)
class UnitGaps:
    """A unit group with its gaps; what a plan brings is not said by unit."""

    unit: Unit
    gaps: list[Gap]


@dataclass(frozen=True)
class ProfileGaps:
    """A profile with its gap of each year of the table, and its unit groups."""

    profile: TalentProfile
    gaps: list[Gap]
    groups: list[UnitGaps] = field(default_factory=list)


@dataclass(frozen=True)
class GapTable:
    """All profiles over the same years; `with_transfers` where the viewer is told of known transfers."""

    years: list[FiscalYear]
    lines: list[ProfileGaps]
    with_transfers: bool = False

    @property
    def hides_people(self) -> bool:
        """Whether a number of people is hidden somewhere."""
        rows = [line.gaps for line in self.lines] + [group.gaps for line in self.lines for group in line.groups]
        return any(gap.hidden for gaps in rows for gap in gaps)


def gap_table(*, changes: Changes | None = None, group_changes: GroupChanges | None = None) -> GapTable:
    """The gaps of all profiles in all years for which people are planned.

    `changes` are the known transfers by profile and year, `group_changes` those by profile, unit group and year: given
    where the viewer may know of them, else None.
    """
    reading = _Reading(list(_profiles()), changes, group_changes)
    lines = [reading.line(profile) for profile in reading.profiles]
    return GapTable(reading.years, lines, with_transfers=changes is not None)


def gaps_of_profile(profile: TalentProfile, *, changes: Changes | None = None) -> GapTable:
    """The table of one profile over its own years."""
    reading = _Reading(list(_profiles().filter(pk=profile.pk)), changes)
    return GapTable(reading.years, [reading.line(each) for each in reading.profiles], changes is not None)


def gaps_of_year(year: FiscalYear) -> list[tuple[TalentProfile, int]]:
    """How many people of each profile are missing in a year; profiles of which one cannot say are left out."""
    table = gap_table()
    found = ((line.profile, gap.short) for line in table.lines for gap in line.gaps if gap.year == year)
    return [(profile, short) for profile, short in found if short is not None]


def people_short(year: FiscalYear, code: str | None = None) -> int | None:
    """People missing in a year, of all profiles or of that with `code`; None where one cannot say."""
    found = [short for profile, short in gaps_of_year(year) if code in (None, profile.code)]
    return sum(found) if found else None


def _profiles() -> QuerySet[TalentProfile]:
    headcounts = Headcount.objects.select_related("unit").order_by("fiscal_year", "pk")
    return TalentProfile.objects.filter(archived_at__isnull=True).prefetch_related(
        Prefetch("headcounts", queryset=headcounts)
    )


class _Reading:
    """All that the table is made of, read once for all profiles."""

    def __init__(
        self, profiles: list[TalentProfile], changes: Changes | None, group_changes: GroupChanges | None = None
    ) -> None:
        self.profiles, self.changes, self.group_changes = profiles, changes, group_changes
        self.years = sorted({each.fiscal_year for profile in profiles for each in profile.headcounts.all()})
        self.this_year = FiscalYear.of(clock.today())
        counted = [profile for profile in profiles if profile.counted_from]
        self.counts = count_people_of(counted, self.years) if counted else {}
        self.recognised = recognised_by_course(counted, self.this_year) if counted else {}
        self.tree = UnitTree() if counted else None
        self.planned = planned_people() if self.years else {}

    def line(self, profile: TalentProfile) -> ProfileGaps:
        rows: dict[Unit | None, dict[FiscalYear, Headcount]] = {None: {}}
        for each in profile.headcounts.all():
            rows.setdefault(each.unit, {})[each.fiscal_year] = each
        units = sorted((unit for unit in rows if unit is not None), key=lambda unit: (unit.order, unit.code))
        people = self._present(profile, [unit.pk for unit in units])
        city = [self._with_plans(profile, gap) for gap in self._gaps(rows[None], people, None)]
        groups = [UnitGaps(unit, self._of_group(profile, unit, rows[unit], people)) for unit in units]
        return ProfileGaps(profile, city, groups)

    def _of_group(
        self, profile: TalentProfile, unit: Unit, rows: dict[FiscalYear, Headcount], people: dict[FiscalYear, Present]
    ) -> list[Gap]:
        """The gaps of a unit group, with those who are known to come to it and to go from it, where one is told."""
        gaps = self._gaps(rows, people, unit.pk)
        if self.group_changes is None:
            return gaps
        found = {
            year: n for (key, group, year), n in self.group_changes.items() if (key, group) == (profile.pk, unit.pk)
        }
        return [replace(gap, transfers=sum(n for year, n in found.items() if year <= gap.year)) for gap in gaps]

    def _present(self, profile: TalentProfile, groups: list[int]) -> dict[FiscalYear, Present]:
        """Those present in the years in which they are counted."""
        if self.tree is None or profile.counted_from is None:
            return {}
        within = self.tree.within(groups)
        return {
            year: present_people(self.counts[profile.pk, year], within, groups)
            for year in self.years
            if is_counted(profile, year)
        }

    def _gaps(
        self, of_year: dict[FiscalYear, Headcount], people: dict[FiscalYear, Present], unit: int | None
    ) -> list[Gap]:
        latest: Headcount | None = None
        gaps = []
        for year in self.years:
            here = of_year.get(year)
            latest = here if here and here.estimated is not None else latest
            needed = here.needed if here else None
            if year in people:
                gaps.append(_counted(year, needed, people[year].of(unit)))
            else:
                gaps.append(_estimated(year, needed, latest))
        return gaps

    def _with_plans(self, profile: TalentProfile, gap: Gap) -> Gap:
        """What the plans are to bring after the estimate, or from this year on where people are counted."""
        planned = self.planned.get(profile.pk, {})
        if gap.counted_on:
            effect = effect_from(planned, self.this_year, self.recognised.get(profile.pk, 0), gap.year)
        elif gap.estimated_in:
            effect = effect_after(planned, gap.estimated_in, gap.year)
        else:
            return gap
        return replace(gap, effect=effect, transfers=self._transfers(profile, gap.year))

    def _transfers(self, profile: TalentProfile, until: FiscalYear) -> int | None:
        """All who are known to come and go until the end of the year, added up."""
        if self.changes is None:
            return None
        return sum(people for (key, year), people in self.changes.items() if key == profile.pk and year <= until)


def _counted(year: FiscalYear, needed: int | None, present: int | None) -> Gap:
    return Gap(year, needed, present, None, counted_on=day_counted(year), hidden=present is None)


def _estimated(year: FiscalYear, needed: int | None, latest: Headcount | None) -> Gap:
    if latest is None:
        return Gap(year, needed, None, None)
    return Gap(year, needed, latest.estimated, latest.fiscal_year, latest.estimated_on)
