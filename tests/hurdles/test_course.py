"""The course of a hurdle: what its verbs need, progress, next action, who is told, and what its page says."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.notices import watchers
from apps.core.talk import unwatch_record
from apps.core.transitions import Unmet
from apps.core.waiting import tasks_of
from apps.hurdles.models import Hurdle, ProgressUpdate
from apps.hurdles.selectors import stalled_hurdles
from apps.hurdles.services import (
    FLOW,
    defer_hurdle,
    draft_policy,
    organize_hurdle,
    petition_hurdle,
    plan_next_action,
    put_before_headquarters,
    resolve_hurdle_partly,
    set_policy,
    start_hurdle,
    submit_hurdle,
    write_progress,
)
from tests.factories import HurdleFactory, OwnerViewFactory, UnitFactory, UserFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

TODAY = date(2022, 10, 14)  # DEMO_TODAY
DECISION = "起案4総第12号、令和4年10月3日決裁"


@pytest.fixture
def secretary() -> Any:
    return user_with("secretariat")


@pytest.fixture
def owner() -> Any:
    return user_with("manager")


def owned(owner: Any, **fields: Any) -> Hurdle:
    """A hurdle that the owner's unit was asked about, and so sees."""
    hurdle: Hurdle = HurdleFactory(owning_unit=owner.unit, **({"status": "in_progress"} | fields))
    OwnerViewFactory(hurdle=hurdle)
    hurdle.refresh_from_db()
    return hurdle


def head_of(client: Any, hurdle: Any) -> str:
    """What stands above the title."""
    return str(client.get(hurdle.get_absolute_url()).content.decode().split("page-head__meta", 1)[1].split("<h1", 1)[0])


class TestNeeds:
    def test_a_policy_needs_an_owner(self, secretary: Any) -> None:
        hurdle = HurdleFactory(status="organizing")
        with pytest.raises(Unmet, match="所管課が決まっていません。"):
            draft_policy(hurdle=hurdle, by=secretary)
        hurdle.owning_unit = UnitFactory()
        assert draft_policy(hurdle=hurdle, by=secretary).status == "drafting_policy"

    @pytest.mark.parametrize("state", ["organizing", "drafting_policy", "at_headquarters", "petitioned"])
    def test_steps_are_skipped_where_a_decision_allows_it(self, state: str, secretary: Any) -> None:
        hurdle = HurdleFactory(status=state)
        with pytest.raises(Unmet, match="根拠となる決定"):
            start_hurdle(hurdle=hurdle, by=secretary, decision=" \u3000")
        start_hurdle(hurdle=hurdle, by=secretary, decision=DECISION)
        assert (hurdle.status, hurdle.status_reason, hurdle.status_since) == ("in_progress", DECISION, TODAY)
        assert entries_of(hurdle)[0].reason == DECISION

    def test_after_a_policy_nothing_more_is_needed(self, secretary: Any) -> None:
        assert start_hurdle(hurdle=HurdleFactory(status="policy_set"), by=secretary).status == "in_progress"

    @pytest.mark.parametrize(
        ("solved", "remains", "message"), [("", "郵送", "解消したこと"), ("窓口", " ", "残っていること")]
    )
    def test_a_part_says_both(self, solved: str, remains: str, message: str, secretary: Any) -> None:
        hurdle = HurdleFactory(status="in_progress")
        with pytest.raises(Unmet, match=message):
            resolve_hurdle_partly(hurdle=hurdle, solved=solved, remains=remains, by=secretary)
        resolve_hurdle_partly(hurdle=hurdle, solved="窓口の押印", remains="郵送の押印", by=secretary)
        assert hurdle.status_reason == "解消したこと：窓口の押印\n残っていること：郵送の押印"

    def test_a_reason_is_a_word(self, secretary: Any) -> None:
        with pytest.raises(Unmet, match="理由を書いてください。"):
            defer_hurdle(hurdle=HurdleFactory(), reason="\n", by=secretary)

    def test_a_machine_and_an_upper_app_call_the_internal_verbs(self) -> None:
        hurdle = HurdleFactory(status="organizing")
        put_before_headquarters(hurdle=hurdle, by=user_with("viewer"), reason="第2回本部会議")
        assert (hurdle.status, hurdle.status_reason) == ("at_headquarters", "第2回本部会議")
        assert set_policy(hurdle=hurdle, by="load_city").status == "policy_set"
        assert petition_hurdle(hurdle=hurdle, by=user_with("viewer")).status == "petitioned"
        assert not {"put_before_headquarters", "set_policy", "petition"} & {
            row.verb for row in FLOW.offered(HurdleFactory(status="organizing"))
        }


