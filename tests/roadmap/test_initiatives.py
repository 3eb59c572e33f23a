"""An initiative is put on the roadmap, changed, laid aside; milestones, hurdles, updates and implementations."""

import json
import uuid
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StalePart, StaleVersion, seen_as
from apps.core.talk.watching import begin_to_watch
from apps.core.transitions import Unmet, WrongState
from apps.hurdles.selectors.dependencies import hurdles_to_link
from apps.roadmap.models import (
    Implementation,
    Initiative,
    InitiativeDependency,
    InitiativeHurdle,
    InitiativeUpdate,
    Milestone,
)
from apps.roadmap.services.implementations import (
    change_implementation,
    record_implementation,
    remove_implementation,
)
from apps.roadmap.services.initiative_hurdles import link_initiative_hurdle, unlink_initiative_hurdle
from apps.roadmap.services.initiative_updates import write_initiative_update
from apps.roadmap.services.initiatives import archive_initiative, create_initiative, edit_initiative
from apps.roadmap.services.milestones import (
    achieve_milestone,
    add_milestone,
    change_milestone,
    remove_milestone,
    reopen_milestone,
)
from tests.factories import (
    HurdleFactory,
    InitiativeFactory,
    MilestoneFactory,
    PlanItemFactory,
    PolicyFactory,
    ThemeFactory,
    UnitFactory,
    VisionFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
NEW = "/roadmap/initiatives/new/"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def client(client_for: Any, secretary: Any) -> Any:
    return client_for(secretary)


def visible_hurdle(**fields: Any) -> Any:
    hurdle = HurdleFactory(**fields)
    hurdle.owning_unit = hurdle.reporting_unit
    hurdle.save()
    return hurdle


class TestCreate:
    def test_a_concept_with_its_number_and_all_that_belongs_to_it(self, secretary: Any) -> None:
        lead, support, hurdle = UnitFactory(), UnitFactory(), HurdleFactory()
        values = {
            "title": "請求書の押印廃止",
            "lead_unit": lead,
            "lead_role": "manager",
            "supporting_units": [support, lead],
            "starts_on": date(2023, 3, 31),
            "ends_on": date(2023, 3, 31),
        }
        made = create_initiative(uid=uuid.uuid4(), values=values, hurdles=[hurdle], by=secretary)
        made.refresh_from_db()
        assert (made.number, made.status, made.status_since) == ("I-2022-0001", "concept", TODAY)
        assert (made.starts_on, made.ends_on) == (date(2023, 3, 31), date(2023, 3, 31))
        assert list(made.supporting_units.all()) == [support], "the lead unit supports nobody"
        assert list(made.hurdles.all()) == [hurdle]
        (entry,) = entries_of(made)
        assert entry.verb == "ロードマップに載せた"

    def test_refusals_write_nothing(self, secretary: Any) -> None:
        values = {"title": "逆", "lead_unit": UnitFactory(), "starts_on": TODAY, "ends_on": date(2022, 10, 13)}
        with pytest.raises(Unmet, match="終"):
            create_initiative(uid=uuid.uuid4(), values=values, by=secretary)
        with pytest.raises(Forbidden):
            create_initiative(uid=uuid.uuid4(), values=values, by=user_with("promoter"))
        merged = HurdleFactory(status="merged")
        with pytest.raises(Unmet, match="統合"):
            create_initiative(uid=uuid.uuid4(), values=values | {"ends_on": TODAY}, hurdles=[merged], by=secretary)
        assert not Initiative.objects.exists()

    def test_a_form_sent_twice_makes_one(self, client: Any) -> None:
        unit = UnitFactory()
        sent = {**form_of(client.get(NEW), "uid"), "title": "𠮷田髙の取組", "lead_unit": unit.pk, "starts_on": "R5.4.1"}
        first, second = client.post(NEW, sent), client.post(NEW, sent)
        assert first.url == second.url == "/roadmap/initiatives/I-2022-0001/"
        made = Initiative.objects.get()
        assert (made.title, made.starts_on, made.ends_on) == ("𠮷田髙の取組", date(2023, 4, 1), None)

    def test_what_is_missing_is_said_and_what_was_typed_stays(self, client: Any) -> None:
        sent = {**form_of(client.get(NEW), "uid"), "current_state": "紙", "starts_on": "R5.4.1", "ends_on": "R5.3.31"}
        response = client.post(NEW, sent)
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"title", "lead_unit", "ends_on"}
        assert "紙" in text_of(response)

    def test_it_is_filled_in_from_where_one_comes(self, client: Any) -> None:
        vision, policy, hurdle = VisionFactory(area="窓口"), PolicyFactory(), visible_hurdle()
        form = client.get(f"{NEW}?vision={vision.number}").context["form"]
        assert (form["vision"].value(), form["area"].value()) == (vision.pk, "窓口")
        assert client.get(f"{NEW}?policy={policy.number}").context["form"]["policy"].value() == policy.pk
        response = client.get(f"{NEW}?hurdle={hurdle.number}")
        assert response.context["form"]["lead_unit"].value() == hurdle.owning_unit_id
        assert hurdle.title in text_of(response)
        sent = {**form_of(response, "uid"), "title": "押印をやめる"}
        client.post(NEW, sent)
        assert list(Initiative.objects.get().hurdles.all()) == [hurdle]
        assert client.get(f"{NEW}?policy=P-9&vision=V-9&hurdle=H-9").context["form"]["policy"].value() is None

    def test_the_pages_of_what_it_serves_lead_there_for_those_who_may(self, client: Any, client_for: Any) -> None:
        officer = client_for(user_with("promoter"))
        for name, record in (
            ("policy", PolicyFactory()),
            ("vision", VisionFactory()),
            ("hurdle", visible_hurdle()),
        ):
            link = f'href="{NEW}?{name}={record.number}"'
            assert link in text_of(client.get(record.get_absolute_url())), name
            assert link not in text_of(officer.get(record.get_absolute_url())), name
        assert f'href="{NEW}"' in text_of(client.get("/roadmap/initiatives/"))
        assert f'href="{NEW}"' not in text_of(officer.get("/roadmap/initiatives/"))
        assert officer.get(NEW).status_code == 403


