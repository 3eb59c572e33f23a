"""How far an initiative is: by its updates, by its milestones, by its state; and when it stands still."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from apps.roadmap.choices import InitiativeStatus, MilestoneState
from apps.roadmap.models import Initiative
from apps.roadmap.selectors import STALLED_DAYS, is_stalled, progress_of, stalled
from tests.factories import InitiativeFactory, MilestoneFactory

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY


def with_milestones(achieved: int, planned: int, **fields: Any) -> Initiative:
    initiative = InitiativeFactory(**fields)
    for state, number in ((MilestoneState.ACHIEVED, achieved), (MilestoneState.PLANNED, planned)):
        for _each in range(number):
            MilestoneFactory(initiative=initiative, state=state)
    return initiative


@pytest.mark.parametrize(
    ("fields", "achieved", "planned", "percent", "explained"),
    [
        ({}, 0, 0, None, ""),
        ({}, 0, 3, 0, "節目3件のうち0件"),
        ({}, 1, 2, 33, "節目3件のうち1件"),
        ({}, 2, 0, 100, "節目2件のうち2件"),
        ({"progress": 0}, 1, 1, 0, "報告による"),
        ({"progress": 70}, 0, 0, 70, "報告による"),
        ({"progress": 70, "status": "achieved"}, 1, 1, 100, "達成したため"),
        ({"status": "cancelled"}, 1, 1, 50, "節目2件のうち1件"),
    ],
)
def test_how_far_and_from_where(fields: Any, achieved: int, planned: int, percent: Any, explained: str) -> None:
    found = progress_of(with_milestones(achieved, planned, **fields))
    assert (found.percent, found.explained) == (percent, explained)
    assert found.words == ("" if percent is None else f"{percent}%")
    with override("en"):
        assert found.words == ("" if percent is None else f"{percent}%")


def test_it_asks_nothing_where_milestones_are_prefetched(django_assert_num_queries: Any) -> None:
    with_milestones(1, 3)
    (initiative,) = Initiative.objects.prefetch_related("milestones")
    with django_assert_num_queries(0):
        assert progress_of(initiative).percent == 25


LONG_AGO, LATELY = TODAY - timedelta(days=STALLED_DAYS), TODAY - timedelta(days=STALLED_DAYS - 1)


@pytest.mark.parametrize(
    ("fields", "stands_still"),
    [
        ({"progressed_on": LONG_AGO}, True),
        ({"progressed_on": LATELY}, False),
        ({"progressed_on": LONG_AGO, "status_since": LATELY}, False),
        ({"progressed_on": LATELY, "status_since": LONG_AGO}, False),
        ({"status_since": LONG_AGO, "starts_on": LATELY}, True),
        ({"starts_on": LONG_AGO}, True),
        ({"starts_on": LATELY}, False),
        ({"starts_on": None}, False),
    ],
)
def test_nothing_heard_for_ninety_days(fields: Any, stands_still: bool) -> None:
    for status in InitiativeStatus:
        initiative = InitiativeFactory(status=status, **fields)
        expected = stands_still and status in {InitiativeStatus.STARTED, InitiativeStatus.UNDERWAY}
        assert stalled(Initiative.objects.filter(pk=initiative.pk)).exists() == expected, status
        assert is_stalled(initiative) == expected, status
