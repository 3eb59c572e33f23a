"""Working days 開庁日 as far as the portal knows them: Monday to Friday. It does not know the public holidays yet."""

from datetime import date, timedelta

SATURDAY = 5


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY


def after_workdays(start: date, count: int) -> date:
    """The working day that comes `count` working days after `start`; the first one is the day after it or later."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