class TestEdit:
    def test_it_says_something_else_and_is_found_by_it(self, secretary: Any) -> None:
        initiative, unit = InitiativeFactory(), UnitFactory()
        values = {"title": "髙台の窓口", "supporting_units": [unit]}
        edit_initiative(initiative=initiative, version=1, values=values, by=secretary)
        initiative.refresh_from_db()
        assert (initiative.title, initiative.version) == ("髙台の窓口", 2)
        assert list(initiative.supporting_units.all()) == [unit]
        assert "髙台" in initiative.search_key
        with pytest.raises(StaleVersion):
            edit_initiative(initiative=initiative, version=1, values={"title": "別"}, by=secretary)

    @pytest.mark.parametrize("name", ["starts_on", "ends_on"])
    def test_the_dates_move_elsewhere(self, name: str, secretary: Any, client: Any) -> None:
        initiative = InitiativeFactory()
        with pytest.raises(Unmet, match="日程"):
            edit_initiative(initiative=initiative, version=1, values={name: TODAY}, by=secretary)
        url = f"{initiative.get_absolute_url()}edit/"
        assert name not in client.get(url).context["form"].fields
        client.post(url, {**form_of(client.get(url), "version"), name: "R4.10.14"})
        initiative.refresh_from_db()
        assert (initiative.starts_on, initiative.ends_on) == (date(2023, 4, 1), date(2024, 3, 31))

    def test_a_policy_that_the_person_does_not_see_stays(self, client_for: Any) -> None:
        lead, policy = user_with("promoter"), PolicyFactory(status="draft", title="まだ案")
        initiative = InitiativeFactory(lead_unit=lead.unit, policy=policy)
        officer, url = client_for(lead), f"{initiative.get_absolute_url()}edit/"
        response = officer.get(url)
        assert "まだ案" not in text_of(response)
        officer.post(url, {**form_of(response, "version"), "title": "直した題"})
        initiative.refresh_from_db()
        assert (initiative.title, initiative.policy) == ("直した題", policy)
        other = InitiativeFactory(lead_unit=lead.unit)
        officer.post(
            f"{other.get_absolute_url()}edit/",
            {**form_of(officer.get(f"{other.get_absolute_url()}edit/"), "version"), "policy": policy.pk},
        )
        other.refresh_from_db()
        assert other.policy is None, "nobody puts an initiative under a policy that is hidden from them"

    def test_what_was_chosen_stays_though_it_is_archived_or_of_the_past(self, client: Any) -> None:
        vision = VisionFactory(archived_at="2022-10-01T00:00+09:00")
        unit, item = UnitFactory(valid_to=date(2022, 3, 31)), PlanItemFactory()
        initiative = InitiativeFactory(vision=vision, lead_unit=unit, plan_item=item)
        url = f"{initiative.get_absolute_url()}edit/"
        client.post(url, form_of(client.get(url), "version"))
        initiative.refresh_from_db()
        assert (initiative.vision, initiative.lead_unit, initiative.plan_item) == (vision, unit, item)

    def test_two_people_at_once_lose_nothing(self, client: Any) -> None:
        initiative = InitiativeFactory()
        url = f"{initiative.get_absolute_url()}edit/"
        sent = form_of(client.get(url), "version")
        client.post(url, {**sent, "title": "先の人"})
        response = client.post(url, {**sent, "title": "後の人"})
        assert response.status_code == 409
        assert {"先の人", "後の人"} <= {w for row in response.context["conflict"]["fields"] for w in row.values()}
        client.post(url, {**form_of(response, "version"), "title": "後の人"})
        initiative.refresh_from_db()
        assert initiative.title == "後の人"


