"""The training of the demo city on 14 October 2022."""

from decimal import Decimal
from typing import Any

import pytest

from apps.core.registry import figures, standpoint_today
from apps.training.models import Course, TrainingPlan
from apps.training.selectors import gap_table
from tests.city.demo_city import person
from tests.pages import text_of

pytestmark = pytest.mark.usefixtures("demo_city")

SHORT = {
    "EXPERT": [0, 1, 2, 3],
    "LEADER": [24, 69, 99, 130],
    "MANAGER": [74, 74, 76, 76],
    "GENERAL": [59, 119, 119, 119],
}


def test_which_people_are_missing() -> None:
    table = gap_table()
    assert [int(year) for year in table.years] == [2022, 2023, 2024, 2025]
    assert {line.profile.code: [gap.short for gap in line.gaps] for line in table.lines} == SHORT
    assert {int(gap.estimated_in or 0) for line in table.lines for gap in line.gaps} == {2022}


def test_the_figures(client_for: Any) -> None:
    here, client = standpoint_today(person("u001")), client_for(person("u001"))
    names = ("courses", "courses_ad_hoc", "sessions_held", "completed", "gap", "leader_gap")
    found = {name: figures[f"training.{name}"].count(here) for name in names}
    assert found == {
        "courses": 9,
        "courses_ad_hoc": 2,
        "sessions_held": 10,
        "completed": 1_791,
        "gap": 157,
        "leader_gap": 24,
    }
    for name in names[:3]:
        assert client.get(figures[f"training.{name}"].link(here)).context["total"] == found[name]
    held = client.get(figures["training.completed"].link(here), {}).context["table"].rows
    assert sum(row.completed for row in held) == 1_791


def test_the_share_outside_of_plans(client_for: Any) -> None:
    """By hand, from demo/training.yaml: 9 courses, of which the AI study group and the news of the advisor, stand in
    no plan: 2/9 = 22.2 %. Of 10 sessions held they are 2: 20.0 %. Of 1,791 people who completed these, 671: 37.5 %.
    """
    here, client = standpoint_today(person("u001")), client_for(person("u001"))
    counted = {"courses": "22.2", "sessions": "20.0", "people": "37.5"}
    for name, share in counted.items():
        assert str(figures[f"training.share_ad_hoc_{name}"].count(here)) == share
    assert Decimal(2 * 100) / 9 == pytest.approx(Decimal("22.2"), abs=Decimal("0.05"))
    assert Decimal(671 * 100) / 1_791 == pytest.approx(Decimal("37.5"), abs=Decimal("0.05"))
    courses = client.get(figures["training.share_ad_hoc_courses"].link(here))
    assert {row.name for row in courses.context["table"].rows} == {"AI勉強会", "専門監からの情報発信"}
    held = client.get(figures["training.share_ad_hoc_people"].link(here))
    assert held.context["total"] == 2
    assert held.context["notes"] == ["修了 計671人"]


def test_the_page_says_so(client_for: Any) -> None:
    page = text_of(client_for(person("u016")).get("/training/"))
    for number in ("1,060", "941", "130", "119"):
        assert f">{number}<" in page
    assert "DX人材育成計画（令和4～7年度）" in page


def test_the_plan(client_for: Any) -> None:
    plan = TrainingPlan.objects.get()
    table = client_for(person("u016")).get(plan.get_absolute_url()).context["table"]
    assert [int(year) for year in table.years] == [2022, 2023, 2024, 2025]
    assert [sum(marks[at] for _course, marks in table.courses) for at in range(4)] == [7, 7, 4, 3]
    assert (table.costs_k, table.total_k) == ([None, 13_946, 14_200, 13_500], 41_646)
    initiative = plan.initiative
    assert initiative is not None
    page = text_of(client_for(person("u016")).get(initiative.get_absolute_url()))
    assert plan.name in page


def test_a_course(client_for: Any) -> None:
    course = Course.objects.get(name="DX推進リーダー育成プログラム")
    response = client_for(person("u006")).get(course.get_absolute_url())
    assert response.context["hours"] == 38
    assert [session.completed for session in response.context["record"].sessions.all()] == [23, 21, 0, 0]
    assert [hurdle.source_key for hurdle in response.context["hurdles"]] == ["H-015", "H-017"]
    actuals = [each.actual for each in response.context["record"].evaluations.all()]
    assert [actual is None for actual in actuals] == [False, False, True, True]


def test_lists(client_for: Any) -> None:
    client = client_for(person("u016"))
    assert client.get("/training/courses/?adhoc=yes").context["total"] == 2
    assert client.get("/training/courses/?profile=LEADER").context["total"] == 4
    assert client.get("/training/sessions/").context["total"] == 19
    assert client.get("/training/sessions/?coming=yes").context["total"] == 9
    assert "is-late" not in text_of(client.get("/training/sessions/"))


def test_a_hurdle_shows_the_courses_that_help(client_for: Any) -> None:
    page = text_of(client_for(person("u006")).get("/hurdles/H-2022-0015/"))
    panel = page.split('id="training-courses"')[1].split("</section>")[0]
    assert panel.count("<a ") == 3
