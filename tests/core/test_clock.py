from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.core import clock

EVENING_IN_LONDON = datetime(2022, 10, 13, 15, 30, tzinfo=UTC)  # 00:30 of the 14th in Tokyo


@pytest.fixture
def at_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: EVENING_IN_LONDON)


@pytest.mark.usefixtures("at_night")
@pytest.mark.parametrize(
    ("demo", "day"), [(None, date(2022, 10, 14)), (date(2021, 2, 3), date(2021, 2, 3))], ids=["real", "demo"]
)
def test_the_day_is_that_of_tokyo_unless_the_demo_city_sets_it(settings: Any, demo: date | None, day: date) -> None:
    settings.DEMO_TODAY = demo
    assert clock.today() == day
    assert clock.now() == datetime(day.year, day.month, day.day, 0, 30, tzinfo=clock.TOKYO)
    assert clock.now().utcoffset() == timedelta(hours=9)


@pytest.mark.usefixtures("at_night")
def test_a_project_without_the_setting_lives_today(settings: Any) -> None:
    del settings.DEMO_TODAY
    assert clock.today() == date(2022, 10, 14)
    assert clock.now() == EVENING_IN_LONDON


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (EVENING_IN_LONDON, date(2022, 10, 14)),
        (EVENING_IN_LONDON.replace(tzinfo=None), date(2022, 10, 13)),
        (date(2022, 10, 13), date(2022, 10, 13)),
    ],
    ids=["aware", "naive", "day"],
)
def test_a_moment_belongs_to_its_day_in_tokyo(moment: date, day: date) -> None:
    assert clock.local_date(moment) == day
    assert type(clock.local_date(moment)) is date
