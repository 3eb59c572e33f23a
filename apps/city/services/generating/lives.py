"""The lives that hurdles lead: which states an old or a young one has come to, and the steps on the way there."""

import random
from datetime import date, timedelta

from apps.core.fiscal import FiscalYear
from apps.hurdles.choices import HurdleStatus as State

# Shares of states by age in days: what came in last week has hardly been looked at, what came years ago is settled.
SHARES: tuple[tuple[int, dict[State, int]], ...] = (
    (14, {State.SUBMITTED: 62, State.ORGANIZING: 26, State.RETURNED: 12}),
    (
        180,
        {
            State.SUBMITTED: 8, State.ORGANIZING: 26, State.RETURNED: 8, State.DRAFTING_POLICY: 16,
            State.AT_HEADQUARTERS: 5, State.POLICY_SET: 9, State.IN_PROGRESS: 14, State.PARTLY_RESOLVED: 3,
            State.RESOLVED: 4, State.PETITIONED: 2, State.DEFERRED: 2, State.MERGED: 3,
        },
    ),
    (
        100_000,
        {
            State.ORGANIZING: 4, State.RETURNED: 1, State.DRAFTING_POLICY: 5, State.AT_HEADQUARTERS: 1,
            State.POLICY_SET: 6, State.IN_PROGRESS: 20, State.PARTLY_RESOLVED: 10, State.RESOLVED: 36,
            State.PETITIONED: 4, State.DEFERRED: 7, State.MERGED: 6,
        },
    ),
)  # fmt: skip
TO_POLICY = (State.ORGANIZING, State.DRAFTING_POLICY, State.AT_HEADQUARTERS, State.POLICY_SET)
# After it was submitted.
STEPS: dict[State, tuple[State, ...]] = {
    State.SUBMITTED: (),
    State.ORGANIZING: (State.ORGANIZING,),
    State.RETURNED: (State.RETURNED,),
    State.DRAFTING_POLICY: TO_POLICY[:2],
    State.AT_HEADQUARTERS: TO_POLICY[:3],
    State.POLICY_SET: TO_POLICY,
    State.IN_PROGRESS: (*TO_POLICY, State.IN_PROGRESS),
    State.PARTLY_RESOLVED: (*TO_POLICY, State.IN_PROGRESS, State.PARTLY_RESOLVED),
    State.RESOLVED: (*TO_POLICY, State.IN_PROGRESS, State.RESOLVED),
    State.PETITIONED: (State.ORGANIZING, State.PETITIONED),
    State.DEFERRED: (State.ORGANIZING, State.DEFERRED),
    State.MERGED: (State.ORGANIZING, State.MERGED),
}
# What the history calls each step; the names are those that the services declare.
VERBS = {
    State.SUBMITTED: "hurdles.hurdle.submitted",
    State.ORGANIZING: "hurdles.hurdle.organized",
    State.RETURNED: "hurdles.hurdle.returned",
    State.DRAFTING_POLICY: "hurdles.hurdle.policy_drafted",
    State.AT_HEADQUARTERS: "hurdles.hurdle.put_before_headquarters",
    State.POLICY_SET: "hurdles.hurdle.policy_set",
    State.IN_PROGRESS: "hurdles.hurdle.started",
    State.PARTLY_RESOLVED: "hurdles.hurdle.partly_resolved",
    State.RESOLVED: "hurdles.hurdle.resolved",
    State.PETITIONED: "hurdles.hurdle.petitioned",
    State.DEFERRED: "hurdles.hurdle.deferred",
    State.MERGED: "hurdles.hurdle.merged",
}
# Each year brings more than the year before.
SHARE_OF_YEARS = (8, 14, 20, 27, 31)
LONGEST_STEP = 90


def days_of_reports(count: int, today: date) -> list[tuple[FiscalYear, date, int]]:
    """Fiscal year, first day and number of hurdles of the last five years, the present one up to today."""
    present = FiscalYear.of(today)
    years = [FiscalYear(present.year - back) for back in reversed(range(len(SHARE_OF_YEARS)))]
    shares = [count * share // sum(SHARE_OF_YEARS) for share in SHARE_OF_YEARS]
    shares[-1] += count - sum(shares)
    return [(year, year.start, share) for year, share in zip(years, shares, strict=True)]


def reported_on(year: FiscalYear, place: int, count: int, today: date) -> date:
    """The day on which the hurdle at a place of its year came in: spread over the year, so that numbers follow days."""
    last = min(year.end, today)
    return year.start + timedelta(days=((last - year.start).days + 1) * place // count)


def draw_state(chance: random.Random, age: int) -> State:
    shares = next(shares for limit, shares in SHARES if age <= limit)
    at = chance.random() * sum(shares.values())
    for state, share in shares.items():
        at -= share
        if at < 0:
            return state
    return State.SUBMITTED


def draw_days(chance: random.Random, first: date, steps: int, today: date) -> list[date]:
    """The days of the steps, in order, none of them in the future."""
    most = min((today - first).days, LONGEST_STEP * steps)
    days = sorted(int(most * chance.random() ** 1.3) for _step in range(steps))
    return [first + timedelta(days=day) for day in days]
