"""The backward plan 逆算: the latest day of every inner step, counted back in working days; no database here.

What a step needs is known: the day it is counted back from, how many working days before that it must be done, and how
many it takes. The slack of a step are the working days from the day on which it is planned to the latest one. Where
none is planned, it is the earliest day on which it can be done if all that is still open is done in order from today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from apps.core.workdays import after_workdays, before_workdays, last_workday, workdays_between

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AnchorDay:
    """A day from which steps are counted back; `name` says which one it is, also where nobody knows the day."""

    name: str
    day: date | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Step:
    """One inner step as it holds for one proposal."""

    name: str
    anchor: str
    workdays: int
    duration: int
    order: int = 0
    who: str = ""
    unit: int | None = None
    planned_on: date | None = None
    done_on: date | None = None
    is_done: bool = False
    not_needed: bool = False
    note: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.is_done or self.done_on or self.not_needed)


@dataclass(frozen=True)
class Row:
    """A step with its days; `day` is when it is done, is planned, or can be done at the earliest."""

    step: Step
    anchor: AnchorDay
    latest: date | None = None
    day: date | None = None
    slack: int | None = None

    @property
    def is_late(self) -> bool:
        """It cannot be done in time any more."""
        return self.step.is_open and self.slack is not None and self.slack < 0

    @property
    def is_planned(self) -> bool:
        return self.step.planned_on is not None

    @property
    def has_slipped(self) -> bool:
        """It was planned for a day that has passed, and is not done."""
        planned = self.step.planned_on
        return self.step.is_open and planned is not None and self.day is not None and planned < self.day


@dataclass(frozen=True)
class NextRound:
    """The next chance: the call that follows, or what is assumed a year later."""

    closes_on: date
    assumed: bool
    grant: Any = None


@dataclass(frozen=True)
class Supplementary:
    """The next supplementary budget that can still be asked for; its money may need to be carried over (繰越)."""

    day: date
    title: str
    needs_carryover: bool


@dataclass(frozen=True)
class BackwardPlan:
    """The steps of one proposal in the order of their latest days, and what remains where they no longer fit."""

    rows: tuple[Row, ...]
    deadline: AnchorDay
    today: date
    next_round: NextRound | None = None
    supplementary: Supplementary | None = None
    grant: Any = None
    missing: tuple[str, ...] = field(default=())

    @property
    def open_rows(self) -> list[Row]:
        return [row for row in self.rows if row.step.is_open and row.slack is not None]

    @property
    def narrowest(self) -> Row | None:
        """The open step with the least slack; of several the one that comes first."""
        return min(self.open_rows, key=lambda row: row.slack or 0, default=None)

    @property
    def first_late(self) -> Row | None:
        return next((row for row in self.rows if row.is_late), None)

    @property
    def is_too_late(self) -> bool:
        return self.first_late is not None

    @property
    def is_done(self) -> bool:
        return not any(row.step.is_open for row in self.rows)


def latest_day(step: Step, anchor: AnchorDay) -> date | None:
    """The last working day on which the step may be done; a deadline on a closed day counts as the open day before."""
    if anchor.day is None:
        return None
    return before_workdays(last_workday(anchor.day), step.workdays)


def work_back(steps: Iterable[Step], anchors: Mapping[str, AnchorDay], today: date) -> tuple[Row, ...]:
    """Every step with its latest day and its slack, in the order in which they have to be done."""
    known = [(step, anchors[step.anchor], latest_day(step, anchors[step.anchor])) for step in steps]
    known.sort(key=lambda each: (each[2] or date.max, each[0].order))
    rows, busy_until = [], today - ONE_DAY
    for step, anchor, latest in known:
        if not step.is_open or latest is None:
            rows.append(Row(step, anchor, latest, step.done_on or step.planned_on))
            continue
        in_order = after_workdays(busy_until, step.duration)
        day = max(step.planned_on or in_order, today)
        # What is planned for later leaves its people free until then: steps may run side by side.
        busy_until = max(busy_until, min(in_order, day))
        rows.append(Row(step, anchor, latest, day, workdays_between(day, latest)))
    return tuple(rows)


def missing_days(rows: Iterable[Row]) -> tuple[str, ...]:
    """The days without which steps have no latest day, each once."""
    return tuple(dict.fromkeys(row.anchor.name for row in rows if row.step.is_open and row.anchor.day is None))


def a_year_later(day: date) -> date:
    """The same day of the next year, moved to the working day before where the city hall is closed on it."""
    leap_day = (day.month, day.day) == (2, 29)
    return last_workday(day.replace(year=day.year + 1, day=28 if leap_day else day.day))


def next_assumed(closes_on: date, today: date) -> date:
    """When a call that comes every year closes next, if it comes on the same day again."""
    day = a_year_later(closes_on)
    while day < today:
        day = a_year_later(day)
    return day
