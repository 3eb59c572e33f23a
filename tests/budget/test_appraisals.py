"""The appraisal of each 節, holds, telling the result, asking again, and the steps up to the vote."""

import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.budget.models import BudgetStage, BudgetYear, Proposal, RequestLine, StageAmount, StageEntry
from apps.budget.selectors.budget_year import year_course
from apps.budget.selectors.stages import Item, asked_for, course_of, is_held, standing_amounts
from apps.budget.services.appraisals import (
    appraise_proposal,
    appraise_revival,
    hold_proposal,
    resume_proposal,
    revive_proposal,
)
from apps.budget.services.budget_year import disclose_budget, settle_budget
from apps.budget.services.proposal_stages import hear_proposal, withdraw_proposal
from apps.core.fiscal import FiscalYear
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.models import User
from tests.budget.stages import all_stages, calendar_day, enter, only_item, proposal_at
from tests.factories import ExpenseItemFactory, user_with
from tests.pages import form_of, text_of
from tests.together import at_once

YEAR = FiscalYear(2023)


@pytest.fixture
def chief(db: None) -> User:
    return user_with("chief")


def two_items(name: str, **values: Any) -> tuple[Proposal, Item, Item]:
    """A proposal of 委託料 10,000 and 備品購入費 0, the second within the 事業 of another section."""
    proposal = proposal_at(name, entered=False, **values)
    RequestLine.objects.create(
        proposal=proposal,
        expense_item=ExpenseItemFactory(item_number=17, name="備品購入費"),
        host_code="0305-002",
        request_k=0,
    )
    enter(proposal, "要求提出", user_with("viewer"))
    first, second = asked_for(proposal)
    return proposal, first, second


