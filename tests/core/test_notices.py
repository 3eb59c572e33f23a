"""Notices: who is told, what they see of it, how they get rid of it; and watching."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core import clock
from apps.core.history import declare_event
from apps.core.models import Notice, Watch
from apps.core.notices import tell, tell_watchers, unread_count, who_see
from apps.core.talk import unwatch_record, watch_record
from apps.hurdles.models import Hurdle
from apps.organization.models import Role
from tests.factories import HurdleFactory, RoleFactory, SolvedCaseFactory, UserFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TRIED = declare_event("tests.notices.tried", "試した")


def given(person: Any, record: Any, text: str = "動きがありました。") -> Notice:
    tell(record, people=[person], event=TRIED, text=text, by=user_with("secretariat"))
    return Notice.objects.latest("pk")


def test_only_those_who_see_the_record_are_told_each_once_and_not_of_their_own_act() -> None:
    hurdle = HurdleFactory()
    own, secretariat = user_with("promoter", unit=hurdle.reporting_unit), user_with("secretariat")
    gone = user_with("secretariat", is_active=False)
    people = [own, own, secretariat, gone, user_with("viewer"), UserFactory()]
    tell(hurdle, people=people, event=TRIED, text="動きがありました。", by=secretariat)
    assert [notice.person for notice in Notice.objects.all()] == [own]
    tell(hurdle, people=[], event=TRIED, text="だれにも", by=secretariat)
    watch_record(record=hurdle, by=secretariat)
    tell_watchers(hurdle, event=TRIED, text="二つめ", by="load_city", also=[secretariat, own])
    assert [notice.person for notice in Notice.objects.filter(text="二つめ").order_by("person")] == [own, secretariat]


def test_three_hundred_watchers_are_told_in_a_handful_of_queries() -> None:
    hurdle = HurdleFactory()
    seeing = [user_with("promoter", unit=hurdle.reporting_unit) for _each in range(150)]
    blind = [user_with("viewer") for _each in range(150)]
    for person in (*seeing, *blind):
        Watch.objects.create(kind="hurdles.hurdle", record=hurdle.uid, person=person, since=clock.now())
    with CaptureQueriesContext(connection) as queries:
        tell_watchers(hurdle, event=TRIED, text="動きがありました。", by="load_city")
    assert {notice.person_id for notice in Notice.objects.all()} == {person.pk for person in seeing}
    assert len(queries) <= 12


def test_a_role_that_has_ended_sees_nothing() -> None:
    hurdle, person = HurdleFactory(), UserFactory()
    role = RoleFactory(user=person, kind="secretariat")
    assert who_see(hurdle, [person]) == [person]
    Role.objects.filter(pk=role.pk).update(valid_to=date(2022, 9, 30))
    assert who_see(hurdle, [type(person).objects.get(pk=person.pk)]) == []


def test_the_count_stands_on_every_page_until_it_is_read(client_for: Any) -> None:
    hurdle, person = HurdleFactory(), user_with("secretariat")
    client = client_for(person)
    assert "未読" not in text_of(client.get("/hurdles/"))
    first, second = given(person, hurdle, "一つめ。"), given(person, hurdle, "二つめ。")
    given(user_with("secretariat"), hurdle)
    assert "未読 </span>2</span>" in text_of(client.get("/hurdles/"))
    page = text_of(client.get("/notices/"))
    assert page.index("二つめ。") < page.index("一つめ。")
    assert client.post(f"/notices/{second.pk}/read/").status_code == 302
    assert "未読 </span>1</span>" in text_of(client.get("/hurdles/"))
    page = text_of(client.get("/notices/"))
    assert page.index("一つめ。") < page.index("二つめ。")
    opened = client.post(f"/notices/{first.pk}/open/")
    assert (opened.status_code, opened["Location"]) == (302, hurdle.get_absolute_url())
    assert unread_count(person) == 0
    assert "すべて既読" not in text_of(client.get("/notices/"))


def test_all_are_read_but_those_that_came_after_the_page_was_shown(client_for: Any) -> None:
    hurdle, person = HurdleFactory(), user_with("secretariat")
    shown = [given(person, hurdle) for _each in range(3)][-1]
    later = given(person, hurdle, "あとから。")
    client = client_for(person)
    client.post("/notices/read/", {"until": str(shown.pk)})
    assert [notice.pk for notice in Notice.objects.filter(person=person, read_at=None)] == [later.pk]
    for wrong in ("", "x", "9" * 30, "-1"):
        assert client.post("/notices/read/", {"until": wrong}).status_code == 302
    assert unread_count(person) == 1


def test_nobody_reads_the_notices_of_others(client_for: Any) -> None:
    notice = given(user_with("secretariat"), HurdleFactory(), "ひとの知らせ。")
    other = client_for(user_with("secretariat"))
    assert "ひとの知らせ。" not in text_of(other.get("/notices/"))
    for verb in ("read", "open"):
        assert other.post(f"/notices/{notice.pk}/{verb}/").status_code == 404
        assert other.get(f"/notices/{notice.pk}/{verb}/").status_code == 404
    assert Notice.objects.get(pk=notice.pk).read_at is None
    assert client_for(UserFactory()).get("/notices/").status_code == 403


def test_of_a_record_that_one_no_longer_sees_no_word_is_shown(client_for: Any) -> None:
    hurdle = HurdleFactory(title="人事の秘密")
    person = user_with("promoter", unit=hurdle.reporting_unit)
    notice = given(person, hurdle, "「人事の秘密」に動きがありました。")
    watch_record(record=hurdle, by=person)
    client = client_for(person)
    assert "人事の秘密" in text_of(client.get("/notices/"))
    assert "人事の秘密" in text_of(client.get("/notices/watching/"))
    Hurdle.objects.filter(pk=hurdle.pk).update(reporting_unit=user_with("viewer").unit)
    for address in ("/notices/", "/notices/watching/"):
        page = text_of(client.get(address))
        assert "人事の秘密" not in page
        assert hurdle.get_absolute_url() not in page
        assert "いまは閲覧できない記録" in page
    assert client.post(f"/notices/{notice.pk}/open/")["Location"] == "/notices/"
    watch = Watch.objects.get(person=person)
    assert client_for(user_with("viewer")).post(f"/notices/watching/{watch.pk}/stop/").status_code == 302
    assert Watch.objects.count() == 1
    client.post(f"/notices/watching/{watch.pk}/stop/")
    assert Watch.objects.count() == 0


def test_one_click_watches_and_one_stops(client_for: Any) -> None:
    case, person = SolvedCaseFactory(), user_with("auditor")
    client = client_for(person)
    here = f"/talk/hurdles.solvedcase/{case.uid}"
    for _click in range(2):
        assert client.post(f"{here}/watch/")["Location"] == case.get_absolute_url()
    assert Watch.objects.filter(person=person).count() == 1
    assert "見守りをやめる" in text_of(client.get(case.get_absolute_url()))
    assert case.hurdle.title in text_of(client.get("/notices/watching/"))
    for _click in range(2):
        client.post(f"{here}/unwatch/")
    assert Watch.objects.count() == 0
    assert client.get(f"{here}/watch/")["Location"] == case.get_absolute_url()
    assert Watch.objects.count() == 0
    watch_record(record=case, by=person)
    unwatch_record(record=case, by=person)
    assert Watch.objects.count() == 0


def test_the_lists_are_empty_with_words_and_ask_a_constant_number_of_times(client_for: Any) -> None:
    person = user_with("secretariat")
    client = client_for(person)
    assert "お知らせはありません。" in text_of(client.get("/notices/"))
    assert "見守っている記録はありません。" in text_of(client.get("/notices/watching/"))
    counts: dict[str, list[int]] = {"/notices/": [], "/notices/watching/": []}
    for number in (3, 60):
        for _each in range(number):
            hurdle = HurdleFactory()
            Notice.objects.create(
                kind="hurdles.hurdle", record=hurdle.uid, person=person, event="x", text="動き", told_at=clock.now()
            )
            watch_record(record=hurdle, by=person)
        for address, found in counts.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
    assert all(few == many for few, many in counts.values())
    second = text_of(client.get("/notices/?page=2"))
    assert "新しいもの" in second
    assert "お知らせ 63件（未読 63件）" in second
