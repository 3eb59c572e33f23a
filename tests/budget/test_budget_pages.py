"""The same 318,086 千円 wherever it is shown, and each person sees the proposals that are theirs to see."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.budget import figures
from apps.budget.models import Proposal
from apps.budget.selectors import proposal_list, request_of, request_totals, visible_to, whole_request
from apps.core.fiscal import FiscalYear
from apps.core.registry import standpoint_today
from apps.organization.models import Role
from tests.city.demo_city import person

pytestmark = pytest.mark.usefixtures("demo_city")

YEAR = FiscalYear(2023)
TOTALS = {
    "request_k": 318_086,
    "national_k": 96_679,
    "prefecture_k": 3_000,
    "bond_k": 13_800,
    "other_k": 18_782,
    "general_k": 185_825,
}
EVERYTHING = {f"B-0{n}" for n in range(1, 9)}
SEEN = {
    **dict.fromkeys(("u001", "u002", "u003", "u004", "u005", "u006", "u009", "u010"), EVERYTHING),
    **dict.fromkeys(("u011", "u019", "u023", "u024"), EVERYTHING),
    # 市民課 asks for B-03; こども政策課 is of the team; 保育課 is not, and to support B-07 opens nothing.
    "u014": {"B-03"},
    "u015": EVERYTHING,
    "u016": set(),
    "u018": {"B-07"},
    "u021": set(),
    "u022": {"B-08"},
}
EXPORTERS = {"u001", "u002", "u003", "u004", "u005", "u006", "u007", "u009", "u010", "u023", "u024"}


def browser(number: str) -> Client:
    client = Client()
    client.force_login(person(number), backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(html: str) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def foot_of(html: str) -> list[str]:
    """The cells of the last line of the table."""
    foot = re.search(r"<tfoot>(.*?)</tfoot>", html, re.DOTALL)
    assert foot
    return re.findall(r"<t[dh][^>]*>\s*(.*?)\s*</t[dh]>", foot[1], re.DOTALL)


def test_the_totals_are_the_sum_of_the_sources():
    assert sum(TOTALS.values()) == 2 * TOTALS["request_k"]


@pytest.mark.parametrize("number", ["u001", "u006", "u009", "u024"])
def test_the_selector_gives_the_totals_of_the_file(number):
    totals = request_totals(YEAR, person(number))
    assert {key: totals[key] for key in TOTALS} == TOTALS
    assert (totals["previous_k"], totals["count"]) == (22_212, 8)


def test_the_figures_give_the_same():
    here = standpoint_today(person("u001"))
    assert figures.REQUEST.count(here) == 318_086
    rows = figures.REQUEST_BY_SOURCE.count(here)
    assert [row["value"] for row in rows] == [96_679, 3_000, 13_800, 18_782, 185_825]
    assert figures.REQUEST.link(here) == "/budget/proposals/?year=2023&withdrawn=no"


def test_the_list_the_export_page_and_the_dashboard_show_the_same():
    mayor = browser("u001")
    expected = [f"{amount:,}" for amount in TOTALS.values()]
    listed = foot_of(mayor.get("/budget/proposals/", {"year": "2023"}).content.decode())
    assert [cell for cell in listed if cell in expected] == expected
    assert "295,874" in listed
    export = foot_of(mayor.get("/budget/export/").content.decode())
    assert export[1:] == [*expected, "22,212", "295,874"]
    dashboard = shown(mayor.get("/dashboard/").content.decode())
    assert all(amount in dashboard for amount in expected)


def test_every_bar_of_the_dashboard_leads_to_the_rows_it_sums():
    rows = figures.REQUEST_BY_SOURCE.count(standpoint_today(person("u001")))
    for row, source in zip(rows, ("national", "prefecture", "bond", "other"), strict=False):
        page = browser("u001").get(row["url"])
        assert page.status_code == 200
        assert sum(getattr(each, f"{source}_k") for each in page.context["table"].rows) == row["value"]


@pytest.mark.parametrize("number", SEEN)
def test_each_sees_the_proposals_of_their_role_and_unit(number):
    assert {proposal.source_key for proposal in visible_to(person(number))} == SEEN[number]


@pytest.mark.parametrize("number", SEEN)
def test_list_page_and_file_show_no_more_than_that(number):
    client, keys = browser(number), SEEN[number]
    answer = client.get("/budget/proposals/", {"format": "json"})
    codes = set(Proposal.objects.filter(source_key__in=keys).values_list("project_code", flat=True))
    assert {row["code"] for row in answer.json()} == codes
    for proposal in Proposal.objects.all():
        expected = 200 if proposal.source_key in keys else 404
        assert client.get(proposal.get_absolute_url()).status_code == expected


def test_an_administrator_or_one_whose_role_has_ended_sees_no_draft():
    assert not visible_to(person("admin")).exists()
    Role.objects.filter(user__employee_number="u014").update(valid_to="2022-10-13")
    assert browser("u014").get("/budget/proposals/").status_code == 403
    assert not visible_to(person("u014")).exists()


def test_an_archived_proposal_is_in_no_list_and_in_no_sum(demo_city):
    Proposal.objects.filter(source_key="B-08").update(archived_at="2022-10-14T09:00+09:00")
    assert request_totals(YEAR, person("u001"))["request_k"] == 318_086 - 33_320
    assert len(request_of(YEAR, person("u001"))) == len(whole_request(YEAR)) == 7


@pytest.mark.parametrize("number", [f"u{n:03d}" for n in range(1, 25)] + ["admin"])
def test_who_may_take_the_request_away(number):
    for query in ({}, {"format": "xlsx"}, {"format": "csv"}):
        answer = browser(number).get("/budget/export/", query)
        assert answer.status_code == (200 if number in EXPORTERS else 403)
        if number not in EXPORTERS:
            assert all(word in shown(answer.content.decode()) for word in ("事務局", "財政課", "監査"))


def test_the_list_offers_the_export_to_those_only_who_may():
    assert "/budget/export/" in browser("u006").get("/budget/proposals/").content.decode()
    assert "/budget/export/" not in browser("u016").get("/budget/proposals/").content.decode()


UNREADABLE = [
    ("/budget/export/", {"year": "平成40年度"}),
    ("/budget/export/", {"year": "abc"}),
    ("/budget/export/", {"year": "0"}),
    ("/budget/export/", {"year": "99999"}),
    ("/budget/export/", {"format": "docx"}),
    ("/budget/export/", {"years": "2023"}),
    ("/budget/proposals/", {"year": "1999"}),
    ("/budget/proposals/", {"year": "令和5年度x"}),
    ("/budget/proposals/", {"years": "2023"}),
    ("/budget/proposals/", {"unit": "0000"}),
    ("/budget/proposals/", {"source": "general"}),
    ("/budget/proposals/", {"stage": "知らない段階"}),
    ("/budget/proposals/", {"sort": "purpose"}),
    ("/budget/proposals/", {"format": "pdf"}),
    ("/budget/grants/", {"ministry": "内閣府"}),
    ("/budget/grants/", {"status": "いつか"}),
]


@pytest.mark.parametrize(("path", "query"), UNREADABLE)
def test_what_cannot_be_read_is_refused_in_words(path, query):
    answer = browser("u006").get(path, query)
    words = shown(answer.content.decode())
    assert answer.status_code == 400
    assert next(iter(query.values())) in words or next(iter(query)) in words or "有効な" in words or "年" in words
    assert "B-0" not in words


@pytest.mark.parametrize("year", ["2023", "R5", "令和5年度", "Ｒ５"])
def test_the_year_is_read_as_people_write_it(year):
    answer = browser("u006").get("/budget/export/", {"year": year})
    assert "318,086" in answer.content.decode()


def test_a_year_without_proposals_says_so():
    answer = browser("u006").get("/budget/export/", {"year": "2024"})
    assert answer.status_code == 200
    assert "予算要求はありません" in shown(answer.content.decode())
    assert "318,086" not in answer.content.decode()


def test_filters_narrow_and_the_foot_follows():
    client = browser("u006")
    page = client.get("/budget/proposals/", {"year": "2023", "source": "bond"})
    assert [row.source_key for row in page.context["table"].rows] == ["B-08"]
    assert "33,320" in foot_of(page.content.decode())
    assert client.get("/budget/proposals/", {"unit": "0202"}).context["total"] == 2
    assert client.get("/budget/proposals/", {"kind": "continued"}).context["total"] == 1
    assert client.get("/budget/proposals/", {"q": "スマート窓口"}).context["total"] == 1


@pytest.mark.parametrize("typed", ["ｽﾏｰﾄ窓口", "すまーと窓口", "０２０１-００３"])
def test_a_word_is_found_whatever_its_width_or_kana(typed):
    assert browser("u006").get("/budget/proposals/", {"q": typed}).context["total"] == 1


def test_sorting_by_amount():
    rows = browser("u006").get("/budget/proposals/", {"sort": "-request_k"}).context["table"].rows
    amounts = [row.request_k for row in rows]
    assert amounts == sorted(amounts, reverse=True)


def test_less_than_the_year_before_is_shown_with_its_sign():
    words = shown(browser("u006").get("/budget/proposals/").content.decode())
    assert "△1,130" in words
    assert "-1,130" not in words


def test_a_proposal_says_what_it_is_asked_for():
    proposal = Proposal.objects.get(source_key="B-08")
    words = shown(browser("u006").get(proposal.get_absolute_url()).content.decode())
    for text in ("33,320", "13,800", "1,782", "17,738", "工事請負費", "スマートロックの設置工事", "一般単独事業債"):
        assert text in words


def test_a_hurdle_shows_the_proposals_that_serve_it_to_those_who_see_them():
    assert "請求・契約電子化事業" in browser("u006").get("/hurdles/H-2022-0001/").content.decode()
    assert "請求・契約電子化事業" not in browser("u021").get("/hurdles/H-2022-0001/").content.decode()


def test_a_grant_shows_only_the_proposals_that_one_sees():
    proposal = Proposal.objects.exclude(grant=None).get(source_key="B-03")
    url = proposal.grant.get_absolute_url()
    assert proposal.name in browser("u014").get(url).content.decode()
    assert proposal.name not in browser("u021").get(url).content.decode()
    lists = [browser(number).get("/budget/grants/") for number in ("u014", "u021")]
    assert all(answer.status_code == 200 for answer in lists)


def queries_of(client: Client, path: str, query: dict[str, str]) -> int:
    client.get(path, query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, query).status_code == 200
    return len(queries)


def copy_proposals(times: int) -> None:
    """More proposals with lines of the same kind; each balanced by itself."""
    for n in range(times):
        for proposal in Proposal.objects.filter(source_key__in=EVERYTHING).prefetch_related(
            "request_lines__cost_lines"
        ):
            lines, fundings = list(proposal.request_lines.all()), list(proposal.fundings.all())
            proposal.pk = proposal.uid = proposal.source_key = None
            proposal.uid, proposal.project_code = _uid(), f"{n}{proposal.project_code}"
            proposal.save(force_insert=True)
            for line in lines:
                costs = list(line.cost_lines.all())
                line.pk, line.proposal = None, proposal
                line.save(force_insert=True)
                for cost in costs:
                    cost.pk, cost.request_line = None, line
                    cost.save(force_insert=True)
            for funding in fundings:
                funding.pk, funding.proposal = None, proposal
                funding.save(force_insert=True)


def _uid() -> Any:
    return Proposal._meta.get_field("uid").default()


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/budget/proposals/", {"size": "100"}),
        ("/budget/proposals/", {"format": "xlsx"}),
        ("/budget/export/", {}),
        ("/budget/export/", {"format": "xlsx"}),
        ("/budget/export/", {"format": "csv"}),
        ("/budget/export/", {"format": "pdf"}),
        ("/budget/grants/", {}),
        ("/dashboard/", {}),
    ],
)
def test_a_page_asks_as_often_for_many_rows_as_for_few(path, query):
    client = browser("u006")
    few = queries_of(client, path, query)
    copy_proposals(2)
    assert queries_of(client, path, query) == few
    assert few <= 40


def test_the_list_of_proposals_needs_no_query_for_a_row():
    with CaptureQueriesContext(connection) as queries:
        rows = list(proposal_list(person("u006")))
        assert [row.requesting_unit.name and row.stage.name and row.budget_item.account.name for row in rows]
    assert len(queries) <= 3