class TestAppraisal:
    def test_it_goes_through_the_stages_in_the_citys_order(self, finance: User, chief: User) -> None:
        proposal, item, host = two_items("要求提出")
        hear_proposal(proposal=proposal, words="台数を確かめた。", by=finance)
        appraise_proposal(proposal=proposal, amounts={item: 8_000}, words="台数を減らす。", by=finance)
        appraise_proposal(proposal=proposal, amounts={}, by=finance)
        appraise_proposal(proposal=proposal, amounts={item: 7_500}, words="単価を見直す。", by=chief)
        course = course_of(proposal)
        assert [(each.stage.name, each.total_k) for each in course] == [
            ("要求提出", 10_000),
            ("財政課ヒアリング", 10_000),
            ("財政課長査定", 8_000),
            ("財務部長査定", 8_000),
            ("市長査定", 7_500),
        ]
        rows = StageAmount.objects.filter(entry=course[-1].entry).order_by("pk")
        assert [(row.host_code, row.request_k, row.assessed_k) for row in rows] == [
            ("", 10_000, 7_500),
            ("0305-002", 0, 0),
        ]
        assert (item.host_code, host.host_code, str(host)) == ("", "0305-002", "17 備品購入費（0305-002）")

    def test_it_is_appraised_once_more_at_the_same_stage_and_no_stage_is_left_out(self, finance: User) -> None:
        stages, proposal = all_stages(), proposal_at("市長査定")
        item = only_item(proposal)
        appraise_proposal(proposal=proposal, amounts={item: 9_000}, words="規模を改める。", by=finance)
        assert [each.stage.name for each in course_of(proposal)][-2:] == ["市長査定", "市長査定"]
        early = proposal_at("財政課ヒアリング")
        with pytest.raises(Unmet, match="次は「財政課長査定」"):
            appraise_proposal(proposal=early, amounts={}, stage=stages["市長査定"], by=finance)

    def test_whoever_changes_an_amount_says_why(self, finance: User) -> None:
        proposal = proposal_at("財政課ヒアリング")
        item = only_item(proposal)
        for words in ("", " \u3000"):
            with pytest.raises(Unmet, match="理由を書いて"):
                appraise_proposal(proposal=proposal, amounts={item: 9_999}, words=words, by=finance)
            with pytest.raises(Unmet, match="要求額を超える節があります：12 委託料"):
                appraise_proposal(proposal=proposal, amounts={item: 10_001}, words=words, by=finance)
        appraise_proposal(proposal=proposal, amounts={item: 10_001}, words="労務単価の改定を見込む。", by=finance)
        assert sum(standing_amounts(proposal).values()) == 10_001

    @pytest.mark.parametrize("amount_k", [-1, 10_000_000_000])
    def test_absurd_amounts_are_refused(self, finance: User, amount_k: int) -> None:
        proposal = proposal_at("財政課ヒアリング")
        with pytest.raises(Unmet, match="0から9,999,999,999千円まで"):
            appraise_proposal(proposal=proposal, amounts={only_item(proposal): amount_k}, words="誤り", by=finance)
        unknown = Item("", 99, "知らない節", 0)
        with pytest.raises(Unmet, match="知らない節"):
            appraise_proposal(proposal=proposal, amounts={unknown: 1}, words="誤り", by=finance)
        assert StageAmount.objects.count() == 0

    def test_a_hold_stops_it_until_it_is_taken_back(self, finance: User, chief: User) -> None:
        proposal = proposal_at("財務部長査定")
        hold_proposal(proposal=proposal, words="規模を再説明。", by=chief)
        assert is_held(proposal)
        with pytest.raises(Unmet, match="先に保留を解いて"):
            appraise_proposal(proposal=proposal, amounts={}, by=finance)
        with pytest.raises(Unmet, match="保留中"):
            hold_proposal(proposal=proposal, words="もう一度", by=finance)
        resume_proposal(proposal=proposal, by=finance)
        assert not is_held(proposal)
        with pytest.raises(Unmet, match="保留になっていません"):
            resume_proposal(proposal=proposal, by=finance)
        assert {each.amount_k for each in proposal.stage_entries.all()} == {10_000}

    def test_entries_are_kept(self, finance: User) -> None:
        proposal = proposal_at("財政課ヒアリング")
        entry = proposal.stage_entries.last()
        with pytest.raises(Exception, match="annot update"):
            StageEntry.objects.filter(pk=entry.pk).update(amount_k=1)

    def test_an_older_page_is_told_so(self, finance: User, client_for: Any) -> None:
        proposal = proposal_at("財政課ヒアリング")
        client, url = client_for(finance), f"{proposal.get_absolute_url()}appraise/"
        sent = form_of(client.get(url), "version")
        words = {**sent, "item_0": "9,000", "words": "減らす。"}
        assert client.post(url, words).status_code == 302
        again = client.post(url, words)
        assert again.status_code == 409
        assert sum(standing_amounts(proposal).values()) == 9_000


