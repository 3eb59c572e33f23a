"""Reflections: one year on a page, what answers them, and what a person may see of that."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.registry import Standpoint, panels_for
from apps.organization.choices import RoleKind
from apps.reviews import figures
from apps.reviews.selectors import activities_visible_to, answers_of, reflection_list, reflections_visible_to
from tests.factories import (
    ActivityFactory,
    CourseFactory,
    InitiativeFactory,
    PetitionFactory,
    PolicyFactory,
    ProposalFactory,
    ReflectionFactory,
    ThemeFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/reviews/"
ROLES = [role.value for role in RoleKind]
LINKED = declare_event("reviews.test.linked", "結び付けた")
MAKERS = {
    "policy": lambda **fields: PolicyFactory(status="decided", **fields),
    "initiative": InitiativeFactory,
    "course": CourseFactory,
    "proposal": ProposalFactory,
    "petition": lambda **fields: PetitionFactory(status="submitted", **fields),
}


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def answer(reflection: Any, kind: str, **fields: Any) -> Any:
    """A new record of this kind that answers the reflection."""
    record = MAKERS[kind](**fields)
    getattr(reflection, f"{kind}_links").create(**{kind: record})
    return record


def texts(client: Any, query: str) -> list[str]:
    """The reflections in the list, in their order, read from its file for scripts."""
    response = client.get(f"{LIST}{query}&format=json")
    assert response.status_code == 200, text_of(response)
    return [row["text"] for row in response.json()]


@pytest.mark.parametrize("role", ROLES)
def test_whoever_holds_a_role_reads_them(role: str, client_for: Any) -> None:
    user = user_with(role)
    client = client_for(user)
    reflection, activity = ReflectionFactory(), ActivityFactory()
    ReflectionFactory(archived_at="2022-10-01T00:00+09:00")
    ActivityFactory(archived_at="2022-10-01T00:00+09:00")
    assert set(reflections_visible_to(user)) == {reflection}
    assert set(activities_visible_to(user)) == {activity}
    assert client.get(f"{LIST}?year=2021").status_code == 200
    assert client.get(reflection.get_absolute_url()).status_code == 200


def test_without_a_role_nothing_is_read(client_for: Any) -> None:
    user = user_with()
    reflection = ReflectionFactory()
    ActivityFactory()
    assert not reflections_visible_to(user).exists()
    assert not activities_visible_to(user).exists()
    assert client_for(user).get(LIST).status_code == 403
    assert client_for(user).get(reflection.get_absolute_url()).status_code == 404


def test_what_is_archived_or_unknown_does_not_exist(client: Any) -> None:
    archived = ReflectionFactory(archived_at="2022-10-01T00:00+09:00")
    assert client.get(archived.get_absolute_url()).status_code == 404
    assert client.get(f"{LIST}6f1c2b0e-0000-4000-8000-000000000000/").status_code == 404
    assert client.get(f"{LIST}RF-2021-01/").status_code == 404


class TestYears:
    def test_the_bare_address_leads_to_the_newest_year(self, client: Any) -> None:
        assert client.get(LIST)["Location"] == f"{LIST}?year=2021", "the year just over, where there is nothing yet"
        ReflectionFactory(fiscal_year=2019)
        assert client.get(LIST)["Location"] == f"{LIST}?year=2019"
        ActivityFactory(fiscal_year=2020)
        ReflectionFactory(fiscal_year=2022, archived_at="2022-10-01T00:00+09:00")
        assert client.get(LIST)["Location"] == f"{LIST}?year=2020"

    def test_one_year_on_a_page(self, client: Any) -> None:
        ActivityFactory(title="窓口の指針", result="<b>採用</b>した窓口は2つ。")
        ActivityFactory(title="古い取組", fiscal_year=2020)
        ReflectionFactory(text="続いていない")
        ReflectionFactory(text="古い反省点", fiscal_year=2020)
        response = client.get(f"{LIST}?year=2021")
        page = text_of(response)
        assert [row.text for row in response.context["table"].rows] == ["続いていない"]
        assert page.index("窓口の指針") < page.index("&lt;b&gt;採用&lt;/b&gt;") < page.index("続いていない")
        assert "古い取組" not in page
        assert [year["current"] for year in response.context["years"]] == [True, False]
        older = text_of(client.get(response.context["years"][1]["url"].replace("?", f"{LIST}?")))
        assert "古い取組" in older
        assert "古い反省点" in older

    def test_a_search_shows_its_hits_and_no_activities(self, client: Any) -> None:
        ActivityFactory(title="窓口の指針")
        ReflectionFactory(text="研修が続いていない")
        for query in (f"?year=2021&q={quote('研修')}", "?year=2021&answered=no", "?answered=no", "?year="):
            response = client.get(f"{LIST}{query}")
            assert "窓口の指針" not in text_of(response), query
            assert response.context["total"] == 1
        assert "窓口の指針" in text_of(client.get(f"{LIST}?year=2021&q=&sort=level"))

    def test_a_year_with_nothing_says_so(self, client: Any) -> None:
        response = client.get(f"{LIST}?year=2021")
        assert (response.status_code, response.context["total"]) == (200, 0)
        assert "empty__title" in text_of(response)


class TestList:
    def test_each_filter(self, client: Any) -> None:
        work, money = ThemeFactory(name="働き方"), ThemeFactory(name="投資")
        ReflectionFactory(text="a", level="general", theme=work)
        answer(ReflectionFactory(text="b オンライン", theme=money), "initiative")
        ReflectionFactory(text="c", fiscal_year=2020, theme=None)
        for query, expected in {
            "?year=2021": ["a", "b オンライン"],
            "?year=": ["a", "b オンライン", "c"],
            "?year=2020": ["c"],
            "?level=general": ["a"],
            f"?theme={quote('投資')}": ["b オンライン"],
            "?answered=no": ["a", "c"],
            "?answered=yes": ["b オンライン"],
            "?year=2021&answered=no": ["a"],
            f"?q={quote('ｵﾝﾗｲﾝ')}": ["b オンライン"],
        }.items():
            assert texts(client, query) == expected, query

    @pytest.mark.parametrize(
        "query", ["?colour=red", "?sort=text", "?format=pdf", "?year=1999", "?level=x", "?theme=x", "?answered=maybe"]
    )
    def test_what_the_list_does_not_know_is_refused(self, query: str, client: Any) -> None:
        ReflectionFactory(text="見えないはず")
        response = client.get(f"{LIST}{query}")
        assert response.status_code == 400
        assert "見えないはず" not in text_of(response)

    def test_sorting(self, client: Any) -> None:
        answer(ReflectionFactory(text="answered"), "policy")
        ReflectionFactory(text="open")
        ReflectionFactory(text="older", fiscal_year=2020)
        assert texts(client, "?year=") == ["answered", "open", "older"]
        assert texts(client, "?sort=year") == ["older", "answered", "open"]
        assert texts(client, "?sort=answered")[-1] == "answered"

    def test_an_unanswered_one_is_marked(self, client: Any) -> None:
        ReflectionFactory()
        answer(ReflectionFactory(), "course")
        page = text_of(client.get(f"{LIST}?year=2021"))
        assert page.count("chip--orange chip--diamond") == 1
        assert page.count("chip--green chip--full") == 1

    @pytest.mark.parametrize("kind", ["csv", "csv-cp932", "xlsx", "json"])
    def test_every_file_holds_every_row(self, kind: str, client: Any) -> None:
        for _each in range(23):
            ReflectionFactory(text="=cmd|'/C calc'!A0")
        assert client.get(f"{LIST}?year=2021&size=20").context["total"] == 23
        response = client.get(f"{LIST}?year=2021&size=20&format={kind}")
        assert 'filename="reflections-20221014' in response["Content-Disposition"]
        if kind.startswith("csv"):
            text = b"".join(response).decode("cp932" if kind == "csv-cp932" else "utf-8-sig")
            assert text.count("'=cmd|'/C calc'!A0") == 23
        elif kind == "json":
            assert len(response.json()) == 23

    def test_queries_do_not_grow(self, client: Any) -> None:
        counts = []
        for more in (2, 20):
            for _each in range(more):
                fill()
            client.get(f"{LIST}?year=2021")
            for query in ("?year=2021&size=100", "?year=2021&q=研修", "?answered=yes&format=json"):
                with CaptureQueriesContext(connection) as queries:
                    b"".join(client.get(f"{LIST}{query}"))
                counts.append(len(queries))
        assert counts[:3] == counts[3:], counts
        assert max(counts) <= 24, counts


def fill() -> Any:
    """A reflection that one record of each kind answers, and an activity."""
    ActivityFactory()
    reflection = ReflectionFactory()
    for kind in MAKERS:
        answer(reflection, kind)
    return reflection


class TestAnswers:
    """Every kind of record can answer; whether one does is the same for all, which one is not."""

    @pytest.mark.parametrize("kind", MAKERS)
    def test_each_kind_answers(self, kind: str, client: Any) -> None:
        reflection = ReflectionFactory()
        user = user_with("secretariat")
        assert not reflection_list(user).get().is_answered
        record = answer(reflection, kind)
        found = reflection_list(user).get()
        assert found.is_answered
        assert [answers.records for answers in answers_of(found)] == [[record]]
        page = text_of(client.get(reflection.get_absolute_url()))
        assert f'href="{record.get_absolute_url()}"' in page
        type(record).objects.update(archived_at="2022-10-01T00:00+09:00")
        assert not reflection_list(user).get().is_answered, "what is archived answers nothing any more"

    def test_an_unanswered_one_says_so(self, client: Any) -> None:
        response = client.get(ReflectionFactory().get_absolute_url())
        assert response.context["state"]["chip"] == "orange diamond"
        assert "empty__title" in text_of(response)

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("proposal", {"name": "隠れた記録"}),
            ("policy", {"title": "隠れた記録"}),
            ("petition", {"title": "隠れた記録"}),
        ],
    )
    def test_hidden_records_are_counted_for_nobody_and_named_nowhere(
        self, kind: str, fields: dict[str, str], client_for: Any
    ) -> None:
        reflection = ReflectionFactory()
        with act(LINKED, by="test"):
            record = answer(reflection, kind, **fields)
            answer(reflection, "initiative", title="見える取組")
        if kind != "proposal":
            type(record).objects.filter(pk=record.pk).update(status="internal" if kind == "petition" else "draft")
        for role, sees in (("promoter", False), ("administrator", False), ("member", True), ("auditor", True)):
            browser = client_for(user_with(role))
            page = text_of(browser.get(reflection.get_absolute_url()))
            assert ("隠れた記録" in page) is sees, role
            assert "見える取組" in page
            counts = browser.get(f"{LIST}?year=2021&format=json").json()[0]["answers"]
            assert len(counts.split("　")) == (2 if sees else 1), counts

    def test_one_answered_by_hidden_records_alone_is_answered(self, client_for: Any) -> None:
        reflection = ReflectionFactory()
        answer(reflection, "proposal", name="隠れた事業")
        browser = client_for(user_with("promoter"))
        response = browser.get(reflection.get_absolute_url())
        assert response.context["state"]["chip"] == "green full"
        assert "empty__title" not in text_of(response)
        assert "隠れた事業" not in text_of(response)
        assert texts(browser, "?answered=no") == []

    def test_the_history_tells_what_was_linked(self, client: Any) -> None:
        reflection = ReflectionFactory()
        with act(LINKED, by="test"):
            answer(reflection, "policy", title="押印の方針")
        with act(LINKED, by="test"):
            reflection.policy_links.all().delete()
        entries = client.get(reflection.get_absolute_url()).context["entries"]
        changes = [(change.old, change.new) for entry in entries for change in entry.changes]
        assert ("", "押印の方針") in changes
        assert ("押印の方針", "") in changes

    def test_queries_of_the_page_do_not_grow(self, client: Any) -> None:
        reflection = ReflectionFactory()
        counts = []
        for more in (1, 8):
            for _each in range(more):
                for kind in MAKERS:
                    answer(reflection, kind)
            client.get(reflection.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                client.get(reflection.get_absolute_url())
            counts.append(len(queries))
        assert counts[0] == counts[1], counts
        assert counts[0] <= 40, counts


def test_text_comes_out_literally(client: Any) -> None:
    reflection = ReflectionFactory(text="<b>𠮷</b> {{ 7 }}", theme=ThemeFactory(name="<i>投資</i>"))
    for address in (reflection.get_absolute_url(), f"{LIST}?year=2021"):
        page = text_of(client.get(address))
        assert "&lt;b&gt;𠮷&lt;/b&gt; {{ 7 }}" in page
        assert "&lt;i&gt;投資&lt;/i&gt;" in page
    assert "&lt;b&gt;<mark>𠮷</mark>&lt;/b&gt;" in text_of(client.get(f"{LIST}?q={quote('𠮷')}"))


def test_ids_are_unique(client: Any) -> None:
    reflection = fill()
    for address in (reflection.get_absolute_url(), f"{LIST}?year=2021"):
        ids = ids_of(client.get(address))
        assert len(ids) == len(set(ids))


class TestFigures:
    @pytest.fixture(autouse=True)
    def reflections(self) -> None:
        for _each in range(3):
            answer(ReflectionFactory(), "proposal")
        ReflectionFactory()
        ReflectionFactory(fiscal_year=2022)
        ReflectionFactory(fiscal_year=2020)

    @pytest.mark.parametrize("role", ["viewer", "chief", "administrator"])
    def test_they_are_the_same_for_all_and_lead_to_what_they_count(self, role: str, client_for: Any) -> None:
        user = user_with(role)
        here = Standpoint(user, FiscalYear(2022))
        assert (figures.REFLECTIONS.count(here), figures.UNANSWERED.count(here)) == (4, 1)
        for figure in (figures.REFLECTIONS, figures.UNANSWERED):
            page = client_for(user).get(figure.link(here))
            assert page.context["total"] == figure.count(here) == figure.records(here).count()

    def test_another_standpoint_counts_another_year(self) -> None:
        here = Standpoint(user_with("chief"), FiscalYear(2023))
        assert figures.REFLECTIONS.count(here) == figures.UNANSWERED.count(here) == 1


class TestPanels:
    @pytest.mark.parametrize("kind", ["policy", "initiative"])
    def test_what_answers_shows_what_it_answers(self, kind: str, client: Any) -> None:
        reflection = ReflectionFactory(text="続いていない")
        record = answer(reflection, kind, number="X-2021-0001")
        getattr(ReflectionFactory(archived_at="2022-10-01T00:00+09:00"), f"{kind}_links").create(**{kind: record})
        answer(ReflectionFactory(text="ほかの反省点"), kind)
        shown = panels_for(f"roadmap:{kind}-detail", record, user_with("viewer"))
        assert [panel["reflections"] for panel in shown if "reflections" in panel] == [[reflection]]
        page = text_of(client.get(record.get_absolute_url()))
        assert "続いていない" in page
        assert "ほかの反省点" not in page

    def test_what_answers_nothing_shows_no_panel(self) -> None:
        shown = panels_for("roadmap:policy-detail", PolicyFactory(), user_with("viewer"))
        assert not [panel for panel in shown if "reflections" in panel]
