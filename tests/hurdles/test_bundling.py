"""Bundling: who may, what one act leaves behind, and that the members live on."""

import uuid
from datetime import date
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice, Watch
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet
from apps.hurdles.models import AffectedUnit, CommonHurdle
from apps.hurdles.selectors import common_hurdle_list, reach_of, visible_to
from apps.hurdles.services import (
    archive_common_hurdle,
    bundle_hurdles,
    create_common_hurdle,
    edit_common_hurdle,
    unbundle_hurdle,
)
from apps.organization.choices import RoleKind
from tests.factories import CommonHurdleFactory, EndorsementFactory, HurdleFactory, UnitFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/hurdles/common/"
ROLES = [role.value for role in RoleKind]
BUNDLERS = {"member", "secretariat"}
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"


def seen_by_all(**fields: Any) -> Any:
    unit = UnitFactory()
    return HurdleFactory(reporting_unit=unit, owning_unit=unit, **fields)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_and_verb(role: str, client_for: Any) -> None:
    user = user_with(role)
    client, hurdle, free = client_for(user), seen_by_all(), seen_by_all()
    common = CommonHurdleFactory(hurdles=[hurdle])
    here, wanted = common.get_absolute_url(), 200 if role in BUNDLERS else 403
    sentences = {
        f"{LIST}new/": "全庁的ハードルを作成できるのは、推進チームと事務局です。",
        f"{here}edit/": "全庁的ハードルを直せるのは、推進チームと事務局です。",
        f"{here}bundle/": "ハードルを束ねられるのは、推進チームと事務局です。",
        f"{here}unbundle/{hurdle.number}/": "束から外せるのは、推進チームと事務局です。",
        f"{here}archive/": "全庁的ハードルを保管に移せるのは、推進チームと事務局です。",
    }
    for url, sentence in sentences.items():
        response = client.get(url)
        assert response.status_code == wanted, url
        assert (sentence in text_of(response)) is (wanted == 403), url
    assert client.get(f"{LIST}C-2022-9999/edit/").status_code == 404
    assert client.get(f"{here}unbundle/{free.number}/").status_code == (404)
    if role not in BUNDLERS:
        for url in sentences:
            assert client.post(url, {"title": "x", "hurdles": free.number, "reason": "x"}).status_code == 403, url
        assert CommonHurdle.objects.get().version == 1
        assert [link.hurdle_id for link in common.member_links.all()] == [hurdle.pk]


def test_without_a_role_nothing_is_there(client_for: Any) -> None:
    common, client = CommonHurdleFactory(), client_for(user_with())
    assert client.get(f"{common.get_absolute_url()}edit/").status_code == 404
    assert client.get(f"{LIST}new/").status_code == 403


def test_a_common_hurdle_has_its_number_at_once_and_its_members_in_the_same_act() -> None:
    member = user_with("member", name="推進 花子")
    one, two = HurdleFactory(title="一つ目"), HurdleFactory(title="二つ目")
    values = {"title": NASTY, "direction": "直す", "target_date": date(2023, 3, 31)}
    common = create_common_hurdle(uid=uuid.uuid4(), values=values, hurdles=[one, two, one], by=member)
    assert common.number == "C-2022-0001"
    assert common.title == NASTY
    (entry,) = entries_of(common, parts=("member_links",))
    assert (entry.verb, entry.actor) == ("全庁的ハードルの作成", "推進 花子")
    assert [change.new for change in entry.changes] == ["一つ目", "二つ目"]
    one.refresh_from_db()
    assert (one.status, one.version) == ("submitted", 1), "its members live on"


@pytest.mark.parametrize("state", ["draft", "merged"])
def test_what_is_not_the_citys_or_stands_elsewhere_is_not_bundled(state: str) -> None:
    member, hurdle, common = user_with("member"), HurdleFactory(status=state), CommonHurdleFactory()
    with pytest.raises(Unmet, match="束ねられません"):
        bundle_hurdles(common_hurdle=common, hurdles=[HurdleFactory(), hurdle], by=member)
    assert not common.member_links.exists()
    with pytest.raises(Unmet):
        create_common_hurdle(uid=uuid.uuid4(), values={"title": "x"}, hurdles=[hurdle], by=member)
    assert CommonHurdle.objects.count() == 1
    with pytest.raises(Unmet, match="1件以上"):
        bundle_hurdles(common_hurdle=common, hurdles=[], by=member)