class TestArchive:
    def test_with_a_reason_and_not_while_it_is_needed(self, secretary: Any, client: Any) -> None:
        initiative, needing = InitiativeFactory(), InitiativeFactory(title="後の取組")
        InitiativeDependency.objects.create(initiative=needing, needs=initiative)
        with pytest.raises(Unmet, match="後の取組"):
            archive_initiative(initiative=initiative, reason="重複", by=secretary)
        with pytest.raises(Unmet, match="理由"):
            archive_initiative(initiative=needing, reason=" ", by=secretary)
        with pytest.raises(Forbidden):
            archive_initiative(initiative=needing, reason="重複", by=user_with("member"))
        Initiative.objects.filter(pk=needing.pk).update(status="achieved")
        url = f"{initiative.get_absolute_url()}archive/"
        response = client.post(url, {**form_of(client.get(url), "version"), "reason": "重複"})
        assert response.url == "/roadmap/initiatives/"
        initiative.refresh_from_db()
        assert initiative.archived_at is not None
        assert client.get(initiative.get_absolute_url()).status_code == 404
        assert entries_of(initiative)[0].reason == "重複"


class TestMilestones:
    def test_add_change_achieve_set_back_take_out(self, secretary: Any) -> None:
        initiative = InitiativeFactory()
        values = {"fiscal_year": 2023, "quarter": 4, "text": "条例の改正"}
        milestone = add_milestone(initiative=initiative, values=values, by=secretary)
        assert add_milestone(initiative=initiative, values=values, by=secretary) == milestone, "sent twice"
        seen = seen_as(milestone)
        change_milestone(milestone=milestone, seen=seen, values={**values, "quarter": 3}, by=secretary, reason="前倒し")
        with pytest.raises(StalePart):
            change_milestone(milestone=milestone, seen=seen, values={**values, "quarter": 2}, by=secretary)
        milestone.refresh_from_db()
        achieve_milestone(milestone=milestone, achieved_on=date(2022, 10, 1), evidence="公布した。", by=secretary)
        milestone.refresh_from_db()
        assert (milestone.quarter, milestone.state) == (3, "achieved")
        with pytest.raises(Unmet, match="既に"):
            achieve_milestone(milestone=milestone, achieved_on=TODAY, evidence="また", by=secretary)
        reopen_milestone(milestone=milestone, reason="施行されていない。", by=secretary)
        milestone.refresh_from_db()
        assert milestone.state == "planned"
        with pytest.raises(Unmet, match="達成していません"):
            reopen_milestone(milestone=milestone, reason="また", by=secretary)
        remove_milestone(milestone=milestone, reason="要らなくなった。", by=secretary)
        assert not Milestone.objects.exists()
        entries = entries_of(initiative, parts=("milestones",))
        assert [(entry.verb, entry.reason) for entry in reversed(entries) if entry.event] == [
            ("節目を追加", ""),
            ("節目を変更", "前倒し"),
            ("節目を達成", "「条例の改正」令和4年10月1日に達成。公布した。"),
            ("節目を未達成に戻した", "「条例の改正」を未達成に戻した。施行されていない。"),
            ("節目を除外", "要らなくなった。"),
        ]

    def test_refusals(self, secretary: Any) -> None:
        milestone = MilestoneFactory()
        with pytest.raises(Unmet, match="将来"):
            achieve_milestone(milestone=milestone, achieved_on=date(2022, 10, 15), evidence="x", by=secretary)
        with pytest.raises(Unmet, match="何をもって"):
            achieve_milestone(milestone=milestone, achieved_on=TODAY, evidence=" ", by=secretary)
        for service in (reopen_milestone, remove_milestone):
            with pytest.raises(Forbidden):
                service(milestone=milestone, reason="x", by=user_with("promoter"))
        with pytest.raises(Unmet, match="理由"):
            remove_milestone(milestone=milestone, reason=" ", by=secretary)
        milestone.initiative.status = "cancelled"
        with pytest.raises(WrongState):
            add_milestone(initiative=milestone.initiative, values={}, by=secretary)
        milestone.refresh_from_db()
        assert milestone.state == "planned"

    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "year", "quarter", "outside"),
        [
            (date(2023, 4, 1), date(2024, 3, 31), "R4", 4, True),
            (date(2023, 3, 31), date(2024, 3, 31), "R4", 4, False),
            (date(2023, 4, 1), date(2024, 3, 31), "2023", 1, False),
            (date(2023, 4, 1), date(2024, 3, 31), "令和5年度", 4, False),
            (date(2023, 4, 1), date(2023, 12, 31), "R5", 4, True),
            (date(2023, 4, 1), date(2024, 1, 1), "R5", 4, False),
            (None, None, "R20", 1, False),
        ],
    )
    def test_outside_the_period_it_is_kept_and_said(
        self, starts_on: Any, ends_on: Any, year: str, quarter: int, outside: bool, client: Any
    ) -> None:
        initiative = InitiativeFactory(starts_on=starts_on, ends_on=ends_on)
        url = f"{initiative.get_absolute_url()}milestones/add/"
        sent = {**form_of(client.get(url), "text"), "fiscal_year": year, "quarter": quarter, "text": "節目の文"}
        page = text_of(client.get(client.post(url, sent).url))
        assert Milestone.objects.get().quarter == quarter
        assert ("の外です。" in page) is ("期間外" in page) is outside

    def test_the_pages(self, client: Any, client_for: Any) -> None:
        milestone = MilestoneFactory(text="試行を始める")
        initiative, base = milestone.initiative, milestone.initiative.get_absolute_url()
        page = text_of(client.get(base))
        for verb in ("", "achieve/"):
            assert f'href="{base}milestones/{milestone.pk}/{verb}"' in page
        assert "milestones/" not in text_of(client_for(user_with("viewer")).get(base))
        url = f"{base}milestones/{milestone.pk}/achieve/"
        client.post(url, {**form_of(client.get(url), "evidence"), "evidence": "10課で始めた。"})
        milestone.refresh_from_db()
        assert milestone.state == "achieved"
        assert f'href="{base}milestones/{milestone.pk}/reopen/"' in text_of(client.get(base))
        other = f"{InitiativeFactory().get_absolute_url()}milestones/{milestone.pk}/"
        assert client.get(other).status_code == 404, "a milestone stands on the page of its own initiative alone"
        url = f"{base}milestones/{milestone.pk}/"
        sent = form_of(client.get(url), "text")
        client.post(url, {**sent, "text": "先の人"})
        response = client.post(url, {**sent, "text": "後の人"})
        assert response.status_code == 409
        assert "先の人" in text_of(response)
        assert client.post(url, form_of(response, "text")).status_code == 302
        milestone.refresh_from_db()
        assert milestone.text == "後の人"
        assert initiative.milestones.count() == 1


