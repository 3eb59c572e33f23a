"""Which people the city is short of: needed less present, for each profile and fiscal year.

Until people are entered one by one, those present are an estimate; it counts for the years after it until a newer one
is made. What was never estimated is missing and not zero.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from apps.core.fiscal import FiscalYear
from apps.training.models import Headcount, TalentProfile

# The code of DX推進リーダー in the list of profiles: the one profile that headquarters asks for by name.
LEADER = "LEADER"


@dataclass(frozen=True)
class Gap:
    """People of one profile in one year; `estimated_in` is the year of the estimate."""

    year: FiscalYear
    needed: int | None
    present: int | None
    estimated_in: FiscalYear | None

    @property
    def short(self) -> int | None:
        """How many people are missing, never less than none; None where one of the two numbers is not known."""
        if self.needed is None or self.present is None:
            return None
        return max(self.needed - self.present, 0)


@dataclass(frozen=True)
class ProfileGaps:
    """A profile with its gap of each year of the table."""

    profile: TalentProfile
    gaps: list[Gap]


@dataclass(frozen=True)
class GapTable:
    """All profiles over the same years."""

    years: list[FiscalYear]
    lines: list[ProfileGaps]


def gap_table() -> GapTable:
    """The gaps of all profiles in all years for which people are planned."""
    profiles = list(
        TalentProfile.objects.filter(archived_at__isnull=True).prefetch_related(
            Prefetch("headcounts", queryset=Headcount.objects.filter(unit__isnull=True))
        )
    )
    years = sorted({each.fiscal_year for profile in profiles for each in profile.headcounts.all()})
    return GapTable(years, [ProfileGaps(profile, _gaps(profile, years)) for profile in profiles])


def gaps_of_year(year: FiscalYear) -> list[tuple[TalentProfile, int]]:
    """How many people of each profile are missing in a year; profiles of which one cannot say are left out."""
    table = gap_table()
    found = ((line.profile, gap.short) for line in table.lines for gap in line.gaps if gap.year == year)
    return [(profile, short) for profile, short in found if short is not None]


def people_short(year: FiscalYear, code: str | None = None) -> int | None:
    """People missing in a year, of all profiles or of that with `code`; None where one cannot say."""
    found = [short for profile, short in gaps_of_year(year) if code in (None, profile.code)]
    return sum(found) if found else None


def _gaps(profile: TalentProfile, years: list[FiscalYear]) -> list[Gap]:
    of_year = {each.fiscal_year: each for each in profile.headcounts.all()}
    latest: Headcount | None = None
    gaps = []
    for year in years:
        here = of_year.get(year)
        latest = here if here and here.estimated is not None else latest
        gaps.append(
            Gap(
                year,
                here.needed if here else None,
                latest.estimated if latest else None,
                latest.fiscal_year if latest else None,
            )
        )
    return gaps
