"""What does not fit, what is late, and what comes next; the day is 14 October 2022."""

from datetime import date
from typing import Any

import pytest

from apps.core.fiscal import FiscalYear
from apps.roadmap.models import Initiative, InitiativeDependency, InitiativeRelation
from apps.roadmap.selectors import (
    conflicts,
    is_late_policy,
    is_overdue,
    last_day_of,
    late,
    milestones_by_year,
    needed_first,
    next_milestone,
    related_to,
    waiting_for,
)
from tests.factories import InitiativeFactory, MilestoneFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def depends(first: dict[str, Any], second: dict[str, Any]) -> InitiativeDependency:
    """An initiative like `second` that needs one like `first`."""
    needed = InitiativeFactory(**{"starts_on": date(2022, 10, 1), "ends_on": date(2023, 6, 30), **first})
    later = InitiativeFactory(**{"starts_on": date(2023, 1, 1), "ends_on": date(2024, 6, 30), **second})
    return InitiativeDependency.objects.create(initiative=later, needs=needed)


@pytest.mark.parametrize(
    ("first", "second", "unfit"),
    [
        ({}, {}, True),
        ({}, {"starts_on": date(2023, 6, 30)}, True),
        ({}, {"starts_on": date(2023, 7, 1)}, False),
        ({"status": "achieved"}, {}, False),
        ({"status": "cancelled"}, {}, False),
        ({}, {"status": "cancelled"}, False),
        ({}, {"status": "achieved"}, False),
        ({}, {"status": "underway"}, True),
        ({"ends_on": None}, {}, False),
        ({}, {"starts_on": None}, False),
        ({"archived_at": "2022-10-01T00:00+09:00"}, {}, False),
        ({}, {"archived_at": "2022-10-01T00:00+09:00"}, False),
    ],
)
def test_what_starts_before_what_it_needs_has_ended(first: Any, second: Any, unfit: bool) -> None:
    link = depends(first, second)
    assert list(conflicts()) == ([link] if unfit else [])


def test_both_sides_of_a_dependency_know_of_it() -> None:
    wrong, right = depends({}, {}), depends({}, {"starts_on": date(2023, 7, 1)})
    everything = Initiative.objects.all()
    for link, unfit in ((wrong, True), (right, False)):
        (before,) = needed_first(link.initiative, everything)
        (after,) = waiting_for(link.needs, everything)
        assert (before.initiative, before.in_conflict) == (link.needs, unfit)
        assert (after.initiative, after.in_conflict) == (link.initiative, unfit)
        assert needed_first(link.needs, everything) == waiting_for(link.initiative, everything) == []


def test_a_relation_is_told_by_both_and_once() -> None:
    one, other, third = (
        InitiativeFactory(number="R-2020-0001"),
        InitiativeFactory(number="R-2020-0002"),
        InitiativeFactory(),
    )
    InitiativeRelation.objects.create(initiative=one, other=other)
    InitiativeRelation.objects.create(initiative=other, other=one)
    InitiativeRelation.objects.create(initiative=third, other=one)
    everything = Initiative.objects.all()
    assert list(related_to(one, everything)) == [other, third]
    assert list(related_to(other, everything)) == list(related_to(third, everything)) == [one]


@pytest.mark.parametrize(
    ("status", "ends_on", "expected"),
    [
        ("underway", date(2022, 10, 13), True),
        ("concept", date(2022, 10, 13), True),
        ("underway", date(2022, 10, 14), False),
        ("achieved", date(2022, 10, 13), False),
        ("cancelled", date(2022, 10, 13), False),
        ("underway", None, False),
    ],
)
def test_late_in_python_and_in_the_database_is_the_same(status: str, ends_on: Any, expected: bool) -> None:
    initiative = InitiativeFactory(status=status, starts_on=None, ends_on=ends_on)
    assert initiative.is_late is expected
    assert late(Initiative.objects.all()).exists() is expected


@pytest.mark.parametrize(
    ("status", "target_date", "expected"),
    [
        ("decided", date(2022, 10, 13), True),
        ("in_force", date(2022, 10, 13), True),
        ("under_review", date(2022, 10, 13), True),
        ("decided", date(2022, 10, 14), False),
        ("achieved", date(2022, 10, 13), False),
        ("withdrawn", date(2022, 10, 13), False),
        ("decided", None, False),
    ],
)
def test_a_policy_is_late_after_its_date(status: str, target_date: Any, expected: bool) -> None:
    assert is_late_policy(PolicyFactory(status=status, target_date=target_date)) is expected


@pytest.mark.parametrize(
    ("quarter", "last"),
    [(1, date(2022, 6, 30)), (2, date(2022, 9, 30)), (3, date(2022, 12, 31)), (4, date(2023, 3, 31))],
)
def test_the_quarters_of_a_fiscal_year(quarter: int, last: date) -> None:
    milestone = MilestoneFactory(fiscal_year=FiscalYear(2022), quarter=quarter)
    assert last_day_of(milestone) == last
    assert is_overdue(milestone) is (quarter <= 2)
    milestone.state = "achieved"
    assert not is_overdue(milestone)


def test_milestones_by_fiscal_year_and_quarter() -> None:
    initiative = InitiativeFactory()
    first = MilestoneFactory(initiative=initiative, fiscal_year=FiscalYear(2022), quarter=2, state="achieved")
    late_one = MilestoneFactory(initiative=initiative, fiscal_year=FiscalYear(2022), quarter=2)
    last = MilestoneFactory(initiative=initiative, fiscal_year=FiscalYear(2024), quarter=4)
    rows = milestones_by_year(initiative)
    assert [int(row.year) for row in rows] == [2022, 2023, 2024], "a year without milestones is shown too"
    placed = [[[(cell.milestone, cell.overdue) for cell in cells] for cells in row.quarters] for row in rows]
    assert placed[0] == [[], [(first, False), (late_one, True)], [], []]
    assert placed[1] == [[], [], [], []]
    assert placed[2] == [[], [], [], [(last, False)]]
    assert next_milestone(initiative) == late_one
    assert milestones_by_year(InitiativeFactory()) == []
    assert next_milestone(InitiativeFactory()) is None