@pytest.mark.django_db(transaction=True)
def test_of_two_who_appraise_at_once_one_wins_and_the_other_is_told() -> None:
    first, second = user_with("finance"), user_with("finance")
    proposal = proposal_at("財政課ヒアリング")
    item = only_item(proposal)

    def appraise(by: User, amount_k: int) -> Any:
        mine = Proposal.objects.get(pk=proposal.pk)
        return appraise_proposal(proposal=mine, amounts={item: amount_k}, words="減らす。", version=1, by=by)

    results = at_once(lambda: appraise(first, 9_000), lambda: appraise(second, 8_000))
    assert sorted(type(each).__name__ for each in results) == ["Proposal", "StaleVersion"]
    assert isinstance(next(each for each in results if not isinstance(each, Proposal)), StaleVersion)
    assert proposal.stage_entries.filter(stage__kind="appraisal").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_result_that_two_tell_at_once_is_told_once() -> None:
    first, second, manager = user_with("finance"), user_with("finance"), user_with("manager")
    for name in ("財政課長査定", "市長査定"):
        proposal_at(name, requesting_unit=manager.unit)
    results = at_once(*(lambda by=by: disclose_budget(fiscal_year=YEAR, by=by) for by in (first, second)))
    assert sorted(results) == [0, 2]
    assert StageEntry.objects.filter(stage__kind="notice").count() == 2
    assert Notice.objects.filter(person=manager).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("stages", "appraise", "target"),
    [
        (("財政課ヒアリング", "財政課長査定"), appraise_proposal, "notice"),
        (("復活要求", "内示"), appraise_revival, "fixed"),
    ],
)
def test_an_act_of_the_year_waits_for_an_appraisal_that_is_under_way(
    stages: tuple[str, str], appraise: Callable[..., Any], target: str
) -> None:
    """It asks what is still under way when the appraisal is written, takes its amount, and passes nothing over."""
    finance, begun = user_with("finance"), threading.Event()
    proposal, other = (proposal_at(name) for name in stages)
    if target == "fixed":
        BudgetYear.objects.create(fiscal_year=YEAR, disclosed_on=date(2022, 10, 1))

    def write() -> None:
        with transaction.atomic():
            mine = Proposal.objects.get(pk=proposal.pk)
            appraise(proposal=mine, amounts={only_item(mine): 9_000}, words="減らす。", by=finance)
            begun.set()
            wait_until_somebody_waits()

    def tell() -> int:
        assert begun.wait(10)
        if target == "notice":
            return disclose_budget(fiscal_year=YEAR, by=finance)
        return settle_budget(fiscal_year=YEAR, step=target, by=finance)

    assert at_once(write, tell) == [None, 2]
    told = {each.proposal_id: each.amount_k for each in StageEntry.objects.filter(stage__kind=target)}
    assert told == {proposal.pk: 9_000, other.pk: 10_000}
    assert {each.stage.kind for each in Proposal.objects.all()} == {target}


def wait_until_somebody_waits() -> None:
    """Until another connection waits for a lock."""
    for _try in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits for the row")


