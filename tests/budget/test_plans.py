"""Introduction plans: who sees them, the list, the page, and what the review says."""

from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.selectors import visible_plans
from apps.core.history import act, declare_event
from apps.core.registry import figures, standpoint_today
from apps.organization.choices import RoleKind
from tests.factories import IntroductionPlanFactory, ProposalFactory, ReviewCriterionFactory, UnitFactory, user_with
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/budget/plans/"
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"
TESTED = declare_event("budget.plan.tested", "試験")
OWN_ONLY = {"viewer", "promoter", "manager", "personnel"}


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def listed(client: Any, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"{LIST}?format=json{query}")
    assert response.status_code == 200, text_of(response)
    return list(response.json())


@pytest.mark.parametrize("role", [role.value for role in RoleKind])
def test_who_sees_which_plans(role: str, client_for: Any) -> None:
    user = user_with(role)
    own, other = IntroductionPlanFactory(unit=user.unit), IntroductionPlanFactory()
    IntroductionPlanFactory(unit=user.unit, archived_at="2022-10-01T00:00+09:00")
    expected = {own} if role in OWN_ONLY else set() if role == "administrator" else {own, other}
    assert set(visible_plans(user)) == expected
    client = client_for(user)
    assert {row["title"] for row in listed(client)} == {plan.title for plan in expected}
    for plan in (own, other):
        assert client.get(plan.get_absolute_url()).status_code == (200 if plan in expected else 404)


def test_without_a_role_nobody_sees_the_list(client_for: Any) -> None:
    assert client_for(user_with()).get(LIST).status_code == 403


def test_filters_sorting_and_files(client: Any) -> None:
    unit = UnitFactory(code="A304")
    IntroductionPlanFactory(title="ｶﾞﾊﾞﾒﾝﾄ", unit=unit, kind="renewal", result="fit", priority_case=True, points=[5, 5])
    IntroductionPlanFactory(title=NASTY, result="returned", reviewed_on=date(2022, 9, 22), points=[1, 2, 3])
    IntroductionPlanFactory(title="まだ", fiscal_year=2024)
    for query, expected in {
        "": ["ｶﾞﾊﾞﾒﾝﾄ", NASTY, "まだ"],
        "&unit=A304": ["ｶﾞﾊﾞﾒﾝﾄ"],
        "&kind=renewal": ["ｶﾞﾊﾞﾒﾝﾄ"],
        "&result=fit": ["ｶﾞﾊﾞﾒﾝﾄ"],
        "&result=reviewed": ["ｶﾞﾊﾞﾒﾝﾄ", NASTY],
        "&result=waiting": ["まだ"],
        "&priority=yes": ["ｶﾞﾊﾞﾒﾝﾄ"],
        "&year=2024": ["まだ"],
        "&year=2023&result=returned": [NASTY],
        "&q=ガバメント": ["ｶﾞﾊﾞﾒﾝﾄ"],
        "&q=届出書 髙": [NASTY],
        "&sort=-reviewed_on": [NASTY, "ｶﾞﾊﾞﾒﾝﾄ", "まだ"],
        "&sort=-points": ["ｶﾞﾊﾞﾒﾝﾄ", NASTY, "まだ"],
    }.items():
        assert [row["title"] for row in listed(client, query)] == expected, query
    assert [(row["points"], row["points_max"]) for row in listed(client)] == [(10, 10), (6, 15), (None, None)]
    for query in ("?colour=red", "?sort=proposal", "?format=pdf", "?unit=9999", "?year=1999", "?priority=no"):
        assert client.get(f"{LIST}{query}").status_code == 400, query
    for kind in ("xlsx", "csv", "csv-cp932"):
        response = client.get(f"{LIST}?format={kind}")
        assert response["Content-Disposition"].startswith('attachment; filename="introduction-plans-20221014.')
        assert f"filename*=UTF-8''{quote('導入計画書_20221014')}." in response["Content-Disposition"]


def test_the_year_of_the_request_can_be_chosen_before_there_is_a_plan(client: Any) -> None:
    response = client.get(f"{LIST}?year=2023")
    assert (response.status_code, response.context["total"]) == (200, 0)
    assert 'class="empty"' in text_of(response)