class TestProgress:
    def test_the_newest_says_how_it_goes(self, owner: Any) -> None:
        hurdle = owned(owner)
        write_progress(hurdle=hurdle, happened_on=TODAY, health="delayed", text="審査が延びた。", by=owner)
        assert (hurdle.health, hurdle.progressed_on) == ("delayed", TODAY)
        before = TODAY - timedelta(days=7)
        write_progress(hurdle=hurdle, happened_on=before, health="on_track", text="審査に出した。", by=owner)
        assert (hurdle.health, hurdle.progressed_on) == ("delayed", TODAY)
        write_progress(hurdle=hurdle, happened_on=TODAY, health="on_track", text="審査が済んだ。", by=owner)
        assert (hurdle.health, hurdle.progressed_on) == ("on_track", TODAY)

    def test_a_closed_hurdle_is_neither_late_nor_has_a_next_action(self, owner: Any, client_for: Any) -> None:
        hurdle = owned(owner, health="delayed", next_action="規則の審査")
        assert "遅れ" in head_of(client_for(owner), hurdle)
        Hurdle.objects.filter(pk=hurdle.pk).update(status="resolved")
        assert "遅れ" not in head_of(client_for(owner), hurdle)
        assert "規則の審査" not in text_of(client_for(owner).get(hurdle.get_absolute_url()))

    def test_what_is_to_come_is_no_progress(self, owner: Any) -> None:
        hurdle = owned(owner)
        tomorrow = TODAY + timedelta(days=1)
        with pytest.raises(Unmet, match="先の日は使えません"):
            write_progress(hurdle=hurdle, happened_on=tomorrow, health="on_track", text="済む。", by=owner)
        assert not ProgressUpdate.objects.exists()

    def test_the_page_writes_once_and_tells_the_story(self, owner: Any, client_for: Any) -> None:
        hurdle = owned(owner)
        client = client_for(owner)
        address = f"{hurdle.get_absolute_url()}progress/"
        form = form_of(client.get(address), "happened_on")
        assert (form["happened_on"], form["health"]) == ("令和4年10月14日", "on_track")
        sent = form | {"health": "stalled", "text": "改正案が<b>止まった</b>。髙橋、𠮷田"}
        assert client.post(address, sent | {"happened_on": "R4.10.15"}).status_code == 422
        assert [client.post(address, sent).status_code for _click in range(2)] == [302, 409]
        assert ProgressUpdate.objects.get().written_by == owner
        told = text_of(client.get(hurdle.get_absolute_url()))
        assert "改正案が&lt;b&gt;止まった&lt;/b&gt;。髙橋、𠮷田" in told
        assert "停滞" in told

    def test_after_a_conflict_the_words_stay_and_the_next_click_saves_them(self, owner: Any, client_for: Any) -> None:
        hurdle = owned(owner)
        client = client_for(owner)
        address = f"{hurdle.get_absolute_url()}progress/"
        sent = form_of(client.get(address), "happened_on") | {"text": "様式を改めた。"}
        write_progress(hurdle=hurdle, happened_on=TODAY, health="delayed", text="別の人の進捗", by=owner)
        conflict = client.post(address, sent)
        assert conflict.status_code == 409
        again = form_of(conflict, "happened_on")
        assert (again["text"], again["version"]) == ("様式を改めた。", "2")
        assert client.post(address, again).status_code == 302
        assert ProgressUpdate.objects.count() == 2

    def test_who_stands_still(self, secretary: Any) -> None:
        long_ago, lately = TODAY - timedelta(days=60), TODAY - timedelta(days=59)
        make = HurdleFactory
        still = {
            make(status="in_progress", progressed_on=long_ago, reported_on=date(2021, 6, 1)),
            make(status="organizing", status_since=long_ago),
            make(status="policy_set"),
            make(status="in_progress", progressed_on=TODAY, health="stalled"),
        }
        make(status="in_progress", progressed_on=lately)
        make(status="in_progress", progressed_on=long_ago, status_since=lately)
        make(status="submitted")
        make(status="returned")
        make(status="resolved", health="stalled")
        make(status="draft")
        assert set(stalled_hurdles(secretary)) == still


