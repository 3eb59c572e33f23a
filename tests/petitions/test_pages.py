"""The list of petitions, their page, their figures and their panels."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.registry import Standpoint, panels_for
from apps.petitions import figures
from tests.factories import (
    HurdleFactory,
    PetitionAnswerFactory,
    PetitionChannelFactory,
    PetitionFactory,
    PetitionHurdleFactory,
    UnitFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/petitions/"


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def titles(client: Any, query: str = "") -> list[str]:
    """The titles in the list, in their order, read from its file for scripts."""
    response = client.get(f"{LIST}{query}{'&' if query else '?'}format=json")
    assert response.status_code == 200, text_of(response)
    return [row["title"] for row in response.json()]


def test_each_filter(client: Any) -> None:
    association = PetitionChannelFactory(name="市長会要望")
    PetitionFactory(title="a", status="internal", submission_on="2022-11-10", ministries=["総務省", "法務省"])
    PetitionFactory(title="b", status="submitted", channel=association, submission_on="2022-10-20")
    PetitionFactory(title="c", status="realised", classification="finance", fiscal_year=2021)
    PetitionFactory(title="d", status="collecting", requested_measure="様式を定める", submission_on="2022-10-01")
    for query, expected in {
        "?status=open": "abd",
        "?status=public": "bc",
        "?status=internal": "a",
        "?classification=finance": "c",
        f"?channel={quote('市長会要望')}": "b",
        f"?ministry={quote('法務省')}": "a",
        "?year=2021": "c",
        "?year=2022": "abd",
        "?due=30": "ad",
        f"?q={quote('ようしき')}": "",
        f"?q={quote('様式を')}": "d",
        "?year=2022&status=public": "b",
        "?status=": "abcd",
    }.items():
        assert "".join(sorted(titles(client, query))) == expected, query


@pytest.mark.parametrize("query", ["?colour=red", "?sort=effects", "?format=pdf"])
def test_what_the_list_does_not_know_is_refused_by_name(query: str, client: Any) -> None:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    assert query.rpartition("=")[2] in text_of(response) or "colour" in text_of(response)


@pytest.mark.parametrize("query", ["?status=someday", "?year=1999", "?channel=none", "?ministry=none", "?due=7"])
def test_an_unknown_value_shows_no_rows_and_says_so(query: str, client: Any) -> None:
    PetitionFactory(title="見えないはず")
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    assert "field__error" in text_of(response)
    assert "見えないはず" not in text_of(response)


def test_sorting(client: Any) -> None:
    PetitionFactory(title="old", fiscal_year=2021, submission_on="2021-06-01")
    PetitionFactory(title="none", submission_on=None)
    PetitionFactory(title="soon", submission_on="2022-10-20")
    assert titles(client) == ["none", "soon", "old"], "the newest year first"
    assert titles(client, "?sort=submission_on") == ["old", "soon", "none"]
    assert titles(client, "?sort=-submission_on") == ["soon", "old", "none"]


def test_a_row_says_what_is_late_and_what_is_still_planned(client: Any) -> None:
    PetitionFactory(title="late", submission_on="2022-10-13")
    PetitionFactory(title="today", submission_on="2022-10-14")
    PetitionFactory(title="sent", submission_on="2022-08-22", status="submitted")
    page = text_of(client.get(LIST))
    assert page.count('class="is-late"') == 1
    assert page.count("table__sub") == 0
    PetitionFactory(title="ahead", submission_on="2022-10-15")
    assert text_of(client.get(LIST)).count("table__sub") == 1


@pytest.mark.parametrize("kind", ["csv", "csv-cp932", "xlsx", "json"])
def test_every_file_holds_every_row(kind: str, client: Any) -> None:
    for _each in range(23):
        PetitionFactory(title="=cmd|'/C calc'!A0")
    assert client.get(f"{LIST}?size=20").context["total"] == 23
    response = client.get(f"{LIST}?size=20&format={kind}")
    assert response.status_code == 200
    assert 'filename="petitions-20221014' in response["Content-Disposition"]
    if kind == "json":
        assert [row["title"] for row in response.json()] == ["=cmd|'/C calc'!A0"] * 23
    elif kind != "xlsx":
        text = b"".join(response).decode("cp932" if kind == "csv-cp932" else "utf-8-sig")
        assert text.count("'=cmd|'/C calc'!A0") == 23


def test_text_comes_out_literally(client: Any) -> None:
    texts = {
        "title": "<b>𠮷野</b>",
        "current_state": "<script>alert(1)</script>",
        "trouble_cases": "=cmd|' /C calc'!A0\n二行目",
        "effects": "{{ 7 }} {% now %}",
        "legal_basis": "<i>法</i>",
        "ministries": ["<u>省</u>"],
        "co_proposers": ["<s>県</s>"],
    }
    page = text_of(client.get(PetitionFactory(**texts).get_absolute_url()))
    for escaped in ("&lt;b&gt;𠮷野&lt;/b&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;i&gt;法&lt;/i&gt;",
                    "&lt;u&gt;省&lt;/u&gt;", "&lt;s&gt;県&lt;/s&gt;", "{{ 7 }} {% now %}", "二行目"):  # fmt: skip
        assert escaped in page
    assert "<script>alert" not in page
    listed = text_of(client.get(f"{LIST}?q={quote('𠮷')}"))
    assert "&lt;b&gt;<mark>𠮷</mark>野&lt;/b&gt;" in listed


class TestPage:
    def test_the_texts_stand_in_the_order_of_the_form(self, client: Any) -> None:
        petition = PetitionFactory(current_state="甲", trouble_cases="乙", requested_measure="丙", effects="丁")
        parts = client.get(petition.get_absolute_url()).context["parts"]
        assert [part.text for part in parts] == ["甲", "乙", "丙", "丁"]

    @pytest.mark.parametrize(("length", "over"), [(0, 0), (35, 0), (250, 0), (251, 1), (262, 12)])
    def test_characters_are_counted_against_the_limit(self, length: int, over: int, client: Any) -> None:
        petition = PetitionFactory(requested_measure="字" * length)
        response = client.get(petition.get_absolute_url())
        count = next(part.count for part in response.context["parts"] if part.key == "requested_measure")
        assert (count.length, count.limit, count.over) == (length, 250, over)
        page = text_of(response)
        assert f"{length} / 250" in page or f"{length}／250" in page
        assert ("u-red" in page) is bool(over)

    def test_cases_and_effects_are_counted_together(self, client: Any) -> None:
        petition = PetitionFactory(trouble_cases="字" * 400, effects="字" * 301)
        response = client.get(petition.get_absolute_url())
        joint = [part.joint for part in response.context["parts"] if part.joint]
        count = joint[0]
        assert len(joint) == 1
        assert (count.length, count.limit, count.over) == (701, 700, 1)
        assert "u-red" in text_of(response)

    @pytest.mark.parametrize("channel", [None, {"measure_limit": None, "cases_and_effects_limit": None}])
    def test_without_limits_only_the_length_is_said(self, channel: Any, client: Any) -> None:
        given = PetitionChannelFactory(**channel) if channel else None
        petition = PetitionFactory(channel=given, requested_measure="字" * 1234)
        response = client.get(petition.get_absolute_url())
        assert "1,234" in text_of(response)
        assert "u-red" not in text_of(response)
        assert not any(part.joint for part in response.context["parts"])

    def test_days_ahead_are_marked_as_planned(self, client: Any) -> None:
        petition = PetitionFactory(
            drafted_on="2022-09-16", headquarters_on=None, consultation_on="2022-10-14", submission_on="2022-10-15"
        )
        response = client.get(petition.get_absolute_url())
        assert [day.ahead for day in response.context["days"]] == [False, False, False, True]
        assert "令和4年10月15日" in text_of(response)

    def test_answers_stand_in_the_order_of_their_days(self, client: Any) -> None:
        petition = PetitionFactory(status="second_answer")
        PetitionAnswerFactory(petition=petition, date="2022-10-01", text="第2次の回答")
        PetitionAnswerFactory(petition=petition, date="2022-08-30", text="第1次の回答")
        page = text_of(client.get(petition.get_absolute_url()))
        assert page.index("第1次の回答") < page.index("第2次の回答")

    def test_history_and_ids(self, client: Any) -> None:
        petition = PetitionFactory()
        PetitionHurdleFactory(petition=petition)
        petition.title = "改めた件名"
        petition.save()
        response = client.get(petition.get_absolute_url())
        assert any(change.new == "改めた件名" for entry in response.context["entries"] for change in entry.changes)
        ids = ids_of(response)
        assert len(ids) == len(set(ids))

    def test_queries_do_not_grow(self, client: Any) -> None:
        petition = PetitionFactory()
        counts = []
        for more in (2, 12):
            for _each in range(more):
                PetitionHurdleFactory(petition=petition, hurdle=HurdleFactory(owning_unit=UnitFactory()))
                PetitionAnswerFactory(petition=petition)
            client.get(petition.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                client.get(petition.get_absolute_url())
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert counts[0] <= 25, counts


def test_queries_of_the_list_do_not_grow(client: Any) -> None:
    counts = []
    for more in (3, 40):
        for _each in range(more):
            PetitionHurdleFactory(petition=PetitionFactory(ministries=["総務省"]))
        client.get(LIST)
        for query in ("?size=100", "?size=100&q=請求", "?format=json"):
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(f"{LIST}{query}"))
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 14, counts


class TestFigures:
    """Each figure leads to a list whose rows are what it counts."""

    @pytest.fixture(autouse=True)
    def petitions(self) -> None:
        for status, year in (
            ("internal", 2022),
            ("internal", 2022),
            ("collecting", 2022),
            ("submitted", 2022),
            ("realised", 2022),
            ("submitted", 2021),
        ):
            PetitionFactory(status=status, fiscal_year=year)

    @pytest.mark.parametrize(("role", "all_of_them", "submitted"), [("secretariat", 5, 2), ("viewer", 2, 2)])
    def test_numbers(self, role: str, all_of_them: int, submitted: int, client_for: Any) -> None:
        user = user_with(role)
        here = Standpoint(user, FiscalYear(2022))
        assert (figures.ALL.count(here), figures.SUBMITTED.count(here)) == (all_of_them, submitted)
        for figure in (figures.ALL, figures.SUBMITTED):
            page = client_for(user).get(figure.link(here))
            assert page.context["total"] == figure.count(here) == figure.records(here).count()

    def test_the_bars_add_up_and_lead_to_their_rows(self, client_for: Any) -> None:
        user = user_with("chief")
        here = Standpoint(user, FiscalYear(2022))
        rows = figures.BY_STATUS.count(here)
        assert [row["value"] for row in rows] == [2, 1, 1, 1]
        assert sum(row["value"] for row in rows) == figures.ALL.count(here)
        for row in rows:
            assert client_for(user).get(row["url"]).context["total"] == row["value"]

    def test_a_year_without_petitions_counts_none(self, client_for: Any) -> None:
        user = user_with("chief")
        here = Standpoint(user, FiscalYear(2022))
        figures.petitions_of_year(here).update(archived_at="2022-10-01T00:00+09:00")
        page = client_for(user).get(figures.ALL.link(here))
        assert (page.status_code, page.context["total"], figures.ALL.count(here)) == (200, 0, 0)


class TestPanels:
    def test_a_hurdle_shows_its_petitions_to_those_who_see_them(self, client_for: Any) -> None:
        unit = UnitFactory()
        hurdle = HurdleFactory(reporting_unit=unit)
        PetitionHurdleFactory(hurdle=hurdle, petition__title="まだ案の要望")
        PetitionHurdleFactory(hurdle=hurdle, petition__title="出した要望", petition__status="submitted")
        PetitionHurdleFactory(petition__title="ほかの要望")
        reporter = text_of(client_for(user_with("promoter", unit=unit)).get(hurdle.get_absolute_url()))
        member = text_of(client_for(user_with("member")).get(hurdle.get_absolute_url()))
        assert ("まだ案の要望" in reporter, "出した要望" in reporter) == (False, True)
        assert ("まだ案の要望" in member, "出した要望" in member) == (True, True)
        assert "ほかの要望" not in member

    def test_a_hurdle_without_petitions_shows_no_panel(self, client: Any) -> None:
        page = text_of(client.get(HurdleFactory().get_absolute_url()))
        assert "petitions-panel" not in page
        assert re.search(r'id="what"', page)

    def test_a_common_hurdle_shows_the_petitions_of_the_members_that_one_sees(self) -> None:
        hurdle = HurdleFactory()
        common = hurdle.common_hurdles.create(title="紙の手続", number="C-2021-0001")
        for _each in range(2):
            common.hurdles.add(HurdleFactory())
        petition = PetitionFactory(status="submitted")
        for member in common.hurdles.all():
            PetitionHurdleFactory(petition=petition, hurdle=member)
        shown = panels_for("hurdles:common-hurdle-detail", common, user_with("member"))
        lists = [panel["petitions"] for panel in shown if "petitions" in panel]
        assert lists == [[petition]], "once, though several members lead to it"
        hidden = panels_for("hurdles:common-hurdle-detail", common, user_with("viewer"))
        assert not [panel for panel in hidden if "petitions" in panel]