class TestHurdles:
    def test_add_and_take_out(self, secretary: Any) -> None:
        initiative, hurdle, watcher = InitiativeFactory(), visible_hurdle(), user_with("viewer")
        begin_to_watch(hurdle, [watcher])
        for _click in range(2):
            link_initiative_hurdle(initiative=initiative, hurdle=hurdle, by=secretary)
        assert list(initiative.hurdles.all()) == [hurdle]
        (notice,) = Notice.objects.filter(person=watcher)
        assert initiative.number in notice.text
        for _click in range(2):
            unlink_initiative_hurdle(initiative=initiative, hurdle=hurdle, reason="別の取組で", by=secretary)
        assert not initiative.hurdles.exists()
        with pytest.raises(Unmet, match="統合"):
            link_initiative_hurdle(initiative=initiative, hurdle=HurdleFactory(status="merged"), by=secretary)
        with pytest.raises(Forbidden):
            link_initiative_hurdle(initiative=initiative, hurdle=hurdle, by=user_with("promoter"))

    def test_it_is_found_by_number_or_title_among_what_one_sees(self, client_for: Any) -> None:
        lead = user_with("promoter")
        initiative = InitiativeFactory(lead_unit=lead.unit)
        seen, hidden = visible_hurdle(title="請求書の押印"), HurdleFactory(title="請求書の控え")
        there = initiative.hurdle_links.values("hurdle")
        assert hurdles_to_link(lead, "請求書", linked=there) == [seen]
        assert set(hurdles_to_link(user_with("secretariat"), "請求書", linked=there)) == {seen, hidden}
        assert hurdles_to_link(lead, seen.number, linked=there) == [seen]
        assert hurdles_to_link(lead, " ", linked=there) == []
        officer, url = client_for(lead), f"{initiative.get_absolute_url()}hurdles/"
        page = text_of(officer.get(f"{url}?q={quote('請求書')}"))
        assert ("請求書の押印" in page, "請求書の控え" in page) == (True, False)
        assert officer.post(url, {"number": hidden.number}).status_code == 422
        officer.post(url, {"number": seen.number.lower()})
        assert list(initiative.hurdles.all()) == [seen]
        assert hurdles_to_link(lead, "請求書", linked=there) == []
        InitiativeHurdle.objects.create(initiative=initiative, hurdle=hidden)
        assert officer.get(f"{url}{hidden.pk}/remove/").status_code == 404
        officer.post(f"{url}{seen.pk}/remove/", {})
        assert list(initiative.hurdles.all()) == [hidden]