def test_the_services_ask_who_it_is() -> None:
    common, hurdle, officer = CommonHurdleFactory(), HurdleFactory(), user_with("promoter")
    calls: list[Any] = [
        lambda: create_common_hurdle(uid=uuid.uuid4(), values={"title": "x"}, hurdles=[], by=officer),
        lambda: edit_common_hurdle(common_hurdle=common, version=1, values={"title": "x"}, by=officer),
        lambda: bundle_hurdles(common_hurdle=common, hurdles=[hurdle], by=officer),
        lambda: unbundle_hurdle(common_hurdle=common, hurdle=hurdle, reason="x", by=officer),
        lambda: archive_common_hurdle(common_hurdle=common, reason="x", by=officer),
    ]
    for call in calls:
        with pytest.raises(Forbidden):
            call()
    common.refresh_from_db()
    assert common.version == 1


def test_members_come_in_one_act_and_go_with_a_reason() -> None:
    secretary, watcher = user_with("secretariat"), user_with("viewer")
    present, new, other = HurdleFactory(title="前から"), HurdleFactory(title="新しい"), HurdleFactory(title="もう一つ")
    common = CommonHurdleFactory(hurdles=[present], title="押印")
    Watch.objects.create(kind="hurdles.commonhurdle", record=common.uid, person=watcher, since="2022-10-01T00:00+09:00")
    added = bundle_hurdles(common_hurdle=common, hurdles=[present, new, other], reason="同じ規則", by=secretary)
    assert added == [new, other]
    assert bundle_hurdles(common_hurdle=common, hurdles=[new], by=secretary) == [], "a second click adds nothing"
    unbundle_hurdle(common_hurdle=common, hurdle=new, reason="根拠が違う", by=secretary)
    entries = entries_of(common, parts=("member_links",))
    assert [(entry.verb, entry.reason) for entry in entries[:2]] == [
        ("束から外した", "根拠が違う"),
        ("束ねた", "同じ規則"),
    ]
    assert [change.old for change in entries[0].changes] == ["新しい"]
    assert [change.new for change in entries[1].changes] == ["新しい", "もう一つ"]
    assert list(Notice.objects.filter(person=watcher).order_by("pk").values_list("text", flat=True)) == [
        "「押印」に2件のハードルが束ねられました。",
        f"{new.number}が「押印」の束から外れました。",
    ]
    with pytest.raises(Unmet, match="ここには束ねられていません"):
        unbundle_hurdle(common_hurdle=common, hurdle=new, reason="もう一度", by=secretary)
    with pytest.raises(Unmet, match="理由を書いてください"):
        unbundle_hurdle(common_hurdle=common, hurdle=other, reason="\u3000", by=secretary)
    assert {link.hurdle_id for link in common.member_links.all()} == {present.pk, other.pk}


def test_the_history_of_the_hurdle_tells_it_too() -> None:
    hurdle, common = HurdleFactory(), CommonHurdleFactory(title="押印を前提にした手続")
    bundle_hurdles(common_hurdle=common, hurdles=[hurdle], reason="同じ規則", by=user_with("member"))
    (entry, *_logged) = entries_of(hurdle, parts=("common_hurdle_links",))
    assert [change.new for change in entry.changes] == ["押印を前提にした手続"]


def test_an_archived_one_is_laid_aside_with_its_reason() -> None:
    secretary, hurdle = user_with("secretariat"), HurdleFactory()
    common = CommonHurdleFactory(hurdles=[hurdle])
    with pytest.raises(Unmet):
        archive_common_hurdle(common_hurdle=common, reason=" ", by=secretary)
    archive_common_hurdle(common_hurdle=common, reason="二つに分けた", by=secretary)
    assert not common_hurdle_list(secretary).exists()
    assert entries_of(common)[0].reason == "二つに分けた"
    assert common.member_links.count() == 1
    hurdle.refresh_from_db()
    assert hurdle.version == 1


def test_two_who_edit_at_once_lose_neither_text(client_for: Any) -> None:
    secretary, member = user_with("secretariat"), user_with("member", name="推進 花子")
    common = CommonHurdleFactory(title="前の名前")
    edit_common_hurdle(common_hurdle=common, version=1, values={"title": "推進の名前"}, by=member)
    with pytest.raises(StaleVersion):
        edit_common_hurdle(common_hurdle=common, version=1, values={"title": "x"}, by=secretary)
    url = f"{common.get_absolute_url()}edit/"
    response = client_for(secretary).post(url, {"title": "事務局の名前", "version": 1})
    assert response.status_code == 409
    for words in ("推進 花子", "推進の名前", "事務局の名前"):
        assert words in text_of(response)
    saved = client_for(secretary).post(url, {"title": "事務局の名前", "version": 2})
    assert saved.status_code == 302
    common.refresh_from_db()
    assert (common.title, common.version) == ("事務局の名前", 3)
    assert [row.pk for row in CommonHurdle.objects.filter(search_key__contains="事務局ノ名前")] == [common.pk]


