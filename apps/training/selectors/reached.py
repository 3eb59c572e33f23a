"""Units from which nobody came in a year, and people who were recognised and placed; in numbers.

A unit of fewer than five people tells nothing: small ones count together in their department, and where these are
under five together, too, they are only counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit, User
from apps.organization.selectors import sections_today
from apps.organization.selectors.lineage import departments_of_units, units_now
from apps.training.choices import CAME
from apps.training.models import Enrolment, TalentProfile
from apps.training.selectors.disclosure import SMALLEST_SHOWN, shown_groups, shown_total
from apps.training.selectors.present import day_counted
from apps.training.selectors.recognitions import belongs_on, live_recognitions
from apps.training.selectors.records import held_in


@dataclass(frozen=True)
class SmallSections:
    """The sections of a department that have fewer than five people each, and five or more together."""

    department: Unit
    sections: int


@dataclass(frozen=True)
class NobodyCame:
    """Sections from which nobody came.

    `reached` is how many large ones somebody came from, `too_small` of how many one cannot tell.
    """

    sections: list[Unit]
    small: list[SmallSections]
    too_small: int
    reached: int

    @property
    def count(self) -> int:
        return len(self.sections) + len(self.small)


@dataclass(frozen=True)
class Placement:
    """People of a profile: recognised, and placed where they use it; None is hidden."""

    profile: TalentProfile
    recognised: int | None
    placed: int | None


def nobody_came(year: FiscalYear, user: Any) -> NobodyCame | None:
    """The sections of today from which nobody came to a session of the year; None where no session kept a roll."""
    rolls = held_in(year, user).filter(keeps_roll=True)
    now = units_now()
    came = _units_that_came(rolls, now)
    if not came and not rolls.exists():
        return None
    people = _people_by_unit(now)
    sections = [section for section in sections_today() if people.get(section.pk)]
    large = [section for section in sections if people[section.pk] >= SMALLEST_SHOWN]
    small, too_small = _small_ones([section for section in sections if section not in large], people, came)
    silent = [section for section in large if section.pk not in came]
    return NobodyCame(silent, small, too_small, len(large) - len(silent))


def placements(year: FiscalYear) -> list[Placement]:
    """By profile: who belongs to it at the end of the year, or today; profiles to which nobody does are left out."""
    day = day_counted(year)
    rows = live_recognitions().filter(belongs_on(day))
    counts = (
        rows.order_by().values("profile").annotate(people=Count("pk"), placed=Count("pk", filter=Q(placed_on__lte=day)))
    )
    of_profile = {row["profile"]: row for row in counts}
    profiles = TalentProfile.objects.filter(pk__in=of_profile, archived_at__isnull=True)
    return [_placed(profile, of_profile[profile.pk]) for profile in profiles]


def placed_in_all(year: FiscalYear) -> tuple[int, int] | None:
    """Recognised and placed, added up over the profiles of which both are told; None where there is none."""
    told = [(each.recognised, each.placed) for each in placements(year)]
    known = [(people, placed) for people, placed in told if people is not None and placed is not None]
    return (sum(people for people, _ in known), sum(placed for _, placed in known)) if known else None


def _placed(profile: TalentProfile, row: dict[str, Any]) -> Placement:
    """Placed and not placed are groups of those recognised."""
    parts = {"placed": row["placed"], "not": row["people"] - row["placed"]}
    return Placement(profile, shown_total(parts), shown_groups(parts)["placed"])


def _units_that_came(rolls: Any, now: Mapping[int, int]) -> set[int]:
    """Today's units of those who came, by where they sat then."""
    rows = Enrolment.objects.filter(session__in=rolls, state__in=CAME, archived_at__isnull=True)
    units = rows.order_by().values_list(Coalesce(F("unit"), F("person__unit")), flat=True).distinct()
    return {now[unit] for unit in units if unit is not None}


def _people_by_unit(now: Mapping[int, int]) -> dict[int, int]:
    """How many people work in each unit today."""
    rows = User.objects.filter(is_active=True, unit__isnull=False).order_by().values_list("unit")
    found: dict[int, int] = {}
    for unit, count in rows.annotate(Count("pk")):
        found[now[unit]] = found.get(now[unit], 0) + count
    return found


def _small_ones(sections: list[Unit], people: dict[int, int], came: set[int]) -> tuple[list[SmallSections], int]:
    """The small sections by department: told where they have five people together, else only counted."""
    departments = departments_of_units()
    groups: dict[int | None, list[Unit]] = {}
    for section in sections:
        groups.setdefault(departments.get(section.pk), []).append(section)
    silent, too_small = {}, 0
    for pk, group in groups.items():
        if pk is None or sum(people[each.pk] for each in group) < SMALLEST_SHOWN:
            too_small += len(group)
        elif not came & {each.pk for each in group}:
            silent[pk] = len(group)
    names = Unit.objects.in_bulk(list(silent)) if silent else {}
    return [SmallSections(names[pk], count) for pk, count in silent.items()], too_small
