"""The intent survey: who sees the answers, the list with its sum, and the page."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.selectors import visible_intents
from apps.core.registry import figures, standpoint_today
from apps.organization.choices import RoleKind
from tests.factories import IntentFactory, UnitFactory, user_with
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/budget/intents/"
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"
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
def test_who_sees_which_intents(role: str, client_for: Any) -> None:
    user = user_with(role)
    own, other = IntentFactory(unit=user.unit), IntentFactory()
    IntentFactory(unit=user.unit, archived_at="2022-10-01T00:00+09:00")
    expected = {own} if role in OWN_ONLY else set() if role == "administrator" else {own, other}
    assert set(visible_intents(user)) == expected
    client = client_for(user)
    assert {row["title"] for row in listed(client)} == {intent.title for intent in expected}
    for intent in (own, other):
        assert client.get(intent.get_absolute_url()).status_code == (200 if intent in expected else 404)


def test_without_a_role_nobody_sees_the_list(client_for: Any) -> None:
    assert client_for(user_with()).get(LIST).status_code == 403


def test_filters_sorting_and_files(client: Any) -> None:
    unit = UnitFactory(code="A401")
    IntentFactory(title="ｽﾏｰﾄ窓口", unit=unit, amount_k=70_000, quarter=4, readiness=2)
    IntentFactory(title=NASTY, amount_k=None, quarter=1, source="地方債", answered_on=date(2022, 7, 1))
    IntentFactory(title="翌年", fiscal_year=2024, amount_k=5_000, quarter=None, readiness=None)
    for query, expected in {
        "": ["ｽﾏｰﾄ窓口", NASTY, "翌年"],
        "&unit=A401": ["ｽﾏｰﾄ窓口"],
        "&year=2024": ["翌年"],
        "&readiness_min=3": [NASTY],
        "&q=スマート": ["ｽﾏｰﾄ窓口"],
        "&q=地方債": [NASTY],
        "&sort=start": [NASTY, "ｽﾏｰﾄ窓口", "翌年"],
        "&sort=-amount_k": ["ｽﾏｰﾄ窓口", "翌年", NASTY],
        "&sort=answered_on": [NASTY, "ｽﾏｰﾄ窓口", "翌年"],
    }.items():
        assert [row["title"] for row in listed(client, query)] == expected, query
    assert [row["amount_k"] for row in listed(client)] == [70_000, None, 5_000]
    starts = [row["start"] for row in listed(client)]
    assert all(f"{quarter}" in start for quarter, start in zip((4, 1), starts, strict=False))
    assert starts[2] == "令和6年度"
    for query in ("?colour=red", "?sort=what", "?format=pdf", "?unit=9999", "?year=1999", "?readiness_min=9"):
        assert client.get(f"{LIST}{query}").status_code == 400, query
    for kind in ("xlsx", "csv", "csv-cp932"):
        response = client.get(f"{LIST}?format={kind}")
        assert response["Content-Disposition"].startswith('attachment; filename="intents-20221014.')


def test_the_foot_sums_what_is_shown(client: Any) -> None:
    for amount in (12_000, 70_000, None):
        IntentFactory(amount_k=amount)
    (total,) = [cell["value"] for cell in client.get(LIST).context["table"].foot if "82" in cell["value"]]
    assert total == "82,000"
    assert "82,000" in text_of(client.get(LIST))
    assert client.get(f"{LIST}?year=2023&readiness_min=5").context["table"].foot == []


def test_the_page_shows_the_answer(client: Any) -> None:
    intent = IntentFactory(title=NASTY, source="<i>国</i>の交付金", amount_k=130_000, quarter=2)
    response = client.get(intent.get_absolute_url())
    page = text_of(response)
    assert "令和5年度" in response.context["start"]
    assert "2" in response.context["start"]
    for words in ("&lt;b&gt;髙𠮷\ufa19&lt;/b&gt;=cmd|", "&lt;i&gt;国&lt;/i&gt;の交付金", "130,000", "令和4年7月15日"):
        assert words in page, words
    assert "<b>髙" not in page
    assert len(response.context["entries"]) == 1
    assert len(set(ids_of(response))) == len(ids_of(response))


def test_an_intent_without_details_is_no_error(client: Any) -> None:
    intent = IntentFactory(amount_k=None, quarter=None, source="", readiness=None)
    assert client.get(intent.get_absolute_url()).status_code == 200
    assert client.get(LIST).status_code == 200


def test_an_unknown_address_is_404(client: Any) -> None:
    for address in ("00000000-0000-0000-0000-000000000000", "x"):
        assert client.get(f"{LIST}{address}/").status_code == 404


@pytest.mark.parametrize(("role", "count"), [("secretariat", 4), ("manager", 2)])
def test_the_figure_opens_what_it_counts(role: str, count: int, client_for: Any) -> None:
    user = user_with(role)
    for unit in (user.unit, UnitFactory()):
        for year in (2023, 2023, 2022):
            IntentFactory(unit=unit, fiscal_year=year)
    here, figure = standpoint_today(user), figures["budget.intents"]
    assert figure.records
    assert figure.count(here) == figure.records(here).count() == count
    assert client_for(user).get(figure.link(here)).context["total"] == count


def test_queries_do_not_grow(client: Any) -> None:
    counts = []
    for number in (2, 12):
        for _each in range(number):
            intent = IntentFactory()
        for url in (f"{LIST}?size=100", f"{LIST}?format=json", intent.get_absolute_url()):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 17, counts
