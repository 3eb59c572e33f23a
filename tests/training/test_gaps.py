"""Needed less present: the estimate counts until a newer one is made, and what nobody knows is not zero."""

import pytest

from apps.core.fiscal import FiscalYear
from apps.training.selectors import gap_table, gaps_of_year, people_short
from tests.factories import HeadcountFactory, TalentProfileFactory

pytestmark = pytest.mark.django_db


def profile(code: str, *years: tuple[int, int, int | None]) -> None:
    """A profile with rows of (year, needed, estimated)."""
    made = TalentProfileFactory(code=code)
    for year, needed, estimated in years:
        HeadcountFactory(profile=made, fiscal_year=FiscalYear(year), needed=needed, estimated=estimated)


def lines() -> dict[str, list[tuple[int, int | None, int | None, int | None]]]:
    """The table: for each profile (year, present, year of the estimate, short)."""
    return {
        line.profile.code: [
            (int(gap.year), gap.present, gap.estimated_in and int(gap.estimated_in), gap.short) for gap in line.gaps
        ]
        for line in gap_table().lines
    }


def test_an_estimate_is_carried_forward_until_the_next_one() -> None:
    profile("A", (2022, 10, 4), (2023, 12, None), (2024, 14, 9), (2025, 20, None))
    assert lines() == {"A": [(2022, 4, 2022, 6), (2023, 4, 2022, 8), (2024, 9, 2024, 5), (2025, 9, 2024, 11)]}


def test_before_the_first_estimate_nobody_knows() -> None:
    profile("A", (2022, 10, None), (2023, 12, 0))
    assert lines() == {"A": [(2022, None, None, None), (2023, 0, 2023, 12)]}
    assert gaps_of_year(FiscalYear(2022)) == []
    assert people_short(FiscalYear(2022)) is None
    assert people_short(FiscalYear(2023)) == 12


def test_more_than_needed_is_no_gap_and_hides_none() -> None:
    profile("A", (2022, 10, 25))
    profile("B", (2022, 10, 7))
    assert [short for _profile, short in gaps_of_year(FiscalYear(2022))] == [0, 3]
    assert people_short(FiscalYear(2022)) == 3
    assert people_short(FiscalYear(2022), "B") == 3
    assert people_short(FiscalYear(2022), "LEADER") is None


def test_a_year_without_a_need_of_this_profile_is_open() -> None:
    profile("A", (2022, 10, 4), (2024, 12, None))
    profile("B", (2023, 5, 5))
    assert [int(year) for year in gap_table().years] == [2022, 2023, 2024]
    assert lines()["A"][1] == (2023, 4, 2022, None)
    assert lines()["B"] == [(2022, None, None, None), (2023, 5, 2023, 0), (2024, 5, 2023, None)]
    assert people_short(FiscalYear(2023)) == 0


def test_without_profiles_there_is_no_table() -> None:
    assert gap_table().years == gap_table().lines == []
    assert people_short(FiscalYear(2022)) is None
