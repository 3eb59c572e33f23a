"""Working days 開庁日 of a city hall: all but Saturdays, Sundays, public holidays and the turn of the year.

Local Autonomy Act (地方自治法) art. 4-2; the turn of the year, 29 December to 3 January, is what nearly every city's
ordinance on its holidays (休日を定める条例) says. Public holidays are those of the Act on National Holidays
(国民の祝日に関する法律), substitute holidays and the days between two holidays included.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

SATURDAY = 5
TURN_OF_THE_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in TURN_OF_THE_YEAR and not jpholiday.is_holiday(day)


def after_workdays(start: date, count: int) -> date:
    """The working day that comes `count` working days after `start`; the first one is the day after it or later."""
    if count <= 0:
        return start
    year, at = start.year, bisect_right(_workdays_of(start.year), start) + count - 1
    while at >= len(_workdays_of(year)):
        year, at = year + 1, at - len(_workdays_of(year))
    return _workdays_of(year)[at]


def before_workdays(end: date, count: int) -> date:
    """The working day that lies `count` working days before `end`; the first one is the day before it or earlier.

    Of two working days it is the inverse of `after_workdays`.
    """
    if count <= 0:
        return end
    year, at = end.year, bisect_left(_workdays_of(end.year), end) - count
    while at < 0:
        year -= 1
        at += len(_workdays_of(year))
    return _workdays_of(year)[at]


def last_workday(day: date) -> date:
    """The day itself where the city hall is open, else the last day before it on which it is."""
    return day if is_workday(day) else before_workdays(day, 1)


def workdays_between(first: date, last: date) -> int:
    """How many working days one has from `first`, which is not counted, to `last`; negative where `last` has passed."""
    day = timedelta(days=1)
    return count_workdays(first + day, last) if last >= first else -count_workdays(last + day, first)


def count_workdays(first: date, last: date) -> int:
    """How many working days lie from `first` to `last`, both of them included; none where `last` comes first."""
    if last < first:
        return 0
    whole = sum(len(_workdays_of(year)) for year in range(first.year, last.year))
    return whole - bisect_left(_workdays_of(first.year), first) + bisect_right(_workdays_of(last.year), last)


@lru_cache(maxsize=512)
def _workdays_of(year: int) -> tuple[date, ...]:
    """The working days of a calendar year, in order; looked up once and then searched, not counted day by day."""
    start = date(year, 1, 1)
    days = (start + timedelta(days=number) for number in range((date(year, 12, 31) - start).days + 1))
    return tuple(day for day in days if is_workday(day))