class TestUpdates:
    def test_the_newest_says_how_it_goes_and_how_far_it_is(self, secretary: Any) -> None:
        initiative = InitiativeFactory(status="underway")

        def write(day: date, health: str, progress: int | None) -> tuple[Any, ...]:
            write_initiative_update(
                initiative=initiative, happened_on=day, health=health, progress=progress, text="動いた。", by=secretary
            )
            return (initiative.health, initiative.progress, initiative.progressed_on)

        assert write(date(2022, 10, 1), "on_track", 30) == ("on_track", 30, date(2022, 10, 1))
        assert write(date(2022, 9, 1), "stalled", 10) == ("on_track", 30, date(2022, 10, 1)), "told late"
        assert write(date(2022, 10, 10), "delayed", None) == ("delayed", 30, date(2022, 10, 10))
        assert write(TODAY, "on_track", 0) == ("on_track", 0, TODAY)
        assert InitiativeUpdate.objects.filter(written_by=secretary).count() == 4

    def test_refusals(self, secretary: Any) -> None:
        initiative = InitiativeFactory(status="underway")
        good: dict[str, Any] = {
            "initiative": initiative,
            "happened_on": TODAY,
            "health": "on_track",
            "text": "動いた。",
        }
        for bad, words in (
            ({"text": " "}, "進んだ"),
            ({"happened_on": date(2022, 10, 15)}, "先の日"),
            ({"progress": 101}, "0"),
            ({"progress": -1}, "0"),
        ):
            with pytest.raises(Unmet, match=words):
                write_initiative_update(**{**good, **bad}, by=secretary)
        with pytest.raises(StaleVersion):
            write_initiative_update(**good, version=0, by=secretary)
        assert not InitiativeUpdate.objects.exists()

    def test_the_page(self, client: Any) -> None:
        initiative = InitiativeFactory(status="underway")
        url = f"{initiative.get_absolute_url()}update/"
        sent = form_of(client.get(url), "text")
        assert sent["happened_on"] == "令和4年10月14日"
        response = client.post(url, {**sent, "health": "delayed", "progress": "４０", "text": "3課で始めた。"})
        assert response.status_code == 302
        page = text_of(client.get(initiative.get_absolute_url()))
        for words in ("40%", "報告による", "3課で始めた。", "最終報告 令和4年10月14日"):
            assert words in page
        assert client.post(url, {**sent, "health": "delayed", "text": "もう一度"}).status_code == 409, "a second click"


