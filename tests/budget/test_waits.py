"""What waits in the budget: the survey for silent sections, and how often a person's “My work” asks the database."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.models import Intent, Proposal
from apps.budget.selectors.survey import sections_without_answer, survey_days, survey_end
from apps.budget.services import create_intent
from apps.budget.waits.asking import RULES, waiting_in_the_budget
from apps.budget.waits.intents import intents_to_answer
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.models import CalendarEvent, Role, User
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)
# Statements that “My work” asks because of the budget, as measured; before they were 20, 20, 25, and 17.
STATEMENTS = {"u006": 9, "u009": 10, "u013": 12, "u014": 7}


def statements(number: str) -> int:
    user = person(number)
    assert user.unit_ids  # asked by every page before
    with CaptureQueriesContext(connection) as queries:
        list(waiting_in_the_budget(user))
    return len(queries)


@pytest.mark.parametrize(("number", "most"), STATEMENTS.items())
def test_so_many_statements_and_no_more_with_more_cases(number: str, most: int):
    assert statements(number) <= most
    like = Proposal.objects.get(source_key="B-03")
    names = ("budget_item", "requesting_unit", "kind", "stage", "fiscal_year", "grant")
    for place in range(30):
        given = {name: getattr(like, name) for name in names}
        Proposal.objects.create(name=f"髙島{place}", project_code=f"8-{place}", purpose="待ち時間", **given)
    assert statements(number) <= most


@pytest.mark.parametrize("day", [date(2022, 7, 15), date(2022, 10, 14), date(2022, 10, 28), date(2023, 3, 31)])
def test_asking_first_leaves_nothing_out(day: date, monkeypatch: Any):
    monkeypatch.setattr(clock, "today", lambda: day)
    found = 0
    for user in User.objects.filter(employee_number__startswith="u"):
        each_rule = [task for rule, _rows in RULES for task in rule(user)]
        assert list(waiting_in_the_budget(user)) == each_rule
        found += len(each_rule)
    assert found


def silent_manager() -> User:
    """The manager of a section that has answered nothing."""
    roles = Role.objects.on(date(2022, 7, 15)).filter(kind="manager", unit__in=sections_without_answer(YEAR))
    return roles.order_by("pk")[0].user


def titles(user: User) -> list[str]:
    return [task.title for task in intents_to_answer(User.objects.get(pk=user.pk))]


def test_a_section_without_an_answer_is_asked_until_plans_are_handed_in(monkeypatch: Any):
    user = silent_manager()
    until, plans_by = survey_days(YEAR)
    assert (until, plans_by) == (date(2022, 7, 31), date(2022, 8, 31))
    assert until == survey_end(YEAR)[0]
    asked = {}
    for day in (date(2022, 6, 29), date(2022, 6, 30), date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 1)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        asked[day.isoformat()] = [(task.due, task.is_late) for task in intents_to_answer(user)]
    assert asked == {
        "2022-06-29": [],
        "2022-06-30": [(until, False)],
        "2022-07-31": [(until, False)],
        "2022-08-31": [(until, True)],
        "2022-09-01": [],
    }


def test_the_answer_ends_it_and_others_are_not_asked(monkeypatch: Any):
    monkeypatch.setattr(clock, "today", lambda: date(2022, 7, 15))
    user = silent_manager()
    assert titles(user) == ["令和5年度の意向調査に答える"]
    answered = Intent.objects.filter(fiscal_year=YEAR, archived_at__isnull=True).values("unit")
    leaders = Role.objects.on(date(2022, 7, 15)).filter(kind="manager", unit__in=answered)
    others = [role.user for role in leaders if role.user.unit_ids == {role.unit_id}]
    assert others
    assert [titles(other) for other in others] == [[]] * len(others)
    unit = next(role.unit for role in user.roles_today if role.kind == "manager")
    values = {"unit": unit, "fiscal_year": YEAR, "title": "𠮷野窓口の予約"}
    create_intent(uid=uuid4(), values=values, by=user)
    assert titles(user) == []


def test_the_city_s_own_day_of_the_survey_counts(monkeypatch: Any):
    CalendarEvent.objects.create(fiscal_year=FiscalYear(2022), date=date(2022, 6, 10), kind="survey", title="意向調査")
    CalendarEvent.objects.filter(kind="survey").exclude(title="意向調査").delete()
    monkeypatch.setattr(clock, "today", lambda: date(2022, 5, 20))
    assert [task.due for task in intents_to_answer(silent_manager())] == [date(2022, 6, 10)]