def test_the_page_says_what_was_judged(client: Any) -> None:
    plan = IntroductionPlanFactory(
        title=NASTY, simplified_first="<i>帳票</i>をやめる。", result="conditional", priority_case=True
    )
    for name, points, most in (("必要性", 4, 5), ("財源", 1, 5), ("効果", 7, 10)):
        plan.points.create(criterion=ReviewCriterionFactory(name=name, max_points=most), points=points)
    response = client.get(plan.get_absolute_url())
    page = text_of(response)
    assert (response.context["record"].points_sum, response.context["record"].points_max) == (12, 20)
    for words in (
        "&lt;b&gt;髙𠮷\ufa19&lt;/b&gt;=cmd|",
        "&lt;i&gt;帳票&lt;/i&gt;をやめる。",
        "必要性",
        "令和4年9月12日",
    ):
        assert words in page, words
    assert "<b>髙" not in page
    assert plan.get_result_display() in page
    assert len(set(ids_of(response))) == len(ids_of(response))


def test_an_empty_answer_is_said_plainly(client: Any) -> None:
    empty, written = (IntroductionPlanFactory(simplified_first=text) for text in ("", "台帳を一本化する。"))
    sentence = '<p class="u-strong">'
    assert sentence in text_of(client.get(empty.get_absolute_url()))
    assert sentence not in text_of(client.get(written.get_absolute_url()))


def test_a_proposal_is_named_where_one_sees_it(client: Any, client_for: Any) -> None:
    manager = user_with("manager")
    plan = IntroductionPlanFactory(unit=manager.unit, proposal=ProposalFactory(name="道路占用の受付"))
    for browser, seen in ((client, True), (client_for(manager), False)):
        pages = [text_of(browser.get(url)) for url in (LIST, plan.get_absolute_url())]
        assert [("道路占用の受付" in page, plan.proposal.get_absolute_url() in page) for page in pages] == [
            (seen, seen)
        ] * 2
        assert [row["proposal"] for row in listed(browser)] == ["道路占用の受付" if seen else None]


def test_the_history_tells_of_points(client: Any) -> None:
    with act(TESTED, by=user_with("secretariat", name="事務 太郎")):
        plan = IntroductionPlanFactory(points=[4])
    response = client.get(plan.get_absolute_url())
    assert [entry.actor for entry in response.context["entries"]] == ["事務 太郎"]
    assert "事務 太郎" in text_of(response)


def test_an_unknown_address_is_404(client: Any) -> None:
    for address in ("00000000-0000-0000-0000-000000000000", "x"):
        assert client.get(f"{LIST}{address}/").status_code == 404


@pytest.mark.parametrize("role", ["secretariat", "manager"])
def test_figures_open_what_they_count(role: str, client_for: Any) -> None:
    user = user_with(role)
    for unit in (user.unit, UnitFactory()):
        IntroductionPlanFactory(unit=unit, result="fit", priority_case=True)
        IntroductionPlanFactory(unit=unit, result="returned")
        IntroductionPlanFactory(unit=unit, priority_case=True)
        IntroductionPlanFactory(unit=unit, result="fit", priority_case=True, fiscal_year=2022)
        ProposalFactory(requesting_unit=unit)
    here, client, times = standpoint_today(user), client_for(user), 2 if role == "secretariat" else 1
    for name, count in {"plans_reviewed": 2, "priority_cases": 2, "proposals": 1}.items():
        figure = figures[f"budget.{name}"]
        assert figure.records
        assert figure.count(here) == figure.records(here).count() == count * times, name
        assert client.get(figure.link(here)).context["total"] == count * times, name


def test_queries_do_not_grow(client: Any) -> None:
    counts = []
    for number in (2, 12):
        for _each in range(number):
            plan = IntroductionPlanFactory(proposal=ProposalFactory(), points=[1] * number)
        for url in (f"{LIST}?size=100", f"{LIST}?format=json", plan.get_absolute_url()):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 26, counts
