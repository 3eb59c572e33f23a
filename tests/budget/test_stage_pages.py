"""The pages of the stages: where one appraises, what will be told, what was asked again, and what is refused."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.models import BudgetYear, Proposal
from apps.budget.selectors.stages import course_of, standing_amounts
from apps.budget.selectors.year_acts import to_tell
from apps.budget.services.appraisals import (
    appraise_proposal,
    appraise_revival,
    hold_proposal,
    resume_proposal,
    revive_proposal,
)
from apps.budget.services.budget_year import disclose_budget
from apps.budget.waits.stages import appraisals_of_the_chief
from apps.core.fiscal import FiscalYear
from apps.organization.models import User
from tests.budget.stages import all_stages, calendar_day, enter, only_item, proposal_at
from tests.factories import ExpenseItemFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db
YEAR = FiscalYear(2023)
DISCLOSE = "/budget/appraisal/2023/disclose/"


@pytest.fixture
def client(finance: User, client_for: Any) -> Any:
    return client_for(finance)


def page_of(proposal: Proposal, verb: str) -> str:
    return f"{proposal.get_absolute_url()}{verb}/"


class TestStage:
    def test_where_two_stages_are_possible_one_chooses(self, client: Any, finance: User) -> None:
        stages, proposal = all_stages(), proposal_at("財政課長査定")
        page = client.get(page_of(proposal, "appraise"))
        sent = form_of(page, "version")
        assert sent.get("stage", "") == ""
        choices = [str(label) for _key, label in page.context["form"].fields["stage"].choices]
        assert choices == ["選択してください", "財政課長査定（もう一度）", "財務部長査定"]
        refused = client.post(page_of(proposal, "appraise"), sent)
        assert (refused.status_code, "どの段階の査定かを選んで" in text_of(refused)) == (422, True)
        assert (
            client.post(page_of(proposal, "appraise"), {**sent, "stage": stages["財政課長査定"].pk}).status_code == 302
        )
        assert [each.stage.name for each in course_of(proposal)][-2:] == ["財政課長査定", "財政課長査定"]

    @pytest.mark.parametrize(("at", "only"), [("財政課ヒアリング", "財政課長査定"), ("市長査定", "市長査定")])
    def test_where_one_is_possible_it_is_that(self, client: Any, at: str, only: str) -> None:
        sent = form_of(client.get(page_of(proposal_at(at), "appraise")), "version")
        assert sent["stage"] == str(all_stages()[only].pk)


class TestTelling:
    def test_the_page_lists_what_will_be_told_and_warns(self, client: Any, finance: User) -> None:
        proposal_at("市長査定", name="甲の事業")
        cut = proposal_at("財政課長査定", name="乙の事業")
        appraise_proposal(proposal=cut, amounts={only_item(cut): 7_000}, words="減らす。", by=finance)
        calendar_day("内示", date(2023, 1, 24))
        page = client.get(DISCLOSE)
        telling, words = page.context["telling"], text_of(page)
        assert [(row.proposal.name, row.asked_k, row.told_k, row.proposal.stage.name) for row in telling.rows] == [
            ("甲の事業", 10_000, 10_000, "市長査定"),
            ("乙の事業", 10_000, 7_000, "財務部長査定"),
        ]
        assert (telling.asked_k, telling.told_k, telling.change_k) == (20_000, 17_000, -3_000)
        assert page.context["warnings"] == [
            "内示は取り消せません。",
            "年間日程では、内示は令和5年1月24日です。今日はまだその日ではありません。",
            "2件のうち1件は、まだ「市長査定」を経ていません。",
        ]
        assert [each in words for each in ("甲の事業", "17,000", "△3,000", "内示は取り消せません")] == [True] * 4

    def test_on_the_day_and_after_the_mayor_it_warns_of_the_act_alone(self, client: Any) -> None:
        proposal_at("市長査定")
        calendar_day("内示", date(2022, 10, 14))
        assert client.get(DISCLOSE).context["warnings"] == ["内示は取り消せません。"]

    def test_what_is_on_hold_is_named_and_there_is_no_button(self, client: Any, finance: User) -> None:
        held = proposal_at("市長査定", name="保留の事業")
        hold_proposal(proposal=held, words="再説明", by=finance)
        page = client.get(DISCLOSE)
        assert page.context["refusal"] == "保留中の要求があります：保留の事業。先に保留を解いてください。"
        assert 'type="submit">内示する' not in text_of(page)
        assert client.post(DISCLOSE, {}).status_code == 422
        assert not BudgetYear.objects.filter(disclosed_on__isnull=False).exists()
        resume_proposal(proposal=held, by=finance)
        assert 'type="submit">内示する' in text_of(client.get(DISCLOSE))

    def test_what_was_appraised_after_the_page_was_opened_is_looked_at_first(self, client: Any, finance: User) -> None:
        proposal = proposal_at("市長査定", name="間に査定された事業")
        opened = form_of(client.get(DISCLOSE), "seen")
        appraise_proposal(proposal=proposal, amounts={only_item(proposal): 4_000}, words="再査定", by=finance)
        for form in (opened, {}):
            refused = client.post(DISCLOSE, form)
            assert refused.status_code == 422
            assert "内容が変わりました。まだ何も内示していません" in text_of(refused)
            assert "4,000" in text_of(refused)
        assert not BudgetYear.objects.filter(disclosed_on__isnull=False).exists()
        told = client.post(DISCLOSE, form_of(refused, "seen"), follow=True)
        assert "1件の要求を内示しました。" in text_of(told)
        assert proposal.stage_entries.order_by("-pk")[0].amount_k == 4_000

    @pytest.mark.parametrize("year", [2023, 2099])
    def test_without_a_request_there_is_a_sentence_and_no_button(self, client: Any, year: int) -> None:
        proposal_at("起案")
        page = client.get(f"/budget/appraisal/{year}/disclose/")
        assert "内示するものがありません" in text_of(page)
        assert 'type="submit">内示する' not in text_of(page)

    def test_after_it_was_told_the_page_says_so(self, client: Any, finance: User) -> None:
        proposal_at("市長査定")
        disclose_budget(fiscal_year=YEAR, by=finance)
        page = client.get(DISCLOSE)
        assert page.context["refusal"] == "令和5年度の内示は済んでいます。内示を待つ要求はありません。"

    def test_it_asks_as_often_for_many(self, client: Any) -> None:
        counts = []
        for more in (3, 27):
            for _number in range(more):
                proposal_at("財政課長査定")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(DISCLOSE).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]
        assert len(to_tell(YEAR).rows) == 30


class TestRevival:
    def revived(self, finance: User) -> Proposal:
        """委託料 10,000, told 7,000, asked again 8,265; and 備品購入費 300, told in full."""
        proposal = proposal_at("財政課長査定", entered=False)
        proposal.request_lines.create(expense_item=ExpenseItemFactory(item_number=17, name="備品購入費"), request_k=300)
        Proposal.objects.filter(pk=proposal.pk).update(general_k=10_300)
        for name in ("要求提出", "財政課長査定"):
            enter(proposal, name, finance)
        item = only_item(proposal)
        appraise_proposal(proposal=proposal, amounts={item: 7_000}, words="減らす。", by=finance)
        disclose_budget(fiscal_year=YEAR, by=finance)
        proposal = Proposal.objects.get(pk=proposal.pk)
        revive_proposal(proposal=proposal, amounts={item: 8_265}, words="要る。", by=user_with("secretariat"))
        return proposal

    def test_what_was_asked_again_is_decided_and_not_granted_by_a_click(self, client: Any, finance: User) -> None:
        proposal = self.revived(finance)
        page = client.get(page_of(proposal, "appraise-revival"))
        form = page.context["form"]
        assert [str(head) for head in form.heads] == ["要求額", "内示額", "復活要求額"]
        assert [row["cells"] for row in form.grid] == [[10_000, 7_000, 8_265], [300, 300, 300]]
        sent = form_of(page, "version")
        assert (sent["item_0"], sent["item_1"]) == ("", "300")
        assert client.post(page_of(proposal, "appraise-revival"), sent).status_code == 422
        assert proposal.stage_entries.filter(stage__kind="revival_appraisal").count() == 0
        done = client.post(page_of(proposal, "appraise-revival"), {**sent, "item_0": "7,500", "words": "半分。"})
        assert done.status_code == 302
        assert list(standing_amounts(Proposal.objects.get(pk=proposal.pk)).values()) == [7_500, 300]

    def test_it_can_be_corrected_with_a_reason(self, client: Any, finance: User) -> None:
        proposal = self.revived(finance)
        appraise_revival(proposal=proposal, amounts={}, by=finance)
        page = client.get(page_of(proposal, "appraise-revival"))
        form, sent = page.context["form"], form_of(page, "version")
        assert [str(head) for head in form.heads] == ["要求額", "内示額", "復活要求額", "現在の額"]
        assert (sent["item_0"], form.fields["words"].required) == ("8,265", True)
        assert client.post(page_of(proposal, "appraise-revival"), {**sent, "item_0": "7,500"}).status_code == 422
        sent |= {"item_0": "7,500", "words": "入力の誤り。"}
        assert client.post(page_of(proposal, "appraise-revival"), sent).status_code == 302
        assert course_of(Proposal.objects.get(pk=proposal.pk))[-1].total_k == 7_800

    def test_the_unit_asks_again_beside_what_was_told_and_reads_nothing_before(
        self, finance: User, client_for: Any
    ) -> None:
        manager = user_with("manager")
        proposal = proposal_at("財政課ヒアリング", requesting_unit=manager.unit)
        appraise_proposal(proposal=proposal, amounts={only_item(proposal): 7_123}, words="減らす。", by=finance)
        unit, page = client_for(manager), page_of(proposal, "revive")
        for answer in (unit.get(page), unit.post(page, {"version": "2", "item_0": "9,000", "words": "要る。"})):
            assert ("「査定中」のときは" in text_of(answer), "7,123" in text_of(answer)) == (True, False)
        disclose_budget(fiscal_year=YEAR, by=finance)
        form = unit.get(page).context["form"]
        assert ([str(head) for head in form.heads], form.totals) == (["要求額", "内示額"], [10_000, 7_123])

    def test_a_revival_without_a_telling_of_its_own_asks_for_every_amount(self, client: Any) -> None:
        sent = form_of(client.get(page_of(proposal_at("復活要求"), "appraise-revival")), "version")
        assert sent["item_0"] == ""


class TestRefusals:
    @pytest.mark.parametrize(
        ("at", "verb", "words"),
        [
            ("復活要求", "revive", "「復活要求」のときは"),
            ("予算案確定", "revive", "「予算案確定」のときは"),
            ("予算案確定", "appraise-revival", "「予算案確定」のときは"),
            ("内示", "appraise", "「内示」のときは"),
            ("内示", "hold", "「内示」のときは"),
            ("財政課ヒアリング", "resume", "保留になっていません"),
            ("起案", "submit", "「起案」のときは"),
            ("議決", "withdraw", "「議決」のときは"),
        ],
    )
    def test_a_verb_that_leads_nowhere_says_so_at_once(self, client_for: Any, at: str, verb: str, words: str) -> None:
        proposal = proposal_at(at)
        page = client_for(user_with("finance", "secretariat")).get(page_of(proposal, verb))
        assert (page.status_code, words in page.context["refusal"], "form" in page.context) == (200, True, False)
        assert page.context["refusal"] in text_of(page)
        assert 'method="post" novalidate' not in text_of(page)

    def test_what_is_on_hold_says_so_in_its_head_and_at_once(self, client: Any, finance: User, client_for: Any) -> None:
        manager = user_with("manager")
        proposal = proposal_at("財政課長査定", requesting_unit=manager.unit)
        mark = '<span class="chip chip--plain">保留</span>'
        assert mark not in text_of(client.get(proposal.get_absolute_url()))
        hold_proposal(proposal=proposal, words="再説明", by=finance)
        assert mark in text_of(client.get(proposal.get_absolute_url()))
        assert "保留" not in text_of(client_for(manager).get(proposal.get_absolute_url()))
        assert "先に保留を解いて" in client.get(page_of(proposal, "appraise")).context["refusal"]

    def test_what_was_typed_meanwhile_stays_to_be_read(self, client: Any, finance: User) -> None:
        proposal = proposal_at("財政課ヒアリング")
        sent = form_of(client.get(page_of(proposal, "appraise")), "version")
        hold_proposal(proposal=proposal, words="再説明", by=user_with("chief"))
        late = client.post(page_of(proposal, "appraise"), {**sent, "item_0": "9,000", "words": "単価を見直す。"})
        assert late.status_code == 422
        assert [each in text_of(late) for each in ("先に保留を解いて", "9,000", "単価を見直す。")] == [True] * 3

    def test_two_windows_show_both_amounts_and_both_words(self, client: Any, finance: User) -> None:
        proposal, other = proposal_at("財政課ヒアリング"), user_with("finance")
        sent = form_of(client.get(page_of(proposal, "appraise")), "version")
        appraise_proposal(proposal=proposal, amounts={only_item(proposal): 8_000}, words="台数を減らす。", by=other)
        mine = {**sent, "item_0": "9,000", "words": "単価を見直す。"}
        answer = client.post(page_of(proposal, "appraise"), mine)
        words = text_of(answer)
        assert answer.status_code == 409
        assert f"{other.name}" in words
        told = ("同時の編集がありました", "8,000", 'value="9,000"', "台数を減らす。", "単価を見直す。")
        assert [each for each in told if each not in words] == []
        assert "入力の誤り" not in words
        again = form_of(answer, "version")
        assert again.get("stage", "") == "", "at which stage it is meant now is chosen anew"
        assert client.post(page_of(proposal, "appraise"), again).status_code == 422
        again["stage"] = str(all_stages()["財政課長査定"].pk)
        assert client.post(page_of(proposal, "appraise"), again).status_code == 302
        assert [each.total_k for each in course_of(proposal)[-2:]] == [8_000, 9_000]


def test_the_wait_of_the_chief_leads_to_what_waits(client_for: Any) -> None:
    chief = user_with("chief")
    waiting = {proposal_at("財務部長査定").name for _number in range(2)}
    for name in ("財政課長査定", "市長査定", "内示"):
        proposal_at(name)
    (task,) = appraisals_of_the_chief(chief)
    page = client_for(chief).get(task.url)
    assert "2件" in task.note
    assert {row.name for row in page.context["page"].object_list} == waiting
