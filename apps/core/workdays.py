"""Working days 開庁日 of a city hall: all but Saturdays, Sundays, public holidays and the turn of the year.

Local Autonomy Act (地方自治法) art. 4-2; the turn of the year, 29 December to 3 January, is what nearly every city's
ordinance on its holidays (休日を定める条例) says. Public holidays are those of the Act on National Holidays
(国民の祝日に関する法律), substitute holidays and the days between two holidays included.
"""

from datetime import date, timedelta

import jpholiday

SATURDAY = 5
TURN_OF_THE_YEAR = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in TURN_OF_THE_YEAR and not jpholiday.is_holiday(day)


def after_workdays(start: date, count: int) -> date:
    """The working day that comes `count` working days after `start`; the first one is the day after it or later."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
