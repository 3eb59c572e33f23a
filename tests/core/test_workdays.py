"""Working days of Japan: week ends, holidays, the days between two of them, and the turn of the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.workdays import (
    after_workdays,
    before_workdays,
    count_workdays,
    is_workday,
    last_workday,
    workdays_between,
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2022, 10, 14), True),
        (date(2022, 10, 15), False),  # a Saturday
        (date(2022, 10, 10), False),  # スポーツの日
        (date(2022, 11, 3), False),  # 文化の日
        (date(2023, 1, 2), False),  # 振替休日, and the turn of the year
        (date(2022, 12, 28), True),
        (date(2022, 12, 29), False),
        (date(2023, 1, 3), False),
        (date(2023, 1, 4), True),
        (date(2023, 3, 21), False),  # 春分の日
        (date(2023, 3, 31), True),  # the last day of the fiscal year
        (date(2024, 2, 29), True),
        (date(2026, 9, 22), False),  # between 敬老の日 and 秋分の日
        (date(2019, 4, 30), False),  # between two holidays of the change of era
        (date(2021, 7, 23), False),  # スポーツの日, moved for the Olympic Games
        (date(2021, 10, 11), True),
    ],
)
def test_days_on_which_a_city_hall_is_open(day: date, open_: bool) -> None:
    assert is_workday(day) is open_


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2022, 10, 14), 0, date(2022, 10, 14)),
        (date(2022, 10, 14), 1, date(2022, 10, 17)),
        (date(2022, 10, 15), 1, date(2022, 10, 17)),
        (date(2022, 10, 14), 10, date(2022, 10, 28)),
        (date(2022, 10, 24), 10, date(2022, 11, 8)),
        (date(2022, 12, 28), 1, date(2023, 1, 4)),
        (date(2023, 4, 28), 1, date(2023, 5, 1)),
        (date(2023, 5, 2), 1, date(2023, 5, 8)),
    ],
)
def test_days_are_counted_from_the_day_after(start: date, count: int, expected: date) -> None:
    assert after_workdays(start, count) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 60))
def test_so_many_working_days_lie_behind(start: date, count: int) -> None:
    end = after_workdays(start, count)
    assert is_workday(end)
    assert sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1)) == count


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2022, 10, 14), date(2022, 10, 14), 1),
        (date(2022, 10, 15), date(2022, 10, 16), 0),
        (date(2022, 10, 17), date(2022, 10, 14), 0),
        (date(2022, 12, 28), date(2023, 1, 4), 2),
        (date(2023, 3, 31), date(2023, 4, 1), 1),
        (date(2024, 2, 28), date(2024, 3, 1), 3),  # with 29 February
        (date(2023, 4, 1), date(2024, 3, 31), 243),  # 令和5年度
    ],
)
def test_working_days_of_a_span(first: date, last: date, expected: int) -> None:
    assert count_workdays(first, last) == expected


@settings(max_examples=30)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-5, 1100))
def test_counting_is_as_counting_day_by_day(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert count_workdays(first, last) == sum(is_workday(first + timedelta(days=n)) for n in range(length + 1))


@pytest.mark.parametrize(
    ("end", "count", "expected"),
    [
        (date(2023, 2, 8), 0, date(2023, 2, 8)),
        (date(2023, 2, 8), 30, date(2022, 12, 21)),  # over the turn of the year and 成人の日
        (date(2023, 1, 4), 1, date(2022, 12, 28)),
        (date(2023, 5, 8), 1, date(2023, 5, 2)),  # over the holidays of May
        (date(2023, 5, 8), 2, date(2023, 5, 1)),
        (date(2023, 4, 3), 1, date(2023, 3, 31)),  # the last day of the fiscal year
        (date(2023, 3, 31), 8, date(2023, 3, 20)),  # over 春分の日
    ],
)
def test_days_are_counted_back_from_the_day_before(end: date, count: int, expected: date) -> None:
    assert before_workdays(end, count) == expected


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)).filter(is_workday), st.integers(0, 300))
def test_counting_back_is_the_inverse_of_counting_on(day: date, count: int) -> None:
    assert after_workdays(before_workdays(day, count), count) == day
    assert before_workdays(after_workdays(day, count), count) == day
    assert workdays_between(before_workdays(day, count), day) == count
    assert workdays_between(after_workdays(day, count), day) == -count


@given(st.dates(date(2000, 1, 5), date(2099, 1, 1)))
def test_a_closed_day_becomes_the_open_day_before(day: date) -> None:
    found = last_workday(day)
    assert is_workday(found)
    assert found <= day
    assert count_workdays(found, day) == 1
