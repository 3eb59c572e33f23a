"""Introduction plans, intents and generations of grants of the demo city, counted by hand in demo/."""

import pytest
from django.test import Client

from apps.budget.models import BudgetYear, StageEntry
from apps.budget.selectors.budget_year import year_course
from apps.core.fiscal import FiscalYear
from apps.core.registry import figures, standpoint_today
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")


def browser(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("name", "everybody", "officer"),
    # 市民課 (u014) asks for B-03, has answered IN-02 and handed in IP-02.
    [("proposals", 8, 1), ("plans_reviewed", 5, 1), ("priority_cases", 3, 1), ("intents", 5, 1)],
)
def test_the_figures_open_what_they_count(name, everybody, officer):
    figure = figures[f"budget.{name}"]
    for number, count in (("u006", everybody), ("u009", everybody), ("u014", officer), ("u016", 0)):
        here = standpoint_today(person(number))
        assert figure.count(here) == count, number
        assert browser(number).get(figure.link(here)).context["total"] == count, number


def test_the_intents_add_up():
    page = browser("u009").get("/budget/intents/", {"year": "2023"})
    # 12,000 + 70,000 + 130,000 + 25,000 + 18,500 thousand yen.
    assert "255,500" in [cell["value"] for cell in page.context["table"].foot]


def test_the_plan_that_was_returned_had_nothing_to_simplify():
    (plan,) = browser("u006").get("/budget/plans/", {"result": "returned"}).context["table"].rows
    assert (plan.unit.name, plan.points_sum, plan.points_max, plan.simplified_first) == ("道路管理課", 14, 30, "")
    assert '<p class="u-strong">' in browser("u006").get(plan.get_absolute_url()).content.decode()


def test_the_generations_of_grants_are_a_table_to_look_up():
    page = browser("u016").get("/budget/grants/reference/").content.decode()
    names = (
        "デジタル田園都市国家構想推進交付金",
        "マイナンバーカード利用横展開事例創出型",
        "地域未来交付金",
        "10/10",
        "2.25",
    )
    assert all(words in page for words in names)


def test_a_proposal_names_its_initiative_and_its_plan():
    proposal = browser("u006").get("/budget/proposals/", {"q": "スマート窓口"}).context["table"].rows[0]
    page = browser("u006").get(proposal.get_absolute_url())
    assert [each.source_key for each in page.context["introduction_plans"]] == ["IP-02"]
    assert page.context["initiatives"].exists()
    assert browser("u006").get(page.context["initiatives"][0].get_absolute_url()).status_code == 200


def test_in_october_no_proposal_has_reached_a_stage():
    assert StageEntry.objects.count() == 0
    assert year_course(FiscalYear(2023), person("u009")).rows == []
    assert not BudgetYear.objects.filter(disclosed_on__isnull=False).exists()
