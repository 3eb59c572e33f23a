"""Directives: what is open, what is late, by how many days, and whose they are."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.registry import Standpoint
from apps.decisions import figures
from tests.factories import (
    DepartmentFactory,
    DirectiveFactory,
    DirectiveHurdleFactory,
    DirectiveUnitFactory,
    HurdleFactory,
    MeetingFactory,
    UnitFactory,
    user_with,
)
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/decisions/directives/"
LINKED = declare_event("decisions.test.linked", "結び付けた")


@pytest.fixture
def client(client_for: Any) -> Any:
    """The secretariat's browser."""
    return client_for(user_with("secretariat"))


def texts(client: Any, query: str = "") -> list[str]:
    """The directives in the list, in their order, read from its file for scripts."""
    response = client.get(f"{LIST}{query}{'&' if query else '?'}format=json")
    assert response.status_code == 200, text_of(response)
    return [row["text"] for row in response.json()]


def test_each_filter(client: Any) -> None:
    unit, department = UnitFactory(code="0202"), DepartmentFactory(code="02")
    DirectiveFactory(text="a", due_on="2022-09-30", assigned_unit=unit)
    DirectiveFactory(text="b", due_on="2022-08-31", status="completed", answer="一覧を出した。")
    DirectiveUnitFactory(directive=DirectiveFactory(text="c", due_on="2022-10-14", status="issued"), unit=unit)
    DirectiveFactory(text="d", due_on=None, status="report_due", assigned_unit=department)
    DirectiveFactory(text="e", due_on="2022-09-01", status="withdrawn")
    for query, expected in {
        "?status=open": "acd",
        "?status=completed": "b",
        "?status=issued": "c",
        "?unit=0202": "ac",
        "?unit=02": "d",
        "?late=yes": "a",
        "?late=no": "bcde",
        f"?q={quote('一覧を')}": "b",
        "?unit=0202&late=no": "c",
        "?status=open&late=yes": "a",
        "?late=": "abcde",
    }.items():
        assert "".join(sorted(texts(client, query))) == expected, query


@pytest.mark.parametrize(
    "query", ["?colour=red", "?sort=text", "?format=pdf", "?late=maybe", "?unit=none", "?status=x"]
)
def test_what_the_list_does_not_know_is_refused(query: str, client: Any) -> None:
    DirectiveFactory(text="見えないはず")
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 400
    assert "見えないはず" not in text_of(response)


def test_sorting_and_lateness(client: Any) -> None:
    DirectiveFactory(text="late", due_on="2022-09-30", issued_on="2022-06-03")
    DirectiveFactory(text="today", due_on="2022-10-14", issued_on="2022-06-01")
    DirectiveFactory(text="never", due_on=None, issued_on="2022-06-02")
    DirectiveFactory(text="done", due_on="2022-08-31", status="completed", issued_on="2022-06-04")
    assert texts(client) == ["done", "late", "today", "never"]
    assert texts(client, "?sort=-due_on") == ["today", "late", "done", "never"]
    assert texts(client, "?sort=issued_on") == ["today", "never", "late", "done"]
    response = client.get(f"{LIST}?format=json").json()
    assert [row["days_over"] for row in response] == [None, 14, None, None]
    page = text_of(client.get(LIST))
    assert page.count('class="is-late"') == 1
    assert '<td class="num">14</td>' in page


@pytest.mark.parametrize("kind", ["csv", "csv-cp932", "xlsx", "json"])
def test_every_file_holds_every_row(kind: str, client: Any) -> None:
    for _each in range(23):
        DirectiveFactory(text="=cmd|'/C calc'!A0")
    assert client.get(f"{LIST}?size=20").context["total"] == 23
    response = client.get(f"{LIST}?size=20&format={kind}")
    assert 'filename="directives-20221014' in response["Content-Disposition"]
    if kind.startswith("csv"):
        text = b"".join(response).decode("cp932" if kind == "csv-cp932" else "utf-8-sig")
        assert text.count("'=cmd|'/C calc'!A0") == 23
    elif kind == "json":
        assert len(response.json()) == 23