def test_the_reach_is_of_members_and_of_those_who_say_ours_too() -> None:
    secretary, a, b, c = user_with("secretariat"), UnitFactory(), UnitFactory(), UnitFactory()
    one = HurdleFactory(hours_lost=100, reporting_unit=a)
    AffectedUnit.objects.create(hurdle=one, unit=b)
    EndorsementFactory(hurdle=one, unit=b, hours_lost=30)
    EndorsementFactory(hurdle=one, unit=c, hours_lost=None)
    two = HurdleFactory(reporting_unit=a)
    merged = HurdleFactory(hours_lost=1_000, status="merged", merged_into=one)
    common = CommonHurdleFactory(hurdles=[one, two, merged])
    row = common_hurdle_list(secretary).get(pk=common.pk)
    assert (row.members, row.hours, row.hours_own, row.hours_theirs, row.units) == (2, 130, 100, 30, 3)
    reach = reach_of(visible_to(secretary).filter(pk__in=[one.pk, two.pk]))
    assert (reach.hurdles, reach.hours, reach.units) == (2, 130, 3)


class TestPages:
    def test_create_from_selected_hurdles(self, client_for: Any) -> None:
        client = client_for(user_with("member"))
        chosen, left = HurdleFactory(title=NASTY), HurdleFactory()
        url = f"{LIST}new/?hurdle={chosen.number}&hurdle={left.number}&hurdle=H-2022-9999"
        page = client.get(url)
        assert {row.pk: row.ticked for row in page.context["candidates"]} == {chosen.pk: True, left.pk: True}
        assert "<b>髙" not in text_of(page)
        uid = str(uuid.uuid4())
        missing = client.post(url, {"uid": uid, "title": "", "hurdles": [chosen.number]})
        assert missing.status_code == 422
        assert {row.pk: row.ticked for row in missing.context["candidates"]} == {chosen.pk: True, left.pk: False}
        for _click in range(2):
            done = client.post(url, {"uid": uid, "title": "束", "hurdles": [chosen.number]})
            assert (done.status_code, done.url) == (302, f"{LIST}C-2022-0001/")
        common = CommonHurdle.objects.get()
        assert [link.hurdle_id for link in common.member_links.all()] == [chosen.pk]

    def test_what_one_does_not_see_is_not_bundled(self, client_for: Any) -> None:
        draft = HurdleFactory(status="draft", number="H-2021-7777")
        client = client_for(user_with("member"))
        assert client.get(f"{LIST}new/?hurdle={draft.number}").context["candidates"] == []
        response = client.post(f"{LIST}new/", {"uid": str(uuid.uuid4()), "title": "x", "hurdles": [draft.number]})
        assert response.status_code == 422
        assert not CommonHurdle.objects.exists()

    def test_search_tick_look_and_bundle(self, client_for: Any) -> None:
        client = client_for(user_with("secretariat"))
        present = HurdleFactory(hours_lost=10)
        common = CommonHurdleFactory(hurdles=[present])
        seal, other = HurdleFactory(title="ｵﾝﾗｲﾝの印", hours_lost=5), HurdleFactory(title="別の話")
        url = f"{common.get_absolute_url()}bundle/"
        assert [row.pk for row in client.get(url).context["offered"]] == [seal.pk, other.pk]
        found = client.get(url, {"q": "オンライン", "hurdle": other.number})
        assert [row.pk for row in found.context["offered"]] == [seal.pk]
        assert [row.pk for row in found.context["ticked"]] == [other.pk]
        assert "ハードルを1件以上選んでください。" in text_of(client.get(url, {"preview": "1"}))
        look = client.get(url, {"hurdle": [seal.number], "preview": "1"})
        before, after = look.context["preview"]["before"], look.context["preview"]["after"]
        assert (before.hurdles, before.hours, after.hurdles, after.hours, after.units) == (1, 10, 2, 15, 2)
        for _click in range(2):
            done = client.post(url, {"hurdles": [seal.number], "reason": ""})
            assert (done.status_code, done.url) == (302, common.get_absolute_url())
        assert {link.hurdle_id for link in common.member_links.all()} == {present.pk, seal.pk}
        assert client.post(url, {"reason": ""}).status_code == 422

    def test_take_out_and_archive(self, client_for: Any) -> None:
        client, hurdle = client_for(user_with("secretariat")), HurdleFactory()
        common = CommonHurdleFactory(hurdles=[hurdle])
        here = common.get_absolute_url()
        assert client.post(f"{here}unbundle/{hurdle.number}/", {"reason": ""}).status_code == 422
        assert client.post(f"{here}unbundle/{hurdle.number}/", {"reason": "違う"}).status_code == 302
        assert not common.member_links.exists()
        assert client.post(f"{here}archive/", {"reason": "まとめ直す"}).url == LIST
        assert client.get(here).status_code == 404
