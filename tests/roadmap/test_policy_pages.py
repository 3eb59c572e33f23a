"""The pages of policies: forms, what they refuse, what stands on them, what waits, and how often they ask."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.waiting import tasks_of
from apps.decisions.models import Decision
from apps.roadmap.models import Policy, PolicyCommonHurdle, PolicyHurdle, PolicyUnit
from tests.factories import (
    AgendaItemFactory,
    CommonHurdleFactory,
    HurdleFactory,
    InitiativeFactory,
    LegalBasisFactory,
    PolicyVersionFactory,
    UnitFactory,
    user_with,
)
from tests.pages import form_of, text_of
from tests.roadmap.policies import ANY, a_level, a_policy

pytestmark = pytest.mark.django_db

TRICKY = "<b>𠮷田</b> {{ 7|add:1 }}"
GOAL = {"kind": "policy", "title": "請求書の押印廃止", "goal": "令和5年4月1日から求めない。"}
VERBS = ("edit", "archive", "review", "return", "bring-into-force", "achieve", "withdraw", "resume", "versions/write")
PAGES = (*VERBS, "hurdles/add", "units/bind", "units/release", "adopt")


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    return client_for(secretary)


def send(client: Any, url: str, field: str, **words: Any) -> Any:
    """Fills the form of a page and sends it."""
    return client.post(url, {**form_of(client.get(url), field), **words})


class TestCreating:
    def test_from_a_hurdle_and_a_common_hurdle(self, client: Any) -> None:
        hurdle, common = HurdleFactory(status="organizing"), CommonHurdleFactory()
        page = text_of(client.get(hurdle.get_absolute_url()))
        assert f"/roadmap/policies/new/?hurdle={hurdle.number}" in page
        page = text_of(client.get(common.get_absolute_url()))
        assert f"/roadmap/policies/new/?common_hurdle={common.number}" in page
        url = f"/roadmap/policies/new/?hurdle={hurdle.number}&common_hurdle={common.number}"
        response = send(client, url, "title", **GOAL)
        policy = Policy.objects.get()
        assert response.url == f"/roadmap/policies/{policy.uid}/"
        assert (list(policy.hurdles.all()), list(policy.common_hurdles.all())) == ([hurdle], [common])

    def test_a_draft_of_a_hurdle_is_not_offered(self, client: Any) -> None:
        hurdle = HurdleFactory(status="draft", number=None)
        assert "/roadmap/policies/new/" not in text_of(client.get(hurdle.get_absolute_url()))
        merged = HurdleFactory(status="merged")
        response = client.get(f"/roadmap/policies/new/?hurdle={merged.number}")
        assert response.context["candidates"] == []
        sent = client.post("/roadmap/policies/new/", {**GOAL, "uid": uuid.uuid4(), "hurdles": [merged.number]})
        assert (sent.status_code, Policy.objects.count()) == (422, 0)

    def test_a_second_click_makes_nothing(self, client: Any) -> None:
        sent = {**GOAL, "uid": str(uuid.uuid4())}
        first, second = client.post("/roadmap/policies/new/", sent), client.post("/roadmap/policies/new/", sent)
        assert first.url == second.url
        assert Policy.objects.count() == 1

    def test_what_is_missing_or_wrong_is_said_beside_the_field(self, client: Any) -> None:
        response = client.post("/roadmap/policies/new/", {"kind": "law", "target_date": "R5.2.29"})
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"kind", "title", "goal", "target_date"}

    def test_the_last_day_of_march_and_wareki(self, client: Any) -> None:
        client.post("/roadmap/policies/new/", {**GOAL, "uid": uuid.uuid4(), "target_date": "令和５年３月３１日"})
        assert Policy.objects.get().target_date == date(2023, 3, 31)

    @pytest.mark.parametrize(("role", "sees"), [("member", True), ("secretariat", True), ("manager", False)])
    def test_the_button_stands_where_one_may(self, role: str, sees: bool, client_for: Any) -> None:
        client = client_for(user_with(role))
        assert ("/roadmap/policies/new/" in text_of(client.get("/roadmap/policies/"))) is sees
        assert client.get("/roadmap/policies/new/").status_code == (200 if sees else 403)


class TestRights:
    def test_what_one_does_not_see_is_not_there(self, client_for: Any) -> None:
        officer, policy = client_for(user_with("manager")), a_policy("under_review")
        for page in (*PAGES, "versions/compare"):
            assert officer.get(f"{policy.get_absolute_url()}{page}/").status_code == 404, page

    def test_what_one_sees_and_may_not_do_says_who_may(self, client_for: Any) -> None:
        officer, policy = client_for(user_with("viewer")), a_policy("in_force")
        for page in PAGES:
            response = officer.get(f"{policy.get_absolute_url()}{page}/")
            assert response.status_code == 403, page
            assert "事務局" in text_of(response), page
        assert officer.get(f"{policy.get_absolute_url()}versions/compare/").status_code == 200
        assert officer.get(f"/decisions/policies/{policy.address}/record/").status_code == 403

    def test_a_hidden_hurdle_cannot_be_linked(self, client_for: Any) -> None:
        member, policy = client_for(user_with("member")), a_policy()
        draft = HurdleFactory(status="draft", number=None)
        page = f"{policy.get_absolute_url()}hurdles/add/"
        assert member.get(f"{page}?q={draft.title}").context["candidates"] == []
        response = member.post(page, {"hurdles": ["H-2022-9999"], "version": policy.version})
        assert (response.status_code, policy.hurdle_links.count()) == (422, 0)


class TestTheWay:
    def test_from_draft_to_achieved_by_its_pages(self, client: Any, client_for: Any) -> None:
        policy, manager = a_policy(text="", legal_level=a_level(*ANY)), user_with("manager")
        here = policy.get_absolute_url()
        send(client, f"{here}versions/write/", "text", text="押印を廃止する。")
        send(client, f"{here}units/bind/", "version", units=[manager.unit.pk])
        response = send(client, f"{here}review/", "version")
        policy.refresh_from_db()
        here = f"/roadmap/policies/{policy.number}/"
        assert response.url == here
        record = f"/decisions/policies/{policy.number}/record/"
        assert record in text_of(client.get(here))
        words = {"way": "approval", "approval_number": "4情戦第12号", "decided_on": "R4.10.14", "text": "案のとおり。"}
        response = send(client, record, "text", **words)
        assert response.url == here
        assert Decision.objects.get().approval_number == "4情戦第12号"
        assert record not in text_of(client.get(here))
        send(client, f"{here}bring-into-force/", "day")
        officer = client_for(manager)
        adopt = f"{here}adopt/?unit={manager.unit.code}"
        assert form_of(officer.get(adopt), "note")["unit"] == str(manager.unit.pk)
        send(officer, adopt, "note", note="様式を改めた。")
        assert "1所属のうち1所属が採用済み" in text_of(client.get(here))
        send(client, f"{here}achieve/", "evidence", evidence="押印欄のある様式はない。")
        policy.refresh_from_db()
        assert (policy.status, policy.in_force_on) == ("achieved", date(2022, 10, 14))
        steps = client.get(here).context["steps"]
        assert [step.is_done for step in steps] == [True] * 5

    def test_a_second_click_is_told(self, client: Any) -> None:
        policy = a_policy()
        url = f"{policy.get_absolute_url()}review/"
        form = form_of(client.get(url), "version")
        first = client.post(url, form)
        assert first.status_code == 302
        second = client.post(url, form)
        assert second.status_code == 422
        assert "検討中" in text_of(second)

    def test_somebody_elses_change_is_shown(self, client: Any) -> None:
        policy = a_policy()
        url = f"{policy.get_absolute_url()}edit/"
        form = form_of(client.get(url), "title")
        client.post(url, {**form, "goal": "令和5年度から求めない。"})
        response = client.post(url, {**form, "title": "髙橋の案"})
        assert response.status_code == 409
        assert "令和5年度から求めない。" in text_of(response)
        assert "髙橋の案" in text_of(response)

    def test_what_is_open_is_said_before_it_is_achieved(self, client: Any) -> None:
        policy, hurdle = a_policy("in_force"), HurdleFactory(status="in_progress", title="まだ残るハードル")
        PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        PolicyHurdle.objects.create(policy=policy, hurdle=HurdleFactory(status="resolved", title="終わったハードル"))
        InitiativeFactory(policy=policy, title="まだ続く取組")
        PolicyUnit.objects.create(policy=policy, unit=UnitFactory(name="保育課"))
        page = text_of(client.get(f"{policy.get_absolute_url()}achieve/"))
        assert all(words in page for words in ("まだ残るハードル", "まだ続く取組", "保育課"))
        assert "終わったハードル" not in page

    def test_hurdles_come_and_go_by_pages(self, client: Any) -> None:
        policy, hurdle, common = a_policy(), HurdleFactory(title="請求書への押印"), CommonHurdleFactory()
        here = policy.get_absolute_url()
        page = client.get(f"{here}hurdles/add/?q=請求書")
        assert [row.pk for row in page.context["candidates"]] == [hurdle.pk]
        assert page.context["common_candidates"] == []
        words = {"version": policy.version, "hurdles": [hurdle.number], "common_hurdles": [common.number]}
        client.post(f"{here}hurdles/add/", words)
        assert (policy.hurdle_links.count(), policy.common_hurdle_links.count()) == (1, 1)
        for record in (hurdle, common):
            send(client, f"{here}hurdles/{record.number}/remove/", "reason", reason="別の方針で解消する。")
        assert (policy.hurdle_links.count(), policy.common_hurdle_links.count()) == (0, 0)
        assert client.get(f"{here}hurdles/{hurdle.number}/remove/").status_code == 404

    def test_all_sections_at_once(self, client: Any) -> None:
        policy, units = a_policy(), [UnitFactory() for _each in range(3)]
        PolicyUnit.objects.create(policy=policy, unit=units[0])
        send(client, f"{policy.get_absolute_url()}units/bind/", "version", all_units="on")
        assert {unit.pk for unit in units} <= set(policy.unit_links.values_list("unit", flat=True))
        release = f"{policy.get_absolute_url()}units/release/"
        assert client.post(release, {"units": [units[0].pk], "reason": ""}).status_code == 422
        client.post(release, {"units": [units[0].pk], "reason": "窓口がない。"})
        assert not policy.unit_links.filter(unit=units[0]).exists()

    def test_an_adoption_is_undone(self, client: Any) -> None:
        policy = a_policy("in_force")
        link = PolicyUnit.objects.create(policy=policy, unit=UnitFactory(), adopted=True)
        url = f"{policy.get_absolute_url()}units/{link.pk}/undo/"
        assert url in text_of(client.get(policy.get_absolute_url()))
        send(client, url, "reason", reason="郵送の分が残っていた。")
        link.refresh_from_db()
        assert not link.adopted
        assert client.get(url).status_code == 404


class TestComparing:
    def test_any_two_versions(self, client: Any) -> None:
        policy = a_policy(text="押印を、廃止する。")
        PolicyVersionFactory(policy=policy, version=2, text="押印は原則廃止する。", reason="会計課の意見")
        PolicyVersionFactory(policy=policy, version=3, text=TRICKY)
        url = f"{policy.get_absolute_url()}versions/compare/"
        page = text_of(client.get(f"{url}?from=1&to=2"))
        assert "</span>を、廃止</del>" in page
        assert "</span>は原則廃止</ins>" in page
        assert "会計課の意見" in page
        newest = client.get(url)
        assert (newest.context["old"].version, newest.context["new"].version) == (2, 3)
        assert "&lt;b&gt;𠮷田&lt;/b&gt;" in text_of(newest)
        assert "<b>𠮷田" not in text_of(newest)
        assert client.get(f"{url}?from=1&to=9").status_code == 404
        assert "同じ版です" in text_of(client.get(f"{url}?from=2&to=2"))

    def test_one_version_has_nothing_to_compare(self, client: Any) -> None:
        url = f"{a_policy().get_absolute_url()}versions/compare/"
        assert "版は一つだけです" in text_of(client.get(url))


class TestRecordingPage:
    def test_by_the_meeting_of_an_agenda_item(self, client: Any) -> None:
        policy, item = a_policy("under_review", legal_level=a_level(*ANY)), AgendaItemFactory()
        url = f"/decisions/policies/{policy.number}/record/"
        response = send(client, url, "text", way="meeting", item=item.pk, text="案のとおり。")
        assert response.status_code == 302
        assert Decision.objects.get().item == item

    def test_it_says_what_follows_and_names_what_stayed(self, client: Any) -> None:
        policy = a_policy("under_review")
        moves = LegalBasisFactory(level=a_level(*ANY), hurdle=HurdleFactory(status="organizing")).hurdle
        stays = HurdleFactory(status="in_progress")
        for hurdle in (moves, stays):
            PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
        url = f"/decisions/policies/{policy.number}/record/"
        page = client.get(url)
        assert (page.context["following"], page.context["staying"]) == ([moves], [stays])
        words = {"way": "approval", "approval_number": "4情戦第12号", "decided_on": "R4.10.3", "text": "案のとおり。"}
        response = client.post(url, {**form_of(page, "text"), **words}, follow=True)
        said = str(next(iter(response.context["messages"])))
        assert f"方針決定としたハードル：{moves.number}" in said
        assert f"状態を変えていないハードル：{stays.number}" in said

    def test_what_is_missing_is_said_beside_the_field(self, client: Any) -> None:
        policy = a_policy("under_review", legal_level=a_level("headquarters"))
        url = f"/decisions/policies/{policy.number}/record/"
        for words, fields in (
            ({}, {"way", "text"}),
            ({"way": "meeting", "text": "可"}, {"meeting"}),
            ({"way": "approval", "text": "可"}, {"approval_number", "decided_on"}),
        ):
            response = client.post(url, words)
            assert (response.status_code, set(response.context["form"].errors)) == (422, fields)
        words = {"way": "approval", "approval_number": "4情戦第12号", "decided_on": "R4.10.3", "text": "可"}
        response = client.post(url, words)
        assert response.status_code == 422
        assert "決裁では決められません。決められるのは、本部会議です。" in text_of(response)


class TestWhatWaits:
    def titles(self, person: Any) -> list[str]:
        return [task.title for task in tasks_of(person)]

    def test_a_decision_waits_for_the_secretariat(self, secretary: Any) -> None:
        a_policy("under_review", title="決められる方針", legal_level=a_level("team"))
        a_policy("under_review", title="分からない方針")
        assert self.titles(secretary) == ["決定を求める：決められる方針", "改める定めを決める：分からない方針"]
        assert tasks_of(secretary)[0].note.endswith("決められるのは、推進チーム会議です。")
        assert self.titles(user_with("member")) == []

    def test_a_decided_one_waits_from_its_day_on(self, secretary: Any) -> None:
        for title, fields in (
            ("予定日が来た", {"in_force_on": date(2022, 10, 14)}),
            ("予定日はまだ", {"in_force_on": date(2022, 10, 15), "target_date": date(2023, 3, 31)}),
            ("期限はきょう", {"target_date": date(2022, 10, 14)}),
        ):
            a_policy("decided", title=title, **fields)
        assert self.titles(secretary) == ["施行する：予定日が来た"]

    def test_a_passed_date_waits_for_team_and_secretariat(self, secretary: Any) -> None:
        for status in ("draft", "in_force", "achieved", "withdrawn"):
            a_policy(status, title=f"{status}の方針", target_date=date(2022, 10, 13))
        expected = {"期限を過ぎています：draftの方針", "期限を過ぎています：in_forceの方針"}
        for person in (secretary, user_with("member")):
            assert set(self.titles(person)) == expected
        assert self.titles(user_with("manager")) == []

    def test_an_adoption_waits_for_promoter_and_manager_of_the_unit(self) -> None:
        promoter = user_with("promoter")
        manager, officer = user_with("manager", unit=promoter.unit), user_with("viewer", unit=promoter.unit)
        stranger = user_with("promoter")
        for status in ("decided", "in_force", "under_review", "achieved"):
            policy = a_policy(status, title=f"{status}の方針")
            PolicyUnit.objects.create(policy=policy, unit=promoter.unit)
        expected = {"課で採用する：decidedの方針", "課で採用する：in_forceの方針"}
        assert set(self.titles(promoter)) == set(self.titles(manager)) == expected
        assert self.titles(officer) == self.titles(stranger) == []
        PolicyUnit.objects.update(adopted=True)
        assert self.titles(promoter) == []


class TestTheList:
    def test_the_new_filters(self, client: Any) -> None:
        here, there, level = UnitFactory(code="0401"), UnitFactory(code="0402"), a_level("team", code="custom")
        PolicyUnit.objects.create(policy=a_policy("in_force", number="P-1", legal_level=level), unit=here, adopted=True)
        second = a_policy("in_force", number="P-2", target_date=date(2022, 10, 13))
        for unit, adopted in ((here, False), (there, True)):
            PolicyUnit.objects.create(policy=second, unit=unit, adopted=adopted)
        a_policy("decided", number="P-3", target_date=date(2022, 10, 14))
        for query, expected in {
            "legal_level=custom": ["P-1"],
            "late=yes": ["P-2"],
            "unit=0401": ["P-1", "P-2"],
            "adoption=open": ["P-2"],
            "adoption=open&unit=0401": ["P-2"],
            "adoption=open&unit=0402": [],
        }.items():
            rows = client.get(f"/roadmap/policies/?{query}&format=json").json()
            assert [row["number"] for row in rows] == expected, query
        assert client.get("/roadmap/policies/?adoption=all").status_code == 400
        assert client.get("/roadmap/policies/?legal_level=none").status_code == 400

    def test_a_renamed_unit_is_found_by_its_successor(self, client: Any) -> None:
        old = UnitFactory(code="0501", valid_to=date(2022, 3, 31))
        new = UnitFactory(code="0501", valid_from=date(2022, 4, 1))
        old.successors.add(new)
        old.main_successor = new
        old.save()
        PolicyUnit.objects.create(policy=a_policy("in_force", number="P-1"), unit=old)
        rows = client.get("/roadmap/policies/?unit=0501&adoption=open&format=json").json()
        assert [row["number"] for row in rows] == ["P-1"]


def queries_of(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200, url
    return len(queries)


def test_pages_ask_as_often_for_many_rows_as_for_few(client: Any) -> None:
    policy = a_policy("under_review", number="P-2022-0077")
    here = policy.get_absolute_url()
    urls = [here, *(f"{here}{page}/" for page in ("hurdles/add", "units/bind", "units/release", "versions/compare"))]
    urls += ["/roadmap/policies/new/", "/", "/decisions/policies/P-2022-0077/record/", f"{here}review/"]

    def grow(count: int) -> None:
        for n in range(count):
            hurdle = LegalBasisFactory(level=a_level(*ANY), hurdle=HurdleFactory(status="organizing")).hurdle
            HurdleFactory(status="organizing", owning_unit=UnitFactory())
            PolicyHurdle.objects.create(policy=policy, hurdle=hurdle)
            common = CommonHurdleFactory(hurdles=[HurdleFactory(status="in_progress")])
            PolicyCommonHurdle.objects.create(policy=policy, common_hurdle=common)
            PolicyUnit.objects.create(policy=policy, unit=UnitFactory(), adopted=n % 2)
            PolicyVersionFactory(policy=policy, version=policy.versions.count() + 1, text=f"押印を{n}件廃止する。")
            a_policy("under_review", legal_level=None)
            AgendaItemFactory()

    grow(3)
    few = {url: queries_of(client, url) for url in urls}
    grow(15)
    assert {url: queries_of(client, url) for url in urls} == few
    assert max(few.values()) <= 60, few
