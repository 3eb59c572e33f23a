"""Every (stage, verb, role) of a proposal's way, and what each verb needs."""

from datetime import date
from typing import Any

import pytest

from apps.budget.choices import PreReviewResult, StageKind
from apps.budget.models import BudgetStage, CostLine, Proposal, StageEntry
from apps.budget.selectors import request_of, request_totals, whole_request
from apps.budget.selectors.stages import course_of
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.services.proposal_stages import (
    confirm_proposal,
    coordinate_proposal,
    hear_proposal,
    return_proposal,
    submit_proposal,
    withdraw_proposal,
)
from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoleKind
from tests.budget.stages import TODAY, all_stages, calendar_day, enter, proposal_at
from tests.factories import IntroductionPlanFactory, UnitFactory, user_with
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in RoleKind]
UNDERWAY = {"section", "department", "pre_review", "request", "hearing", "appraisal", "notice", "revival"}
# The table of the flow, written down a second time.
LEADS: dict[str, tuple[set[str], str]] = {
    "confirm": ({"draft"}, "section"),
    "coordinate": ({"section", "pre_review"}, "department"),
    "submit": ({"section", "department", "pre_review"}, "request"),
    "return": ({"section", "department", "pre_review", "request"}, "draft"),
    "withdraw": (UNDERWAY | {"revival_appraisal"}, "dropped"),
    "hear": ({"request", "hearing"}, "hearing"),
    "appraise": ({"request", "hearing", "appraisal"}, "appraisal"),
    "hold": ({"request", "hearing", "appraisal", "revival"}, ""),
    "resume": ({"request", "hearing", "appraisal", "revival"}, ""),
    "disclose": ({"request", "hearing", "appraisal"}, "notice"),
    "revive": ({"notice"}, "revival"),
    "appraise_revival": ({"revival", "revival_appraisal"}, "revival_appraisal"),
    "fix": ({"notice", "revival_appraisal"}, "fixed"),
    "table": ({"fixed"}, "bill"),
    "vote": ({"bill"}, "voted"),
}
OF_THE_YEAR = {"disclose", "fix", "table", "vote"}
WORDS = {"reason": "国の制度が先に変わる。", "words": "根拠を確かめた。"}
OF_FINANCE, OF_UNIT = {"hear"}, {"confirm", "coordinate", "submit", "return", "withdraw", "revive"}


def may_do(verb: str, role: str, *, own: bool) -> bool:
    """What the sentences say, written down a second time."""
    if verb in {"appraise", "appraise_revival", "hold", "resume"}:
        return role in {"finance", "chief"}
    if verb in OF_FINANCE or (verb == "return" and role == "finance"):
        return role == "finance"
    # The secretariat confirms only where a unit has no manager, as these units have none.
    return role == "secretariat" or (role == "manager" and own)


def test_the_flow_is_the_table() -> None:
    assert {row.verb: (set(row.sources), row.target) for row in PROPOSAL_FLOW.rows} == LEADS
    assert {row.verb for row in PROPOSAL_FLOW.rows if row.internal} == OF_THE_YEAR


@pytest.mark.parametrize("role", ROLES)
def test_every_stage_verb_and_role(role: str) -> None:
    user = user_with(role)
    stages = {stage.kind: stage for stage in all_stages().values()}
    assert set(stages) == set(StageKind)
    for own in (True, False):
        proposal = proposal_at("起案", entered=False, requesting_unit=user.unit if own else UnitFactory())
        for kind, stage in stages.items():
            proposal.stage = stage
            for verb in set(LEADS) - OF_THE_YEAR - {"resume"}:
                check(verb, proposal, user, kind, allowed=may_do(verb, role, own=own))


def check(verb: str, proposal: Any, user: Any, kind: str, *, allowed: bool) -> None:
    if allowed and kind in LEADS[verb][0]:
        PROPOSAL_FLOW.check(verb, proposal, by=user, data=WORDS)
    else:
        with pytest.raises(WrongState if allowed else Forbidden):
            PROPOSAL_FLOW.check(verb, proposal, by=user, data=WORDS)


def test_a_refusal_names_no_stage_of_the_appraisal() -> None:
    proposal = proposal_at("財務部長査定")
    with pytest.raises(WrongState, match="査定中") as refusal:
        submit_proposal(proposal=proposal, by=user_with("secretariat"))
    assert "財務部長" not in str(refusal.value)