class TestPage:
    @pytest.mark.parametrize(
        ("due_on", "status", "left", "over", "late"),
        [
            ("2022-09-30", "started", -14, 14, True),
            ("2022-10-13", "issued", -1, 1, True),
            ("2022-10-14", "started", 0, None, False),
            ("2022-10-15", "started", 1, None, False),
            ("2022-12-28", "report_due", 75, None, False),
            ("2022-08-31", "completed", None, None, False),
            (None, "started", None, None, False),
        ],
    )
    def test_days_left_or_over(
        self, due_on: str | None, status: str, left: int | None, over: int | None, late: bool, client: Any
    ) -> None:
        response = client.get(DirectiveFactory(due_on=due_on, status=status).get_absolute_url())
        directive = response.context["record"]
        assert (directive.days_left, directive.days_over, directive.is_late) == (left, over, late)
        page = text_of(response)
        assert ("u-red" in page, "chip--alert" in page) == (late, late)
        assert str(abs(left)) in page if left else True

    def test_what_it_says(self, client: Any) -> None:
        meeting = MeetingFactory(name="第1回本部会議")
        directive = DirectiveFactory(text="<b>𠮷</b>こと。", answer="九月に\n改正済み<i>", meeting=meeting)
        DirectiveUnitFactory(directive=directive, unit__name="会計課")
        response = client.get(directive.get_absolute_url())
        page = text_of(response)
        for words in (
            "&lt;b&gt;𠮷&lt;/b&gt;こと。",
            "改正済み&lt;i&gt;",
            "第1回本部会議",
            "会計課",
            directive.assigned_unit.name,
        ):
            assert words in page
        ids = ids_of(response)
        assert len(ids) == len(set(ids))

    def test_one_by_word_of_mouth_has_no_meeting(self, client: Any) -> None:
        assert "/decisions/meetings/" not in text_of(client.get(DirectiveFactory().get_absolute_url()))

    def test_hidden_hurdles_are_not_named_by_page_or_history(self, client_for: Any) -> None:
        officer = user_with("promoter")
        directive = DirectiveFactory()
        with act(LINKED, by="test"):
            DirectiveHurdleFactory(directive=directive, hurdle__title="見えないハードル")
            own = HurdleFactory(title="自課のハードル", reporting_unit=officer.unit)
            DirectiveHurdleFactory(directive=directive, hurdle=own)
            DirectiveUnitFactory(directive=directive, unit__name="会計課")
        for user, sees in ((officer, False), (user_with("member"), True)):
            response = client_for(user).get(directive.get_absolute_url())
            page = text_of(response)
            assert ("見えないハードル" in page) is sees
            assert "自課のハードル" in page
            told = [change.new for entry in response.context["entries"] for change in entry.changes]
            assert "会計課" in told

    def test_queries_do_not_grow(self, client: Any) -> None:
        directive = DirectiveFactory(meeting=MeetingFactory())
        counts = []
        for more in (2, 12):
            for _each in range(more):
                DirectiveHurdleFactory(directive=directive)
                DirectiveUnitFactory(directive=directive)
            client.get(directive.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                client.get(directive.get_absolute_url())
            counts.append(len(queries))
        assert counts[0] == counts[1], counts
        assert counts[0] <= 25, counts


def test_queries_of_the_list_do_not_grow(client: Any) -> None:
    counts = []
    for more in (3, 40):
        for _each in range(more):
            DirectiveUnitFactory(directive=DirectiveFactory(meeting=MeetingFactory()))
        client.get(LIST)
        for query in ("?size=100", "?size=100&late=no", "?format=json"):
            with CaptureQueriesContext(connection) as queries:
                b"".join(client.get(f"{LIST}{query}"))
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 13, counts


class TestFigures:
    """Each figure leads to a list whose rows are what it counts."""

    @pytest.fixture(autouse=True)
    def directives(self) -> None:
        """Those of the demo city, as they stand on 14 October 2022."""
        for status, due_on in (
            ("started", "2022-09-30"),
            ("completed", "2022-08-31"),
            ("issued", "2022-12-16"),
            ("started", "2022-12-23"),
            ("started", "2022-11-30"),
            ("started", "2022-12-28"),
        ):
            DirectiveFactory(status=status, due_on=due_on)
        DirectiveFactory(due_on="2022-09-01", archived_at="2022-10-01T00:00+09:00")

    @pytest.mark.parametrize("role", ["viewer", "chief", "auditor", "administrator"])
    def test_numbers(self, role: str, client_for: Any) -> None:
        user = user_with(role)
        here = Standpoint(user, FiscalYear(2022))
        assert figures.DIRECTIVES_OPEN.count(here) == 5
        assert figures.DIRECTIVES_LATE.count(here) == 1
        for figure in (figures.DIRECTIVES_OPEN, figures.DIRECTIVES_LATE):
            page = client_for(user).get(figure.link(here))
            assert page.context["total"] == figure.count(here) == figure.records(here).count()

    def test_the_bars_add_up_and_lead_to_their_rows(self, client_for: Any) -> None:
        user = user_with("viewer")
        here = Standpoint(user, FiscalYear(2022))
        rows = figures.DIRECTIVES_BY_STATUS.count(here)
        assert [(row["value"], row["tone"]) for row in rows] == [(1, "key"), (4, "key"), (1, "green")]
        for row in rows:
            assert client_for(user).get(row["url"]).context["total"] == row["value"]
        whole = client_for(user).get(figures.DIRECTIVES_BY_STATUS.link(here))
        assert whole.context["total"] == sum(row["value"] for row in rows) == 6
