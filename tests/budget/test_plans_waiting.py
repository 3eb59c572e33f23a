"""Which introduction plans wait for whom, what of them goes with a post, and what the demo city says of its five."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.holdings import _open_of, _plans
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import days_of_review, plan_list
from apps.budget.services import edit_plan, return_plan, submit_plan
from apps.budget.waits.cases import plans_for_review, plans_of_the_section
from apps.core.fiscal import FiscalYear
from apps.organization.models import CalendarEvent
from tests.budget.whole_plans import plan_in, whole_plan
from tests.city.demo_city import person
from tests.factories import IntroductionPlanFactory, UnitFactory, user_with

pytestmark = pytest.mark.django_db

WAITS = (plans_of_the_section, plans_for_review)


@pytest.fixture
def people() -> dict[str, Any]:
    """A section with a promoter, a manager and an officer; the team and the secretariat elsewhere."""
    unit = UnitFactory(name="市民課")
    found = {role: user_with(role, unit=unit) for role in ("promoter", "manager", "viewer")}
    for day, title in ((date(2022, 10, 31), "導入計画書の提出期限"), (date(2022, 11, 30), "事前審査の終了")):
        CalendarEvent.objects.create(
            fiscal_year=FiscalYear(2022), date=day, title=title, kind="pre_review", source_key=title
        )
    return {"unit": unit, "member": user_with("member"), "secretariat": user_with("secretariat"), **found}


def waiting(people: dict[str, Any]) -> dict[str, list[str]]:
    """Who of them is asked to do what."""
    found = {
        name: [task.action for source in WAITS for task in source(user)]
        for name, user in people.items()
        if name != "unit"
    }
    return {name: actions for name, actions in found.items() if actions}


def test_from_the_draft_to_the_review_it_waits_for_the_next_one(people: Any) -> None:
    plan = IntroductionPlanFactory(unit=people["unit"])
    assert waiting(people) == {"promoter": ["開く"], "manager": ["開く"]}
    (task,) = plans_of_the_section(people["promoter"])
    assert task.due == date(2022, 10, 31)
    assert "まだ書かれていません：現状と課題" in task.note
    plan.delete()
    plan = whole_plan(unit=people["unit"])
    assert waiting(people) == {"manager": ["事前審査に提出する"]}
    submit_plan(plan=plan, by=people["manager"])
    assert waiting(people) == {"member": ["審査する"], "secretariat": ["審査する"]}
    (task,) = plans_for_review(people["member"])
    assert task.due == date(2022, 11, 30)
    return_plan(plan=plan, reason="体制が無い。", by=people["member"])
    assert waiting(people) == {"promoter": ["直す"], "manager": ["直す"]}, "once, and not to be handed in as it is"
    (task,) = plans_of_the_section(people["promoter"])
    assert task.note == "体制が無い。"
    edit_plan(plan=plan, version=plan.version, values={"staffing": ""}, by=people["promoter"])
    assert waiting(people) == {"promoter": ["直す"], "manager": ["直す"]}, "something is missing still"
    edit_plan(plan=plan, version=plan.version, values={"staffing": "窓口係5人"}, by=people["promoter"])
    assert waiting(people) == {"manager": ["事前審査に提出する"]}
    (task,) = plans_of_the_section(people["manager"])
    assert "差戻しの後に直され" in task.note
    plan_in("reviewed", unit=people["unit"])
    assert waiting(people) == {"manager": ["事前審査に提出する"]}, "what is reviewed waits for nobody"


def test_where_there_is_no_manager_the_secretariat_hands_in(people: Any) -> None:
    whole_plan(unit=UnitFactory())
    assert waiting(people) == {"secretariat": ["事前審査に提出する"]}


def test_where_nobody_writes_for_the_section_a_plan_that_lacks_something_or_came_back_waits_for_the_secretariat(
    people: Any,
) -> None:
    unit = UnitFactory()
    IntroductionPlanFactory(unit=unit)
    returned = plan_in("returned", unit=unit)
    assert waiting(people) == {"secretariat": ["開く", "直す"]}
    promoter = user_with("promoter", unit=unit)
    assert waiting({**people, "its own": promoter}) == {"its own": ["開く", "直す"]}
    edit_plan(plan=returned, version=returned.version, values={"staffing": "窓口係5人"}, by=promoter)
    assert waiting({**people, "its own": promoter}) == {"its own": ["開く"], "secretariat": ["事前審査に提出する"]}


def test_without_days_in_the_calendar_nothing_is_due(people: Any) -> None:
    CalendarEvent.objects.all().delete()
    assert days_of_review(FiscalYear(2023)) == (None, None)
    whole_plan(unit=people["unit"])
    (task,) = plans_of_the_section(people["manager"])
    assert task.due is None


def test_what_goes_with_the_post(people: Any) -> None:
    kept = [plan_in(status, unit=people["unit"]) for status in ("draft", "submitted", "returned", "reviewed")][:3]
    plan_in("draft")
    day, leavers = date(2023, 4, 1), [people["promoter"].pk, people["viewer"].pk]
    held = list(_plans(leavers, day, people["secretariat"]))
    assert [(each.person, each.key) for each in held] == [(people["promoter"].pk, str(plan.uid)) for plan in kept]
    assert _open_of([people["unit"].pk], people["secretariat"]) == 3
    assert list(_plans(leavers, day, user_with("promoter"))) == []


def test_queries_do_not_grow(people: Any) -> None:
    counts = []
    for number in (3, 30):
        for _each in range(number):
            IntroductionPlanFactory(unit=people["unit"])
            whole_plan(unit=people["unit"])
            plan_in("submitted", unit=people["unit"])
        for name in ("manager", "secretariat"):
            assert waiting({name: people[name]})  # reads the roles, which are kept
            with CaptureQueriesContext(connection) as queries:
                tasks = [task for source in WAITS for task in source(people[name])]
            counts.append(len(queries))
    assert len(tasks) == 33
    assert counts[:2] == counts[2:], counts


@pytest.mark.usefixtures("demo_city")
def test_the_points_of_the_demo_city_are_those_of_its_file() -> None:
    secretary = person("u006")
    rows = {row.source_key: row for row in plan_list(secretary)}
    expected = {"IP-01": 23, "IP-02": 24, "IP-03": 21, "IP-04": 20, "IP-05": 14}
    assert {key: (row.points_sum, row.points_max) for key, row in rows.items()} == {
        key: (points, 30) for key, points in expected.items()
    }
    statuses = {key: (row.status, row.result) for key, row in rows.items()}
    assert statuses["IP-05"] == ("returned", "returned")
    assert statuses["IP-03"] == ("reviewed", "conditional")
    assert IntroductionPlan.objects.filter(priority_case=True).count() == 3
    assert days_of_review(FiscalYear(2023)) == (date(2022, 8, 31), date(2022, 9, 30))