class TestImplementations:
    VALUES = {"title": "転記の自動化", "implemented_on": date(2022, 9, 1), "hours_saved": 1200}

    def test_record_change_take_out(self, secretary: Any) -> None:
        initiative = InitiativeFactory(by_team=True)
        made = record_implementation(initiative=initiative, values=self.VALUES, by=secretary)
        assert record_implementation(initiative=initiative, values=self.VALUES, by=secretary) == made, "sent twice"
        change_implementation(implementation=made, seen=seen_as(made), values={"hours_saved": 900}, by=secretary)
        made.refresh_from_db()
        assert made.hours_saved == 900
        remove_implementation(implementation=made, reason="使われていない。", by=secretary)
        assert not Implementation.objects.exists()

    def test_refusals(self, secretary: Any) -> None:
        initiative = InitiativeFactory(by_team=True)
        with pytest.raises(Unmet, match="自ら実装"):
            record_implementation(initiative=InitiativeFactory(), values=self.VALUES, by=secretary)
        later = {**self.VALUES, "implemented_on": date(2022, 10, 15)}
        with pytest.raises(Unmet, match="将来"):
            record_implementation(initiative=initiative, values=later, by=secretary)
        lead = user_with("promoter", unit=initiative.lead_unit)
        with pytest.raises(Forbidden):
            record_implementation(initiative=initiative, values=self.VALUES, by=lead)
        assert not Implementation.objects.exists()

    def test_the_list_sums_the_hours_of_what_it_shows(self, client: Any, client_for: Any) -> None:
        first = InitiativeFactory(by_team=True, number="I-2022-0001")
        second = InitiativeFactory(by_team=True, title="申請の受付")
        gone = InitiativeFactory(by_team=True, archived_at="2022-10-01T00:00+09:00")
        for initiative, title, day, hours in (
            (first, "転記の自動化", date(2022, 9, 1), 1200),
            (second, "一覧の作成", date(2022, 3, 31), 300),
            (second, "測っていない", date(2022, 4, 1), None),
            (gone, "保管した取組", date(2022, 4, 1), 9999),
        ):
            Implementation.objects.create(initiative=initiative, title=title, implemented_on=day, hours_saved=hours)
        page = "/roadmap/implementations/"
        assert "削減時間の合計 1,500時間/年" in text_of(client_for(user_with("viewer")).get(page))
        for query, titles in {
            "": ["転記の自動化", "測っていない", "一覧の作成"],
            "year=2021": ["一覧の作成"],
            "year=2022": ["転記の自動化", "測っていない"],
            "initiative=I-2022-0001": ["転記の自動化"],
            f"q={quote('申請 一覧')}": ["一覧の作成"],
            "sort=-hours_saved": ["転記の自動化", "一覧の作成", "測っていない"],
        }.items():
            rows = json.loads(b"".join(client.get(f"{page}?{query}&format=json")))
            assert [row["title"] for row in rows] == titles, query
        assert client.get(f"{page}?year=1999").status_code == 400
        assert "チームによる実装はまだありません" in text_of(client.get(f"{page}?q=なし"))


class TestList:
    def test_each_new_filter(self, client: Any, client_for: Any) -> None:
        def numbers(browser: Any, query: str) -> list[str]:
            response = browser.get(f"/roadmap/initiatives/?{query}&format=json")
            return [row["number"] for row in json.loads(b"".join(response))]

        far = VisionFactory(number="V-1")
        near = VisionFactory(number="V-2", horizon="three_years", serves=far)
        theme = ThemeFactory(name="働き方")
        InitiativeFactory(number="I-1", vision=far, health="delayed", by_team=True)
        second = InitiativeFactory(number="I-2", vision=near, status="underway", starts_on=date(2022, 4, 1))
        third = InitiativeFactory(number="I-3", status="underway", progressed_on=date(2022, 10, 1))
        seen, hidden = visible_hurdle(), HurdleFactory()
        for hurdle, initiative in (
            (seen, second),
            (seen, third),
            (hidden, third),
            (hidden, InitiativeFactory(number="I-4")),
        ):
            hurdle.themes.add(theme)
            InitiativeHurdle.objects.create(initiative=initiative, hurdle=hurdle)
        for query, expected in {
            "health=delayed": ["I-1"],
            "vision=V-1": ["I-1", "I-2"],
            "vision=V-2": ["I-2"],
            f"theme={quote('働き方')}": ["I-2", "I-3", "I-4"],
            "by_team=yes": ["I-1"],
            "stalled=yes": ["I-2"],
        }.items():
            assert numbers(client, query) == expected, query
        officer = client_for(user_with("viewer"))
        assert numbers(officer, f"theme={quote('働き方')}") == ["I-2", "I-3"], "hidden hurdles lead nowhere"

    def test_health_progress_and_what_is_wrong_stand_in_the_row(self, client: Any) -> None:
        initiative = InitiativeFactory(status="underway", starts_on=date(2022, 4, 1), health="stalled")
        MilestoneFactory(initiative=initiative, state="achieved")
        MilestoneFactory(initiative=initiative)
        (row,) = client.get("/roadmap/initiatives/").context["table"].body
        cells = {(cell["value"], cell.get("sub", "")) for cell in row["cells"]}
        assert {("停滞", "長く報告なし"), ("50%", "節目1/2")} <= cells
