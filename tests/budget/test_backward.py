"""The backward plan: every day counted by hand on the calendar of 2022 and 2023."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.budget.choices import Anchor
from apps.budget.selectors.backward import AnchorDay, BackwardPlan, Step, a_year_later, next_assumed, work_back
from apps.core.workdays import is_workday

TODAY = date(2022, 10, 14)
DEADLINE = {
    Anchor.APPLICATION: AnchorDay("申請", date(2023, 2, 8)),
    Anchor.CONSULTATION: AnchorDay("事前相談", date(2023, 1, 31)),
    Anchor.REQUEST: AnchorDay("予算要求", date(2022, 11, 2)),
    Anchor.PRE_REVIEW: AnchorDay("導入計画書"),
}


def a_step(name: str = "申請", workdays: int = 0, duration: int = 1, anchor: str = Anchor.APPLICATION, **more) -> Step:
    return Step(name=name, anchor=anchor, workdays=workdays, duration=duration, **more)


def plan_of(*steps: Step, today: date = TODAY) -> BackwardPlan:
    return BackwardPlan(work_back(steps, DEADLINE, today), DEADLINE[Anchor.APPLICATION], today)


def test_the_slack_of_a_planned_step_are_the_working_days_after_it():
    (row,) = plan_of(a_step(workdays=30, planned_on=date(2022, 12, 15))).rows
    assert (row.latest, row.slack) == (date(2022, 12, 21), 4)  # 16, 19, 20, 21


def test_a_planned_day_that_has_passed_counts_as_today():
    (row,) = plan_of(a_step(planned_on=date(2022, 10, 3)), today=date(2023, 2, 6)).rows
    assert (row.day, row.slack, row.has_slipped, row.is_late) == (date(2023, 2, 6), 2, True, False)


def test_what_is_not_planned_is_done_in_order_from_today():
    plan = plan_of(a_step("案", 18, 10), a_step("見積り", 30, 20), a_step("申請", 0, 3))
    assert [row.step.name for row in plan.rows] == ["見積り", "案", "申請"]
    # 20 working days from 14 October on end on 11 November (3 November is 文化の日), 10 more on 28 November
    # (23 November is 勤労感謝の日), 3 more on 1 December.
    assert [row.day for row in plan.rows] == [date(2022, 11, 11), date(2022, 11, 28), date(2022, 12, 1)]
    assert plan.narrowest
    assert (plan.narrowest.step.name, plan.narrowest.slack) == ("見積り", 27)


def test_what_is_planned_for_later_does_not_hold_up_the_rest():
    quotes, draft = a_step("見積り", 30, 20, planned_on=date(2022, 12, 15)), a_step("体制", 26, 15)
    rows = plan_of(quotes, draft).rows
    # The quotes alone would be done on 11 November, so the other step ends 15 working days later, on 5 December.
    assert [(row.day, row.slack) for row in rows] == [(date(2022, 12, 15), 4), (date(2022, 12, 5), 16)]


def test_it_is_too_late_when_a_latest_day_has_passed():
    plan = plan_of(a_step(workdays=30), today=date(2022, 12, 22))
    assert plan.is_too_late
    assert plan.rows[0].slack == -1
    assert not plan_of(a_step(workdays=30), today=date(2022, 12, 21)).is_too_late


def test_it_is_too_late_when_what_remains_no_longer_fits_in_order():
    steps = a_step("見積り", 5, 5), a_step("案", 1, 5), a_step("申請", 0, 3)
    # 20 January: 5 working days end on the 26th, 5 more on 2 February, 3 more on the 7th.
    assert not plan_of(*steps, today=date(2023, 1, 20)).is_too_late
    late = plan_of(*steps, today=date(2023, 1, 26))  # 1 February, then the 8th: the draft had to be there on the 7th
    assert late.first_late
    assert (late.first_late.step.name, late.first_late.latest) == ("案", date(2023, 2, 7))
    assert [row.slack for row in late.rows] == [0, -1, -3]


def test_what_is_done_or_not_needed_has_no_slack_and_takes_no_time():
    plan = plan_of(
        a_step("見積り", 30, 20, done_on=date(2022, 10, 11)),
        a_step("体制", 26, 15, not_needed=True),
        a_step("案", 18, 10, is_done=True),
        a_step("申請", 0, 3),
    )
    assert [row.slack for row in plan.rows] == [None, None, None, 74]  # from 18 October, the third day
    assert not plan.is_done
    assert plan_of(a_step(is_done=True), a_step(not_needed=True)).is_done


def test_a_step_without_its_day_says_which_one_is_missing():
    (row,) = plan_of(a_step("事前審査", anchor=Anchor.PRE_REVIEW)).rows
    assert (row.latest, row.slack, row.anchor.name) == (None, None, "導入計画書")


def test_a_deadline_on_a_closed_day_counts_as_the_open_day_before():
    saturday = {Anchor.APPLICATION: AnchorDay("申請", date(2023, 5, 6))}
    rows = work_back([a_step(), a_step(workdays=1, order=1)], saturday, TODAY)
    assert [row.latest for row in rows] == [date(2023, 5, 1), date(2023, 5, 2)]


def test_the_same_day_of_the_next_year_on_a_working_day():
    assert a_year_later(date(2023, 2, 8)) == date(2024, 2, 8)
    assert a_year_later(date(2022, 2, 25)) == date(2023, 2, 24)  # a Saturday
    assert a_year_later(date(2024, 2, 29)) == date(2025, 2, 28)
    assert a_year_later(date(2021, 12, 29)) == date(2022, 12, 28)
    assert next_assumed(date(2020, 2, 3), date(2022, 10, 14)) == date(2023, 2, 3)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 25)), min_size=1, max_size=9),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
)
def test_it_is_in_time_exactly_if_every_step_ends_by_its_latest_day(steps, deadline, before):
    today = date.fromordinal(deadline.toordinal() - before)
    anchors = {Anchor.APPLICATION: AnchorDay("申請", deadline)}
    given_steps = [a_step(str(n), workdays, duration, order=n) for n, (workdays, duration) in enumerate(steps)]
    rows = work_back(given_steps, anchors, today)
    assert all(is_workday(row.latest) for row in rows)
    assert [row.latest for row in rows] == sorted(row.latest for row in rows)
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    late = any(row.day > row.latest for row in rows)
    assert BackwardPlan(rows, anchors[Anchor.APPLICATION], today).is_too_late is late


pytestmark = pytest.mark.filterwarnings("error")
