"""How many people of a profile there are: counted from recognitions, for the city and for its unit groups.

What is counted is told by the rule of five. A past year is counted at its last day, this year and later ones today.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit
from apps.organization.selectors.lineage import lineage_today
from apps.training.choices import RecognitionBasis
from apps.training.models import TalentProfile
from apps.training.selectors.disclosure import shown, shown_groups, shown_total
from apps.training.selectors.recognitions import belongs_on, live_recognitions

# Counts by profile, year and unit of the people; the unit None stands for people without one.
Counts = dict[tuple[int, FiscalYear], dict[int | None, int]]


def is_counted(profile: TalentProfile, year: FiscalYear) -> bool:
    """Whether the people present in this year are counted, and no longer estimated."""
    return profile.counted_from is not None and FiscalYear.of(profile.counted_from) <= year


def day_counted(year: FiscalYear) -> date:
    """The day as of which people are counted for a year."""
    return min(year.end, clock.today())


def count_people_of(profiles: Collection[TalentProfile], years: Iterable[FiscalYear]) -> Counts:
    """The true numbers, for selectors that hide what may not be shown; one query."""
    found: Counts = {(profile.pk, year): {} for profile in profiles for year in years}
    wanted = sorted({year for _profile, year in found})
    if not wanted:
        return found
    people: Any = {
        f"in_{int(year)}": Count("person", distinct=True, filter=belongs_on(day_counted(year))) for year in wanted
    }
    rows = live_recognitions().filter(profile__in=profiles).order_by().values("profile", "person__unit")
    for row in rows.annotate(**people):
        for year in wanted:
            of_unit = found[row["profile"], year]
            of_unit[row["person__unit"]] = row[f"in_{int(year)}"]
    return found


def recognised_by_course(profiles: Collection[TalentProfile], year: FiscalYear) -> dict[int, int]:
    """How many people a course has made one of a profile in the year; groups under five are left out."""
    rows = live_recognitions().filter(
        profile__in=profiles, basis=RecognitionBasis.COURSE, recognised_on__range=(year.start, year.end)
    )
    counts = rows.order_by().values_list("profile").annotate(Count("person", distinct=True))
    return {profile: shown(count) or 0 for profile, count in counts}


@dataclass(frozen=True)
class Present:
    """People as they may be shown: None where they are from one to four, or where another number would tell them."""

    city: int | None
    groups: dict[int, int | None]

    def of(self, unit: int | None) -> int | None:
        """Of a unit group, or of the whole city."""
        return self.city if unit is None else self.groups[unit]


def present_people(counts: dict[int | None, int], group_of: dict[int, int], groups: Collection[int]) -> Present:
    """The city and its unit groups; who sits in no group counts as one more group that is never shown."""
    found: dict[int | None, int] = dict.fromkeys(groups, 0)
    for unit, count in counts.items():
        group = group_of.get(unit) if unit is not None else None
        found[group] = found.get(group, 0) + count
    seen = shown_groups(found)
    # Beside its groups a total can tell what they are; alone it tells nothing but itself.
    city = shown_total(found) if groups else shown(sum(counts.values()))
    return Present(city, {group: seen[group] for group in groups})


class UnitTree:
    """Which unit lies below which today; past units are where their records count today."""

    def __init__(self) -> None:
        self.lineage = lineage_today()
        self.parents = dict(Unit.objects.order_by().values_list("pk", "parent"))

    def within(self, groups: Collection[int]) -> dict[int, int]:
        """Each unit's id and that of the unit group in which its people count: the group itself and all below it."""
        today = {self.lineage.now(group): group for group in groups}
        found = {}
        for unit in self.parents:
            if group := next((today[each] for each in self.way_up(unit) if each in today), None):
                found[unit] = group
        return found

    def way_up(self, unit: int) -> list[int]:
        """A unit and all above it, as they are today."""
        way: list[int] = []
        at: int | None = self.lineage.now(unit)
        while at is not None and at not in way:
            way.append(at)
            parent = self.parents.get(at)
            at = None if parent is None else self.lineage.now(parent)
        return way
