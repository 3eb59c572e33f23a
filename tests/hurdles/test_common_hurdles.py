"""Common hurdles: the list, their page, and of their members no more than one may see."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.history import act, declare_event
from apps.hurdles.models import AffectedUnit, CommonHurdle
from apps.hurdles.selectors import common_hurdle_list
from apps.organization.choices import RoleKind
from tests.factories import CommonHurdleFactory, HurdleFactory, LegalBasisFactory, UnitFactory, user_with
from tests.pages import ids_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/common/"
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"
TESTED = declare_event("hurdles.common_hurdle.tested", "試験")


def seen_by_all(**fields: Any) -> Any:
    """A hurdle whose reporting unit owns it: all staff see it."""
    unit = UnitFactory()
    return HurdleFactory(reporting_unit=unit, owning_unit=unit, **fields)


def row(user: Any, common: Any) -> Any:
    return common_hurdle_list(user).get(pk=common.pk)


def listed(client: Any, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"{LIST}?format=json{query}")
    assert response.status_code == 200, text_of(response)
    return list(response.json())


@pytest.mark.parametrize("role", [role.value for role in RoleKind])
def test_all_who_hold_a_role_see_them(role: str, client_for: Any) -> None:
    common, client = CommonHurdleFactory(), client_for(user_with(role))
    assert client.get(LIST).context["total"] == 1
    assert client.get(common.get_absolute_url()).status_code == 200


def test_without_a_role_nobody_does(client_for: Any) -> None:
    common, client = CommonHurdleFactory(), client_for(user_with())
    assert client.get(LIST).status_code == 403
    assert client.get(common.get_absolute_url()).status_code == 404


def test_members_are_counted_all_and_summed_where_they_are_seen() -> None:
    secretary, officer = user_with("secretariat"), user_with("viewer")
    one, two, three = UnitFactory(), UnitFactory(), UnitFactory()
    shown = seen_by_all(hours_lost=100, status="resolved")
    hidden, gone = HurdleFactory(hours_lost=30), seen_by_all(hours_lost=9, archived_at="2022-10-01T00:00+09:00")
    for hurdle, unit in ((shown, one), (shown, two), (hidden, two), (hidden, three), (gone, UnitFactory())):
        AffectedUnit.objects.create(hurdle=hurdle, unit=unit)
    common = CommonHurdleFactory(hurdles=[shown, hidden, gone])
    CommonHurdleFactory(hurdles=[shown])  # the same hurdle twice multiplies nothing
    # Touched are the reporting units, too.
    mine, theirs = row(officer, common), row(secretary, common)
    assert (mine.members, mine.members_open, mine.hours, mine.units) == (2, 1, 100, 3)
    assert (theirs.members, theirs.members_open, theirs.hours, theirs.units) == (2, 1, 130, 5)
    empty = row(secretary, CommonHurdleFactory())
    assert (empty.members, empty.members_open, empty.hours, empty.units) == (0, 0, 0, 0)


def test_a_member_that_touches_every_unit_touches_all_sections_of_today() -> None:
    UnitFactory(valid_to=date(2022, 3, 31))
    common = CommonHurdleFactory(hurdles=[HurdleFactory(affects_all_units=True)])
    secretary, officer = user_with("secretariat"), user_with("viewer")
    # The lead unit, the reporting unit and the sections of the two people.
    assert (row(secretary, common).touches_all, row(secretary, common).units) == (True, 4)
    assert (row(officer, common).touches_all, row(officer, common).units) == (False, 0)


def test_filters_sorting_and_files(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    unit = UnitFactory(code="A205")
    small = CommonHurdleFactory(title="ｵﾝﾗｲﾝ申請", lead_unit=unit, hurdles=[HurdleFactory(hours_lost=5)])
    large = CommonHurdleFactory(
        title=NASTY, direction="条例を直す。", hurdles=[HurdleFactory(hours_lost=70), HurdleFactory(hours_lost=1)]
    )
    assert [each["number"] for each in listed(client)] == [small.number, large.number]
    assert [each["hours"] for each in listed(client, "&sort=-hours")] == [71, 5]
    assert [each["members"] for each in listed(client, "&sort=members")] == [1, 2]
    assert [each["title"] for each in listed(client, "&lead_unit=A205")] == ["ｵﾝﾗｲﾝ申請"]
    assert [each["title"] for each in listed(client, "&q=オンライン")] == ["ｵﾝﾗｲﾝ申請"]
    assert [each["title"] for each in listed(client, "&q=条例")] == [NASTY]
    for kind in ("xlsx", "csv", "csv-cp932"):
        response = client.get(f"{LIST}?format={kind}")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith('attachment; filename="common-hurdles-20221014.')
    for query in ("?colour=red", "?sort=direction", "?format=pdf", "?lead_unit=9999"):
        assert client.get(f"{LIST}{query}").status_code == 400, query


def test_late_is_what_has_a_day_behind_it_and_a_member_still_open(client_for: Any) -> None:
    past, today = date(2022, 10, 13), date(2022, 10, 14)
    CommonHurdleFactory(target_date=past, hurdles=[HurdleFactory()])
    CommonHurdleFactory(target_date=past, hurdles=[HurdleFactory(status="resolved")])
    CommonHurdleFactory(target_date=today, hurdles=[HurdleFactory()])
    page = client_for(user_with("secretariat")).get(LIST)
    assert text_of(page).count('class="is-late"') == 1


def test_the_page_names_the_members_that_one_sees_and_no_other(client_for: Any) -> None:
    shown = seen_by_all(title=NASTY, hours_lost=1200, status="resolved", target_date=date(2024, 3, 31))
    hidden = HurdleFactory(title="まだ見えない件名", hours_lost=30)
    common = CommonHurdleFactory(title=NASTY, goal="<i>令和5年度末</i>", hurdles=[shown, hidden])
    response = client_for(user_with("viewer")).get(common.get_absolute_url())
    page = text_of(response)
    assert [member.pk for member in response.context["members"]] == [shown.pk]
    assert (response.context["hidden"], response.context["closed"]) == (1, 1)
    assert f'href="{shown.get_absolute_url()}"' in page
    assert "1,200" in page
    assert "R6.3.31" in page
    for words in (hidden.title, hidden.number, "<b>髙", "<i>令和"):
        assert words not in page
    assert "&lt;b&gt;髙𠮷\ufa19&lt;/b&gt;=cmd|" in page
    everything = client_for(user_with("member")).get(common.get_absolute_url())
    assert (everything.context["hidden"], len(everything.context["members"])) == (0, 2)
    assert "1,230" in text_of(everything)
    assert len(set(ids_of(everything))) == len(ids_of(everything))


def test_the_history_names_no_hidden_member(client_for: Any) -> None:
    secretary = user_with("secretariat", name="事務 太郎")
    hidden, shown = HurdleFactory(title="まだ見えない件名"), seen_by_all(title="だれでも見える件名")
    with act(TESTED, by=secretary):
        common = CommonHurdleFactory(hurdles=[hidden])
        other = CommonHurdleFactory(hurdles=[shown])
    url = common.get_absolute_url()
    officer, member = client_for(user_with("viewer")), client_for(user_with("member"))
    assert hidden.title not in text_of(officer.get(url))
    assert hidden.title in history_of(member.get(url))
    assert shown.title in history_of(officer.get(other.get_absolute_url()))
    # Neither does it once the hurdle is bundled no more.
    with act(TESTED, by=secretary):
        common.member_links.all().delete()
    assert hidden.title not in text_of(officer.get(url))
    assert hidden.title in history_of(member.get(url))
    assert "事務 太郎" in text_of(officer.get(url))


def history_of(response: Any) -> str:
    return " ".join(
        text for entry in response.context["entries"] for change in entry.changes for text in (change.old, change.new)
    )


def test_an_unknown_or_archived_one_is_404(client_for: Any) -> None:
    client = client_for(user_with("secretariat"))
    gone = CommonHurdleFactory(archived_at="2022-10-01T00:00+09:00")
    draft = CommonHurdleFactory(number=None)
    assert client.get(gone.get_absolute_url()).status_code == 404
    for address in ("C-2022-9999", "x", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"{LIST}{address}/").status_code == 404
    assert client.get(f"{LIST}{draft.uid}/").status_code == 200
    assert client.get(LIST).context["total"] == 1


def test_a_list_without_rows_says_so(client_for: Any) -> None:
    page = text_of(client_for(user_with("viewer")).get(LIST))
    assert 'class="empty"' in page
    assert "<table" not in page


@pytest.mark.parametrize("role", ["viewer", "secretariat"])
def test_queries_do_not_grow(role: str, client_for: Any) -> None:
    client, counts = client_for(user_with(role)), []
    for members in (2, 12):
        common = CommonHurdleFactory(hurdles=[seen_by_all() for _each in range(members)])
        for hurdle in common.hurdles.all():
            LegalBasisFactory(hurdle=hurdle)
            AffectedUnit.objects.create(hurdle=hurdle, unit=UnitFactory())
        for url in (LIST, f"{LIST}?format=json&sort=units", common.get_absolute_url()):
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
    assert CommonHurdle.objects.count() == 2
    assert counts[:3] == counts[3:], counts
    assert max(counts) <= 28, counts
