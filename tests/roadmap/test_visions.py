"""Visions: who writes them, what one act leaves behind, what holds them back, and how they are laid aside."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.models import Notice, found
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.talk import watch_record
from apps.core.transitions import Unmet
from apps.organization.choices import RoleKind
from apps.roadmap.models import Initiative, Vision
from apps.roadmap.services.visions import (
    archive_vision,
    create_vision,
    edit_vision,
    link_vision_hurdles,
    unlink_vision_hurdle,
)
from tests.factories import HurdleFactory, InitiativeFactory, PlanItemFactory, UnitFactory, VisionFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LIST = "/roadmap/visions/"
ROLES = [role.value for role in RoleKind]
NASTY = "<b>髙𠮷\ufa19</b>=cmd|'/C calc'!A0"


def seen_by_all(**fields: Any) -> Any:
    unit = UnitFactory()
    return HurdleFactory(reporting_unit=unit, owning_unit=unit, **fields)


def said(**changes: Any) -> dict[str, Any]:
    return {
        "horizon": "three_years",
        "area": "窓口",
        "title": NASTY,
        "statement": "待ち時間が半分になる。",
        "target_year": FiscalYear(2025),
        "serves": None,
        "plan_item": None,
        **changes,
    }


def typed(**changes: Any) -> dict[str, Any]:
    return {**said(), "target_year": "R7", "serves": "", "plan_item": "", "uid": str(uuid.uuid4()), **changes}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_and_page(role: str, client_for: Any) -> None:
    client, vision, hurdle = client_for(user_with(role)), VisionFactory(), seen_by_all()
    link_vision_hurdles(vision=vision, hurdles=[hurdle], by=user_with("secretariat"))
    here = vision.get_absolute_url()
    writing = {
        f"{LIST}new/": "将来像は、推進チームと事務局が作ります。",
        f"{here}edit/": "将来像は、推進チームと事務局が作ります。",
        f"{here}hurdles/": "将来像は、推進チームと事務局が作ります。",
        f"{here}hurdles/{hurdle.number}/remove/": "将来像は、推進チームと事務局が作ります。",
        f"{LIST}hold-back/?hurdle={hurdle.number}": "将来像は、推進チームと事務局が作ります。",
        f"{here}indicators/add/": "将来像の指標は、推進チームと事務局が管理します。",
        f"{here}archive/": "将来像の保管は、事務局が行います。",
    }
    for url, sentence in writing.items():
        allowed = role == "secretariat" or (role == "member" and not url.endswith("archive/"))
        response = client.get(url)
        assert response.status_code == (200 if allowed else 403), url
        assert (sentence in text_of(response)) is not allowed, url
        if not allowed:
            assert client.post(url, {"reason": "x"}).status_code == 403, url
    assert client.get(f"{LIST}V-2022-9999/edit/").status_code == 404
    assert (f'href="{here}edit/"' in text_of(client.get(here))) is (role in {"member", "secretariat"})


def test_a_vision_has_its_number_at_once_and_a_second_click_makes_no_second_one(client_for: Any) -> None:
    member = user_with("member", name="推進 花子")
    client, form = client_for(member), typed(serves=VisionFactory().pk, plan_item=PlanItemFactory(code="2-1-1").pk)
    first, second = (client.post(f"{LIST}new/", form) for _click in range(2))
    assert first.url == second.url == "/roadmap/visions/V-2022-0001/"
    vision = Vision.objects.get(number="V-2022-0001")
    assert (vision.title, vision.target_year, vision.plan_item.code) == (NASTY, FiscalYear(2025), "2-1-1")
    (entry,) = entries_of(vision)
    assert (entry.verb, entry.actor) == ("将来像の作成", "推進 花子")
    assert "&lt;b&gt;髙𠮷\ufa19&lt;/b&gt;" in text_of(client.get(first.url))


def test_where_it_is_missing_the_form_knows_what_for(client_for: Any) -> None:
    client, item, far = client_for(user_with("member")), PlanItemFactory(code="2-1-1"), VisionFactory(area="人材")
    form = client.get(f"{LIST}new/?plan_item=2-1-1&serves={far.number}").context["form"]
    assert (form["plan_item"].value(), form["serves"].value(), form["area"].value()) == (item.pk, far.pk, "人材")


def test_horizons_fit_together() -> None:
    by = user_with("secretariat")
    far = VisionFactory(target_year=FiscalYear(2030))
    near = VisionFactory(horizon="three_years", serves=far)
    wrong = (
        said(horizon="ten_years", serves=far),
        said(serves=near),
        said(serves=far, target_year=FiscalYear(2031)),
        said(serves=VisionFactory(archived_at="2022-10-01T00:00+09:00")),
    )
    for values in wrong:
        with pytest.raises(Unmet):
            create_vision(uid=uuid.uuid4(), values=values, by=by)
    with pytest.raises(Unmet, match="10年後のまま"):
        edit_vision(vision=far, version=1, values=said(), by=by)
    with pytest.raises(Unmet, match=str(near)):
        edit_vision(vision=far, version=1, values={"target_year": FiscalYear(2024)}, by=by)
    assert Vision.objects.count() == 3
    assert create_vision(uid=uuid.uuid4(), values=said(serves=far, target_year=FiscalYear(2030)), by=by).serves == far


def test_who_saves_second_sees_both_texts(client_for: Any) -> None:
    vision, client = VisionFactory(), client_for(user_with("member"))
    edit_vision(
        vision=Vision.objects.get(), version=1, values={"statement": "先に直した文"}, by=user_with("secretariat")
    )
    form = typed(horizon="ten_years", target_year="R14", statement="後から直した文", version=1)
    response = client.post(f"{vision.get_absolute_url()}edit/", form)
    assert response.status_code == 409
    assert "先に直した文" in text_of(response)
    assert "後から直した文" in text_of(response)
    with pytest.raises(StaleVersion):
        edit_vision(vision=vision, version=1, values={"statement": "x"}, by=user_with("member"))
    assert client.post(f"{vision.get_absolute_url()}edit/", {**form, "version": 2}).status_code == 302
    vision.refresh_from_db()
    assert (vision.statement, vision.version) == ("後から直した文", 3)
    assert list(found(Vision.objects.all(), "後から直した")) == [vision]


class TestHurdles:
    def test_they_are_found_by_words_ticked_and_told(self, client_for: Any) -> None:
        watcher, by = user_with("viewer"), user_with("member")
        vision, other = VisionFactory(), seen_by_all(title="紙の請求書が残る")
        hidden, third = HurdleFactory(title="請求書の話", status="draft"), seen_by_all(title="別の話")
        number = third.number
        watch_record(record=vision, by=watcher)
        client, url = client_for(by), f"{vision.get_absolute_url()}hurdles/"
        assert [each.number for each in client.get(f"{url}?q=請求書").context["offered"]] == [other.number]
        assert [each.number for each in client.get(f"{url}?q={number}").context["offered"]] == [number]
        assert [each.number for each in client.get(f"{url}?hurdle={number}").context["offered"]] == [number]
        form = {"hurdles": [other.number, number], "reason": "窓口が減らせない"}
        assert client.post(url, form).status_code == 302
        assert client.post(url, form).status_code == 302, "a second click"
        assert client.post(url, {"hurdles": []}).status_code == 422
        assert client.post(url, {"hurdles": [hidden.number or "H-2022-9999"]}).status_code == 422
        assert {link.hurdle_id for link in vision.hurdle_links.all()} == {other.pk, third.pk}
        entry, made = entries_of(vision, parts=("hurdle_links",))
        assert made.actor == "ポータルの外"
        assert (entry.verb, entry.reason, len(entry.changes)) == ("妨げているハードルを加えた", "窓口が減らせない", 2)
        assert Notice.objects.get(person=watcher).text.endswith("を妨げているハードルが2件加わりました。")

    def test_a_draft_and_a_merged_hurdle_hold_nothing_back(self) -> None:
        vision, by = VisionFactory(), user_with("secretariat")
        for status in ("draft", "merged"):
            with pytest.raises(Unmet, match="状態"):
                link_vision_hurdles(vision=vision, hurdles=[HurdleFactory(status=status)], by=by)
        with pytest.raises(Forbidden):
            link_vision_hurdles(vision=vision, hurdles=[HurdleFactory()], by=user_with("viewer"))
        assert not vision.hurdle_links.exists()

    def test_one_is_taken_out_with_the_reason(self, client_for: Any) -> None:
        vision, hurdle, by = VisionFactory(), seen_by_all(), user_with("secretariat")
        link_vision_hurdles(vision=vision, hurdles=[hurdle], by=by)
        with pytest.raises(Unmet):
            unlink_vision_hurdle(vision=vision, hurdle=hurdle, reason=" ", by=by)
        client, url = client_for(by), f"{vision.get_absolute_url()}hurdles/{hurdle.number}/remove/"
        assert hurdle.title in text_of(client.get(url))
        assert client.post(url, {"reason": "もう妨げていない"}).status_code == 302
        assert client.get(url).status_code == 404
        assert entries_of(vision, parts=("hurdle_links",))[0].reason == "もう妨げていない"

    def test_from_the_page_of_the_hurdle(self, client_for: Any) -> None:
        hurdle, client = seen_by_all(), client_for(user_with("member"))
        one, two = VisionFactory(), VisionFactory(horizon="three_years")
        url = f"/roadmap/visions/hold-back/?hurdle={hurdle.number}"
        assert f'href="{url}"' in text_of(client.get(hurdle.get_absolute_url()))
        assert client.post(url, {"visions": [one.pk, two.pk]}).url == hurdle.get_absolute_url()
        page = text_of(client.get(hurdle.get_absolute_url()))
        panel = page.split('id="roadmap-end"')[1].split("</section>")[0]
        assert one.statement in panel
        assert two.statement in panel
        assert not client.get(url).context["form"].fields["visions"].queryset.exists()
        assert client.get("/roadmap/visions/hold-back/").status_code == 404
        assert (
            client.get(f"/roadmap/visions/hold-back/?hurdle={HurdleFactory(status='draft').number}x").status_code == 404
        )


class TestArchiving:
    def test_not_while_something_hangs_on_it(self, client_for: Any) -> None:
        by, far, other = user_with("secretariat"), VisionFactory(), VisionFactory()
        near, initiative = VisionFactory(horizon="three_years", serves=far), InitiativeFactory(vision=far)
        InitiativeFactory(vision=far, archived_at="2022-10-01T00:00+09:00")
        for target in (None, near, far):
            with pytest.raises(Unmet):
                archive_vision(vision=far, reason="まとめる", move_to=target, by=by)
        client, url = client_for(by), f"{far.get_absolute_url()}archive/"
        assert list(client.get(url).context["form"].fields["move_to"].queryset) == [other]
        assert client.post(url, {"reason": "まとめる"}).status_code == 422
        assert client.post(url, {"reason": "まとめる", "move_to": other.pk}).status_code == 302
        near.refresh_from_db()
        initiative.refresh_from_db()
        assert (near.serves, initiative.vision, initiative.version) == (other, other, 2)
        assert client.get(far.get_absolute_url()).status_code == 404
        (entry, *_rest) = entries_of(Initiative.objects.get(pk=initiative.pk))
        assert (entry.verb, entry.reason, entry.changes[0].new) == ("保管に移した", "まとめる", other.title)

    def test_nothing_moves_to_a_vision_that_comes_before_it(self) -> None:
        by, far, early = user_with("secretariat"), VisionFactory(target_year=2032), VisionFactory(target_year=2024)
        near = VisionFactory(horizon="three_years", serves=far, target_year=2025)
        with pytest.raises(Unmet, match="後"):
            archive_vision(vision=far, reason="まとめる", move_to=early, by=by)
        near.refresh_from_db()
        assert near.serves == far
        assert far.archived_at is None

    def test_what_stands_alone_needs_a_reason_only(self) -> None:
        vision = VisionFactory()
        with pytest.raises(Unmet):
            archive_vision(vision=vision, reason="", by=user_with("secretariat"))
        with pytest.raises(Forbidden):
            archive_vision(vision=vision, reason="x", by=user_with("member"))
        assert archive_vision(vision=vision, reason="役目を終えた", by=user_with("secretariat")).archived_at


def test_the_page_shows_the_way(client_for: Any) -> None:
    client, far = client_for(user_with("member")), VisionFactory()
    page = text_of(client.get(far.get_absolute_url()))
    assert page.count("way__step--gap") == 2
    assert f"/roadmap/visions/new/?serves={far.number}" in page
    near = VisionFactory(horizon="three_years", serves=far)
    initiative = InitiativeFactory(vision=near, title="窓口の予約")
    for vision in (far, near):
        way = text_of(client.get(vision.get_absolute_url())).split('class="way"')[1].split("</ol>")[0]
        assert "way__step--gap" not in way
        assert all(words in way for words in (far.statement, near.statement, initiative.title))


def test_it_can_be_commented_on_and_watched(client_for: Any) -> None:
    vision, client = VisionFactory(), client_for(user_with("viewer"))
    talk = client.get(vision.get_absolute_url()).context["talk"]
    assert talk["may_write"]
    assert client.post(talk["record_watch_url"]).status_code == 302
    edit_vision(vision=vision, version=1, values={"area": "人材"}, by=user_with("member"))
    assert Notice.objects.get().text == f"{vision.number} {vision.title}が変更されました。"


def test_the_forms_ask_as_often_for_many_as_for_few(client_for: Any) -> None:
    client, vision = client_for(user_with("secretariat")), VisionFactory()
    urls = [f"{LIST}new/", f"{vision.get_absolute_url()}hurdles/?q=課", f"{vision.get_absolute_url()}archive/"]

    def asked() -> list[int]:
        counts = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))
        return counts

    VisionFactory(horizon="three_years", serves=vision)
    for n in range(3):
        link_vision_hurdles(vision=vision, hurdles=[seen_by_all(title=f"課題{n}")], by=user_with("secretariat"))
        seen_by_all(title=f"ほかの課題{n}")
    few = asked()
    for n in range(30):
        VisionFactory(horizon="three_years", serves=vision)
        InitiativeFactory(vision=VisionFactory(), plan_item=PlanItemFactory())
        seen_by_all(title=f"さらに課題{n}")
    assert asked() == few
