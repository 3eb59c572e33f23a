"""Solved cases: seen by all staff; the hurdle's page is linked for those only who see it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.organization.choices import RoleKind
from tests.factories import HurdleFactory, SolvedCaseFactory, UnitFactory, user_with
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/solved/"
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"


@pytest.mark.parametrize("role", [role.value for role in RoleKind])
def test_all_who_hold_a_role_see_them(role: str, client_for: Any) -> None:
    case, client = SolvedCaseFactory(), client_for(user_with(role))
    assert client.get(LIST).context["total"] == 1
    assert client.get(case.get_absolute_url()).status_code == 200


def test_without_a_role_nobody_does(client_for: Any) -> None:
    case, client = SolvedCaseFactory(), client_for(user_with())
    assert client.get(LIST).status_code == 403
    assert client.get(case.get_absolute_url()).status_code == 404


def test_the_title_is_shown_and_the_link_where_one_sees_the_hurdle(client_for: Any) -> None:
    case = SolvedCaseFactory(hurdle__title=NASTY, hours_saved=1640, adopted_by=[UnitFactory(name="市民課")])
    link = f'href="{case.hurdle.get_absolute_url()}"'
    officer, member = (client_for(user_with(role)).get(case.get_absolute_url()) for role in ("viewer", "member"))
    assert link not in text_of(officer)
    assert link in text_of(member)
    for words in ("&lt;b&gt;髙𠮷\ufa19&lt;/b&gt;=cmd|", case.what, case.effect, "1,640", "市民課", "令和4年9月30日"):
        assert words in text_of(officer), words
    assert "<b>髙" not in text_of(officer)
    assert len(set(ids_of(member))) == len(ids_of(member))


def test_the_hurdle_shows_how_it_was_solved(client_for: Any) -> None:
    case = SolvedCaseFactory(what="様式を<br>なくした。")
    gone = SolvedCaseFactory(hurdle=case.hurdle, what="消えた事例", archived_at="2022-10-01T00:00+09:00")
    page = text_of(client_for(user_with("secretariat")).get(case.hurdle.get_absolute_url()))
    assert "様式を&lt;br&gt;なくした。" in page
    assert f'href="{case.get_absolute_url()}"' in page
    assert gone.what not in page


def test_filters_sorting_and_files(client_for: Any) -> None:
    client = client_for(user_with("viewer"))
    unit = UnitFactory(code="A202")
    SolvedCaseFactory(hurdle__title="ｵﾝﾗｲﾝ申請", unit=unit, hours_saved=10, solved_on="2022-09-30")
    SolvedCaseFactory(
        hurdle__title="書かない窓口", hours_saved=640, solved_on="2022-08-01", adopted_by=[unit, UnitFactory()]
    )

    def listed(query: str = "") -> list[dict[str, Any]]:
        return list(client.get(f"{LIST}?format=json{query}").json())

    assert [each["title"] for each in listed()] == ["ｵﾝﾗｲﾝ申請", "書かない窓口"], "the latest first"
    assert [each["hours_saved"] for each in listed("&sort=-hours_saved")] == [640, 10]
    assert [each["adoptions"] for each in listed("&sort=-adoptions")] == [2, 0]
    assert [each["title"] for each in listed("&unit=A202")] == ["ｵﾝﾗｲﾝ申請"]
    assert [each["title"] for each in listed("&q=オンライン")] == ["ｵﾝﾗｲﾝ申請"]
    for query in ("?colour=red", "?sort=what", "?format=pdf", "?unit=9999"):
        assert client.get(f"{LIST}{query}").status_code == 400, query
    for kind in ("xlsx", "csv", "csv-cp932"):
        assert client.get(f"{LIST}?format={kind}").status_code == 200


def test_an_unknown_or_archived_one_is_404(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    gone = SolvedCaseFactory(archived_at="2022-10-01T00:00+09:00")
    assert client.get(gone.get_absolute_url()).status_code == 404
    assert client.get(f"{LIST}00000000-0000-0000-0000-000000000000/").status_code == 404
    assert client.get(f"{LIST}x/").status_code == 404
    page = client.get(LIST)
    assert page.context["total"] == 0
    assert 'class="empty"' in text_of(page)


def test_queries_do_not_grow(client_for: Any) -> None:
    client, counts = client_for(user_with("viewer")), []
    for adopters in (2, 12):
        case = SolvedCaseFactory(hurdle=HurdleFactory(), adopted_by=[UnitFactory() for _each in range(adopters)])
        for url in (LIST, f"{LIST}?format=json", case.get_absolute_url()):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 21, counts