@pytest.mark.django_db
class TestYear:
    def test_the_result_of_all_is_told_in_one_act(self, finance: User) -> None:
        manager = user_with("manager")
        cut = proposal_at("財政課長査定", requesting_unit=manager.unit, name="窓口改善")
        appraise_proposal(proposal=cut, amounts={only_item(cut): 7_000}, words="減らす。", by=finance)
        held, draft = proposal_at("市長査定"), proposal_at("起案")
        hold_proposal(proposal=held, words="再説明", by=finance)
        with pytest.raises(Unmet, match=f"保留中の要求があります：{held.name}。先に保留を解いて"):
            disclose_budget(fiscal_year=YEAR, by=finance)
        resume_proposal(proposal=held, by=finance)
        next_year = proposal_at("財政課長査定", fiscal_year=FiscalYear(2024))
        assert disclose_budget(fiscal_year=YEAR, by=finance) == 2
        for each, stage in ((cut, "内示"), (held, "内示"), (draft, "起案"), (next_year, "財政課長査定")):
            each.refresh_from_db()
            assert each.stage.name == stage
        assert BudgetYear.objects.get(fiscal_year=2023).disclosed_on == date(2022, 10, 14)
        assert [note.text for note in Notice.objects.filter(person=manager)] == [
            "「窓口改善」の内示がありました：要求10,000千円のうち7,000千円"
        ]
        assert (course_of(cut)[-1].total_k, is_held(held)) == (7_000, False)
        assert disclose_budget(fiscal_year=YEAR, by=finance) == 0
        assert StageEntry.objects.filter(stage__kind="notice").count() == 2

    def test_of_many_that_are_on_hold_five_are_named(self, finance: User) -> None:
        for number in range(6):
            enter(proposal_at("市長査定", name=f"事業{number}"), "市長査定", finance, held=True)
        with pytest.raises(Unmet, match="事業0、事業1、事業2、事業3、事業4ほか"):
            disclose_budget(fiscal_year=YEAR, by=finance)
        assert not BudgetYear.objects.filter(disclosed_on__isnull=False).exists()

    def test_what_was_not_appraised_is_told_as_asked_only_where_that_is_said(self, finance: User) -> None:
        proposal = proposal_at("財政課ヒアリング", name="未査定の事業")
        proposal_at("財政課長査定")
        with pytest.raises(Unmet, match="未査定の事業"):
            disclose_budget(fiscal_year=YEAR, by=finance)
        assert not BudgetYear.objects.filter(disclosed_on__isnull=False).exists()
        assert disclose_budget(fiscal_year=YEAR, as_asked=True, by=finance) == 2
        assert course_of(proposal)[-1].total_k == 10_000

    def test_there_is_nothing_to_tell_without_a_request(self, finance: User, chief: User) -> None:
        proposal_at("課長確認")
        with pytest.raises(Unmet, match="内示するものがありません"):
            disclose_budget(fiscal_year=YEAR, by=finance)
        with pytest.raises(Forbidden):
            disclose_budget(fiscal_year=YEAR, by=chief)

    def test_what_comes_later_is_told_by_a_further_act(self, finance: User) -> None:
        proposal_at("財政課長査定")
        disclose_budget(fiscal_year=YEAR, by=finance)
        BudgetYear.objects.update(disclosed_on=date(2022, 10, 1))
        late = proposal_at("財政課長査定")
        assert disclose_budget(fiscal_year=YEAR, by=finance) == 1
        late.refresh_from_db()
        assert (late.stage.name, BudgetYear.objects.get(fiscal_year=2023).disclosed_on) == ("内示", date(2022, 10, 1))

    def test_the_bill_is_fixed_with_what_became_of_each(self, finance: User) -> None:
        full, less, none, later, ended = (proposal_at("財政課長査定", name=f"事業{n}") for n in range(5))
        RequestLine.objects.filter(proposal=ended).update(request_k=0)
        Proposal.objects.filter(pk=ended.pk).update(general_k=0)
        StageAmount.objects.bulk_create(
            StageAmount(
                entry=each.stage_entries.last(),
                expense_item_id=only_item(each).expense_item,
                request_k=10_000,
                assessed_k=amount_k,
            )
            for each, amount_k in ((less, 9_999), (none, 0), (ended, 0))
        )
        with pytest.raises(WrongState):
            settle_budget(fiscal_year=YEAR, step="fixed", by=finance)
        disclose_budget(fiscal_year=YEAR, by=finance)
        with pytest.raises(WrongState, match="先に「予算案"):
            settle_budget(fiscal_year=YEAR, step="voted", by=finance)
        assert settle_budget(fiscal_year=YEAR, step="fixed", postponed=[later], by=finance) == 5
        found = {each.name: (each.result, course_of(each)[-1].total_k) for each in Proposal.objects.all()}
        assert found == {
            "事業0": ("full", 10_000),
            "事業1": ("reduced", 9_999),
            "事業2": ("none", 0),
            "事業3": ("postponed", 0),
            "事業4": ("full", 0),
        }
        assert settle_budget(fiscal_year=YEAR, step="fixed", by=finance) == 0
        assert settle_budget(fiscal_year=YEAR, step="bill", by=finance) == 5
        assert settle_budget(fiscal_year=YEAR, step="voted", by=finance) == 5
        assert settle_budget(fiscal_year=YEAR, step="voted", by=finance) == 0
        assert {each.stage.kind for each in Proposal.objects.all()} == {"voted"}
        assert full.stage_entries.count() == 6

    def test_what_is_still_under_way_is_ended_before_the_bill_is_fixed(self, finance: User) -> None:
        proposal_at("復活査定")
        waiting = proposal_at("復活要求", name="復活中の事業")
        BudgetYear.objects.create(fiscal_year=YEAR, disclosed_on=date(2022, 10, 1))
        with pytest.raises(Unmet, match="復活中の事業"):
            settle_budget(fiscal_year=YEAR, step="fixed", by=finance)
        appraise_revival(proposal=waiting, amounts={}, by=finance)
        assert settle_budget(fiscal_year=YEAR, step="fixed", by=finance) == 2

    def test_the_pages_take_a_double_click(self, finance: User, client_for: Any) -> None:
        proposal_at("財政課長査定")
        client = client_for(finance)
        page = client.get("/budget/appraisal/2023/disclose/")
        assert "内示する要求と額" in text_of(page)
        seen = form_of(page, "seen")
        for words in ("1件の要求を内示しました。", "すでに内示しています。"):
            assert words in text_of(client.post("/budget/appraisal/2023/disclose/", seen, follow=True))
        fixed = form_of(client.get("/budget/appraisal/2023/settle/"), "step")
        assert fixed["step"] == "fixed"
        for words in ("1件", "すでに済んでいます。"):
            assert words in text_of(client.post("/budget/appraisal/2023/settle/", fixed, follow=True))
        assert set(Proposal.objects.values_list("stage__kind", flat=True)) == {"fixed"}

    def test_the_year_asks_as_often_for_many(self, finance: User, client_for: Any) -> None:
        client, counts = client_for(finance), []
        for more in (3, 27):
            for _number in range(more):
                proposal_at("財政課長査定")
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/budget/appraisal/?year=2023").status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert len(year_course(YEAR, finance).rows) == 30

    def test_the_newest_words_are_those_of_the_appraisal(self, finance: User) -> None:
        proposal = proposal_at("財政課ヒアリング")
        item = only_item(proposal)

        def newest() -> str:
            return year_course(YEAR, finance).rows[0].words

        hear_proposal(proposal=proposal, words="台数を聞いた。", by=finance)
        assert newest() == "台数を聞いた。"
        appraise_proposal(proposal=proposal, amounts={item: 7_000}, words="視察は減額。", by=finance)
        hold_proposal(proposal=proposal, words="債務負担を確認", by=finance)
        assert newest() == "債務負担を確認"
        resume_proposal(proposal=proposal, words="確認した。", by=finance)
        assert newest() == "視察は減額。"
        disclose_budget(fiscal_year=YEAR, by=finance)
        proposal.refresh_from_db()
        revive_proposal(proposal=proposal, amounts={item: 8_000}, words="謝礼は必要", by=user_with("secretariat"))
        assert newest() == "視察は減額。"
        appraise_revival(proposal=proposal, amounts={item: 7_500}, words="半分を認める。", by=finance)
        assert newest() == "半分を認める。"

    def test_telling_asks_as_often_for_many(self, finance: User) -> None:
        counts = []
        for year, many in ((2022, 1), (2023, 3), (2024, 30)):
            for _number in range(many):
                proposal_at("財政課長査定", fiscal_year=FiscalYear(year))
            with CaptureQueriesContext(connection) as queries:
                disclose_budget(fiscal_year=FiscalYear(year), by=finance)
            counts.append(len(queries))
        assert counts[1] == counts[2]

    def test_what_was_withdrawn_counts_up_to_where_it_came(self, finance: User) -> None:
        proposal_at("市長査定")
        gone = proposal_at("財政課ヒアリング", requesting_unit=user_with("manager").unit)
        withdraw_proposal(proposal=gone, reason="国が行う。", by=user_with("secretariat"))
        course = year_course(YEAR, finance)
        totals = dict(zip((stage.name for stage in course.stages), course.totals, strict=True))
        assert totals == {"要求提出": 20_000, "財政課ヒアリング": 20_000, "市長査定": 10_000}
        assert course.last_k == 10_000