class TestNextAction:
    def test_it_waits_for_whoever_holds_the_post(self, owner: Any, client_for: Any) -> None:
        hurdle = owned(owner)
        promoter = user_with("promoter", unit=owner.unit, name="髙橋 𠮷子")
        client = client_for(owner)
        address = f"{hurdle.get_absolute_url()}next-action/"
        form = form_of(client.get(address), "due")
        assert form["unit"] == str(owner.unit_id)
        sent = form | {"text": "規則改正の決裁", "due": "R4.12.23", "role": "promoter"}
        assert [client.post(address, sent).status_code for _click in range(2)] == [302, 409]
        hurdle.refresh_from_db()
        assert (hurdle.next_action, hurdle.next_action_on) == ("規則改正の決裁", date(2022, 12, 23))
        tasks = [task for task in tasks_of(promoter) if "次にすること" in task.title]
        assert [(task.title, task.due, task.url) for task in tasks] == [
            ("次にすること：規則改正の決裁", date(2022, 12, 23), hurdle.get_absolute_url())
        ]
        assert not [task for task in tasks_of(owner) if "次にすること" in task.title]
        assert promoter.notices.get().event == "hurdles.hurdle.next_action_planned"
        assert "髙橋 𠮷子" in text_of(client.get(hurdle.get_absolute_url()))
        promoter.roles.update(valid_to=TODAY - timedelta(days=1))
        assert "いまこの役割にある人はいません" in text_of(client.get(hurdle.get_absolute_url()))

    def test_a_text_needs_a_day_and_a_post(self, owner: Any, client_for: Any) -> None:
        hurdle = owned(owner)
        with pytest.raises(Unmet, match="いつまでに"):
            plan_next_action(hurdle=hurdle, text="決裁", by=owner)
        client = client_for(owner)
        address = f"{hurdle.get_absolute_url()}next-action/"
        offered = form_of(client.get(address), "due")
        assert offered["role"] == "promoter", "the post that every section has"
        sent = offered | {"text": "決裁", "unit": "", "role": ""}
        response = client.post(address, sent)
        assert response.status_code == 422
        assert text_of(response).count("次にすることがあるときは必要です。") == 6

    def test_nothing_is_next(self, owner: Any) -> None:
        hurdle = owned(
            owner,
            next_action="決裁",
            next_action_on=TODAY,
            next_action_unit=owner.unit,
            next_action_role="manager",
        )
        plan_next_action(hurdle=hurdle, text=" ", due=TODAY, unit=owner.unit, role="manager", by=owner)
        assert (hurdle.next_action, hurdle.next_action_on, hurdle.next_action_unit, hurdle.next_action_role) == (
            "", None, None, "",
        )  # fmt: skip