def test_from_the_draft_to_the_request() -> None:
    manager = user_with("manager")
    proposal = proposal_at("起案", requesting_unit=manager.unit, number=None, request_k=11_642)
    confirm_proposal(proposal=proposal, by=manager)
    coordinate_proposal(proposal=proposal, words="部で優先する。", by=manager)
    submit_proposal(proposal=proposal, by=manager)
    assert (proposal.stage.name, proposal.number) == ("要求提出", "B-2022-0001")
    entries = StageEntry.objects.filter(proposal=proposal)
    assert [(each.stage.name, each.amount_k, each.comment) for each in entries] == [
        ("課長確認", 11_642, ""),
        ("部内調整", 11_642, "部で優先する。"),
        ("要求提出", 11_642, ""),
    ]
    assert {each.date for each in entries} == {TODAY}
    assert [(each.request_k, each.assessed_k) for each in entries.last().amounts.all()] == [(11_642, 11_642)]
    told = [entry.verb for entry in reversed(entries_of(proposal)) if entry.event]
    assert told == ["課長が確認した", "部内で調整した", "要求を提出した"]


def test_the_number_is_given_once_and_the_amounts_of_the_first_time_stay() -> None:
    secretary, finance = user_with("secretariat"), user_with("finance")
    manager = user_with("manager")
    proposal = proposal_at("課長確認", requesting_unit=manager.unit, number=None)
    other = proposal_at("課長確認", number=None)
    submit_proposal(proposal=proposal, by=manager)
    submit_proposal(proposal=other, by=secretary)
    return_proposal(proposal=proposal, reason="単価の根拠がない。", by=finance)
    assert (proposal.stage.name, proposal.number) == ("起案", "B-2022-0001")
    assert [(note.person, note.text) for note in Notice.objects.filter(event="budget.proposal.returned")] == [
        (manager, f"「{proposal.name}」が差し戻されました：単価の根拠がない。")
    ]
    confirm_proposal(proposal=proposal, by=manager)
    submit_proposal(proposal=proposal, by=manager)
    assert (proposal.number, other.number) == ("B-2022-0001", "B-2022-0002")
    requests = [each for each in course_of(proposal) if each.stage.kind == "request"]
    assert [each.total_k for each in requests] == [10_000, 10_000]


def test_a_request_needs_costs_or_what_the_year_before_had() -> None:
    secretary = user_with("secretariat")
    proposal = proposal_at("課長確認")
    CostLine.objects.filter(request_line__proposal=proposal).delete()
    with pytest.raises(Unmet, match="先に積算を入力してください"):
        submit_proposal(proposal=proposal, by=secretary)
    proposal.request_lines.update(previous_initial_k=40)
    submit_proposal(proposal=proposal, by=secretary)
    assert proposal.stage.kind == "request"


def test_what_happens_if_a_grant_is_not_adopted_is_said_before() -> None:
    secretary = user_with("secretariat")
    proposal = proposal_at("課長確認", sources={"national": 5_000})
    proposal.fundings.update(if_not_adopted="as_written", name="デジ田交付金")
    with pytest.raises(Unmet, match="「デジ田交付金」が不採択のときの扱い"):
        submit_proposal(proposal=proposal, by=secretary)
    Proposal.objects.filter(pk=proposal.pk).update(if_not_adopted="見送る。")
    submit_proposal(proposal=proposal, by=secretary)
    assert proposal.stage.kind == "request"


@pytest.mark.parametrize(
    ("result", "refusal"),
    [("", "終わっていません"), (PreReviewResult.RETURNED, "差し戻されています"), (PreReviewResult.CONDITIONAL, None)],
)
def test_its_introduction_plan_comes_back_from_the_review_first(result: str, refusal: str | None) -> None:
    secretary, proposal = user_with("secretariat"), proposal_at("課長確認")
    IntroductionPlanFactory(proposal=proposal, result=result)
    if refusal:
        with pytest.raises(Unmet, match=refusal):
            submit_proposal(proposal=proposal, by=secretary)
    else:
        submit_proposal(proposal=proposal, by=secretary)
    other = proposal_at("課長確認", pre_review_result=PreReviewResult.RETURNED)
    with pytest.raises(Unmet, match="もう一度審査"):
        submit_proposal(proposal=other, by=secretary)
    other.refresh_from_db()
    assert (other.stage.name, other.version) == ("課長確認", 1)


@pytest.mark.parametrize("reason", ["", " ", "\u3000\n"])
def test_who_returns_or_withdraws_says_why(reason: str) -> None:
    secretary, proposal = user_with("secretariat"), proposal_at("要求提出")
    for service in (return_proposal, withdraw_proposal):
        with pytest.raises(Unmet, match="理由"):
            service(proposal=proposal, reason=reason, by=secretary)
    with pytest.raises(Unmet, match="ヒアリングの内容"):
        hear_proposal(proposal=proposal, words=reason, by=user_with("finance"))