@pytest.mark.django_db
class TestRevival:
    def told(self, **values: Any) -> tuple[Proposal, Item]:
        """A proposal of which 10,000 was asked and 7,000 told."""
        proposal, finance = proposal_at("財政課長査定", **values), user_with("finance")
        item = only_item(proposal)
        appraise_proposal(proposal=proposal, amounts={item: 7_000}, words="減らす。", by=finance)
        disclose_budget(fiscal_year=YEAR, by=finance)
        return Proposal.objects.get(pk=proposal.pk), item

    def test_it_is_asked_again_and_appraised_again(self, finance: User) -> None:
        manager = user_with("manager")
        proposal, item = self.told(requesting_unit=manager.unit)
        revive_proposal(proposal=proposal, amounts={item: 8_265}, words="eラーニングは要る。", by=manager)
        assert (proposal.stage.name, course_of(proposal)[-1].total_k) == ("復活要求", 8_265)
        assert Notice.objects.filter(person=finance, event="budget.proposal.revived").count() == 1
        appraise_revival(proposal=proposal, amounts={item: 8_000}, words="一部を認める。", by=finance)
        assert (proposal.stage.name, course_of(proposal)[-1].total_k) == ("復活査定", 8_000)
        told = Notice.objects.filter(person=manager).latest("pk")
        assert told.text == f"「{proposal.name}」の復活査定：8,000千円"

    def test_until_the_bill_is_fixed_a_further_appraisal_corrects_it(self, finance: User) -> None:
        proposal, item = self.told()
        revive_proposal(proposal=proposal, amounts={item: 8_265}, words="要る。", by=user_with("secretariat"))
        appraise_revival(proposal=proposal, amounts={}, by=finance)
        for amount_k, refusal in ((8_265, "復活査定は済んでいます"), (7_000, "理由を書いて")):
            with pytest.raises(Unmet, match=refusal):
                appraise_revival(proposal=proposal, amounts={item: amount_k}, words=" ", by=finance)
        appraise_revival(proposal=proposal, amounts={item: 7_500}, words="入力の誤り。", by=finance)
        course = [(each.stage.name, each.total_k) for each in course_of(proposal)]
        assert course[-3:] == [("復活要求", 8_265), ("復活査定", 8_265), ("復活査定", 7_500)]
        assert settle_budget(fiscal_year=YEAR, step="fixed", by=finance) == 1
        proposal.refresh_from_db()
        with pytest.raises(WrongState, match="予算案確定"):
            appraise_revival(proposal=proposal, amounts={item: 7_000}, words="もう一度", by=finance)

    @pytest.mark.parametrize(
        ("amount_k", "refusal"), [(6_999, "内示額"), (10_001, "10,000"), (7_000, "超える要求がない")]
    )
    def test_between_what_was_told_and_what_was_asked(self, amount_k: int, refusal: str) -> None:
        proposal, item = self.told()
        refusal = "内示額を超える要求がありません" if amount_k == 7_000 else refusal
        with pytest.raises(Unmet, match=refusal):
            revive_proposal(proposal=proposal, amounts={item: amount_k}, words="要る。", by=user_with("secretariat"))

    def test_until_the_day_and_not_after_it(self) -> None:
        secretary = user_with("secretariat")
        proposal, item = self.told()
        calendar_day("復活要求の期限", date(2022, 10, 13))
        with pytest.raises(Unmet, match="令和4年10月13日でした。財政課に相談"):
            revive_proposal(proposal=proposal, amounts={item: 8_000}, words="要る。", by=secretary)
        calendar_day("復活要求の期限", date(2022, 10, 14))
        revive_proposal(proposal=proposal, amounts={item: 8_000}, words="要る。", by=secretary)
        assert proposal.stage.name == "復活要求"


@pytest.mark.django_db
def test_a_stage_without_a_meaning_counts_as_appraisal(client_for: Any, finance: User) -> None:
    strange = BudgetStage.objects.create(name="部内査定会", order=99)
    proposal = proposal_at("財政課長査定")
    Proposal.objects.filter(pk=proposal.pk).update(stage=strange)
    assert "部内査定会" not in text_of(client_for(user_with("secretariat")).get(proposal.get_absolute_url()))
    assert "部内査定会" in text_of(client_for(finance).get(proposal.get_absolute_url()))