class TestTold:
    def test_the_section_that_reported_it_and_the_reporter_are_told(self, secretary: Any) -> None:
        reporter = user_with("viewer", name="言わない 名前")
        manager = user_with("manager", unit=reporter.unit)
        stranger = user_with("promoter")
        hurdle = HurdleFactory(reporting_unit=reporter.unit, reporter=reporter, title="押印")
        organize_hurdle(hurdle=hurdle, by=secretary)
        told = Notice.objects.order_by("pk")
        assert {notice.person for notice in told} == {reporter, manager}
        assert {notice.text for notice in told} == {f"{hurdle.number}「押印」の整理が始まりました。"}
        assert not stranger.notices.exists()
        assert not any("言わない" in notice.text for notice in told)

    def test_whoever_submits_a_hurdle_watches_it_and_can_stop(self, owner: Any, secretary: Any) -> None:
        reporter = user_with("viewer")
        hurdle = HurdleFactory(status="draft", reporting_unit=reporter.unit, reporter=reporter, title="押印")
        submit_hurdle(hurdle=hurdle, by=reporter)
        assert watchers(hurdle) == [reporter]
        organize_hurdle(hurdle=hurdle, by=secretary)
        write_progress(hurdle=hurdle, happened_on=TODAY, health="delayed", text="議会の後になる。", by=secretary)
        assert reporter.notices.order_by("-pk")[0].text == f"{hurdle.number}「押印」に進捗があります（遅れ）。"
        unwatch_record(record=hurdle, by=reporter)
        write_progress(hurdle=hurdle, happened_on=TODAY, health="on_track", text="戻った。", by=secretary)
        assert reporter.notices.count() == 2

    def test_nobody_is_told_of_the_own_act(self, owner: Any) -> None:
        hurdle = HurdleFactory(reporting_unit=owner.unit, owning_unit=owner.unit, reporter=owner, status="policy_set")
        start_hurdle(hurdle=hurdle, by=owner)
        assert not Notice.objects.exists()


class TestHistory:
    def test_no_reporter_in_any_value(self, owner: Any, secretary: Any, client_for: Any) -> None:
        """The reporter asks, writes, and says it is resolved: outsiders read the name of the section."""
        reporter = UserFactory(name="隠れた 報告者", unit=UnitFactory(name="隠れ課"))
        reporter.roles.create(kind="viewer", unit=reporter.unit, valid_from=date(2022, 4, 1))
        hurdle = owned(owner, reporting_unit=reporter.unit, reporter=reporter)
        hurdle.progress_updates.create(happened_on=TODAY, health="on_track", text="進んだ。", written_by=reporter)
        hurdle.target_moves.create(new_date=TODAY, asked_on=TODAY, asked_by=reporter)
        hurdle.resolutions.create(evidence="なくなった。", proposed_by=reporter, proposed_on=TODAY)
        hurdle.endorsements.create(unit=reporter.unit, endorsed_by=reporter, endorsed_on=TODAY)
        page = text_of(client_for(owner).get(hurdle.get_absolute_url()))
        assert "隠れた 報告者" not in page
        assert page.count("隠れ課") >= 4
        for page_of_resolution in ("resolve", "refuse-resolution"):
            told = client_for(user_with("member")).get(f"{hurdle.get_absolute_url()}{page_of_resolution}/")
            assert "隠れた 報告者" not in text_of(told)
        assert "隠れた 報告者" in text_of(client_for(secretary).get(hurdle.get_absolute_url()))

    def test_a_hidden_survivor_is_not_named(self, owner: Any, client_for: Any, secretary: Any) -> None:
        duplicate = owned(owner, status="merged")
        hidden = HurdleFactory(title="隠れたハードル")
        duplicate.merges.create(
            survivor=hidden, merged_by=secretary, merged_at="2022-10-14T09:00+09:00", status_before="submitted"
        )
        assert "隠れたハードル" not in text_of(client_for(owner).get(duplicate.get_absolute_url()))
        assert "隠れたハードル" in text_of(client_for(secretary).get(duplicate.get_absolute_url()))