def test_what_is_withdrawn_asks_for_nothing_and_the_finance_section_hears_of_it() -> None:
    secretary, finance, viewer = user_with("secretariat"), user_with("finance"), user_with("viewer")
    proposal = proposal_at("財政課長査定", number="B-2022-0007")
    withdraw_proposal(proposal=proposal, reason="国が直接行う。", by=secretary)
    assert proposal.stage.kind == "dropped"
    assert course_of(proposal)[-1].total_k == 0
    assert [note.person for note in Notice.objects.all()] == [finance]
    with pytest.raises(WrongState, match="取下げ"):
        withdraw_proposal(proposal=proposal, reason="国が直接行う。", by=secretary)
    assert not Notice.objects.filter(person=viewer).exists()


def test_what_is_withdrawn_stands_in_no_sum_and_in_no_request() -> None:
    secretary = user_with("secretariat")
    stays, goes = proposal_at("要求提出", request_k=5_000), proposal_at("要求提出", request_k=7_000)
    year = stays.fiscal_year
    assert request_totals(year, secretary)["request_k"] == 12_000
    withdraw_proposal(proposal=goes, reason="国が直接行う。", by=secretary)
    assert request_totals(year, secretary)["request_k"] == 5_000
    assert [each.pk for each in request_of(year, secretary)] == [stays.pk]
    assert [each.pk for each in whole_request(year)] == [stays.pk]


def test_a_city_without_a_stage_of_that_kind_is_told_so() -> None:
    proposal = proposal_at("課長確認")
    BudgetStage.objects.filter(kind="department").delete()
    with pytest.raises(Unmet, match="予算の段階の一覧に"):
        coordinate_proposal(proposal=proposal, by=user_with("secretariat"))


def test_a_second_click_changes_nothing() -> None:
    secretary, proposal = user_with("secretariat"), proposal_at("課長確認", number=None)
    submit_proposal(proposal=proposal, version=1, by=secretary)
    with pytest.raises(WrongState):
        submit_proposal(proposal=proposal, version=1, by=secretary)
    other = proposal_at("要求提出")
    enter(other, "要求提出", secretary)
    with pytest.raises(StaleVersion):
        return_proposal(proposal=other, reason="直す。", version=0, by=secretary)
    assert StageEntry.objects.filter(proposal=proposal).count() == 1


class TestPages:
    def url(self, proposal: Any, verb: str) -> str:
        return f"{proposal.get_absolute_url()}{verb}/"

    def test_late_and_without_a_code_is_allowed_and_said(self, client_for: Any) -> None:
        client = client_for(user_with("secretariat"))
        calendar_day("予算要求の提出期限", date(2022, 10, 13))
        proposal = proposal_at("課長確認", number=None, project_code="")
        page = client.get(self.url(proposal, "submit"))
        late = "提出期限（令和4年10月13日）を過ぎています。期限後の提出になります。"
        assert late in text_of(page)
        assert "事業コードがまだありません" in text_of(page)
        answer = client.post(self.url(proposal, "submit"), form_of(page, "version"), follow=True)
        assert late in text_of(answer)
        assert "B-2022-0001" in answer.request["PATH_INFO"]

    def test_on_the_last_day_it_is_not_late(self, client_for: Any) -> None:
        calendar_day("予算要求の提出期限", TODAY)
        page = client_for(user_with("secretariat")).get(self.url(proposal_at("課長確認"), "submit"))
        assert "期限後" not in text_of(page)

    def test_the_head_offers_what_comes_next(self, client_for: Any) -> None:
        manager = user_with("manager")
        for stage, first in {"起案": "confirm", "課長確認": "submit", "部内調整": "submit", "内示": "revive"}.items():
            proposal = proposal_at(stage, requesting_unit=manager.unit)
            menu = client_for(manager).get(proposal.get_absolute_url()).context["menu"]
            assert (menu["buttons"][0].verb, menu["buttons"][0].look) == (first, "primary"), stage
        heard = client_for(user_with("finance")).get(proposal_at("要求提出").get_absolute_url()).context["menu"]
        assert [act.verb for act in heard["buttons"]][:2] == ["appraise", "hear"]

    def test_who_may_not_is_told_who_may(self, client_for: Any) -> None:
        promoter = user_with("promoter")
        proposal = proposal_at("要求提出", requesting_unit=promoter.unit)
        client = client_for(promoter)
        verbs = ("confirm", "coordinate", "submit", "return", "withdraw", "hear", "appraise", "hold", "resume")
        for verb in (*verbs, "revive", "appraise-revival"):
            assert client.get(self.url(proposal, verb)).status_code == 403, verb
        assert "財政課" in text_of(client.get(self.url(proposal, "appraise")))
        hidden = proposal_at("要求提出")
        assert client.get(self.url(hidden, "withdraw")).status_code == 404
