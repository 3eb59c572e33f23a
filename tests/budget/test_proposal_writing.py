"""Drafting, changing, answering, copying and archiving a proposal: what is refused stands beside what is done."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from apps.budget.choices import BudgetResult, CostKind, OwnerStance
from apps.budget.models import BudgetItem, CostLine, Proposal, RequestLine
from apps.budget.selectors import visible_to
from apps.budget.services import copy_proposal, create_draft
from apps.budget.services.answering import answer_proposal
from apps.budget.services.appraisals import appraise_proposal, appraise_revival, revive_proposal
from apps.budget.services.budget_year import disclose_budget, settle_budget
from apps.budget.services.writing import archive_proposal, edit_proposal
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet
from tests.budget.stages import only_item, proposal_at
from tests.factories import (
    BudgetItemFactory,
    BudgetStageFactory,
    ExpenseItemFactory,
    HurdleFactory,
    ProposalFactory,
    UnitFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear
OTHERS = "要求を提出済みです"


@pytest.fixture(autouse=True)
def stages() -> None:
    BudgetStageFactory(name="起案", order=1)
    BudgetStageFactory(name="要求提出", order=5)


def drafted(by: Any, **values: Any) -> Proposal:
    given = {
        "fiscal_year": Y(2023),
        "budget_item": BudgetItemFactory(),
        "name": "髙齢者の𠮷窓口",
        "kind": "new",
        "requesting_unit": by.unit,
        "purpose": "待つ時間を減らす。",
        **values,
    }
    return create_draft(values=given, by=by)


def test_staff_draft_for_their_own_unit_and_the_team_for_any() -> None:
    officer, member = user_with("promoter"), user_with("member")
    proposal = drafted(officer)
    assert (proposal.number, proposal.project_code, proposal.general_k) == (None, "", 0)
    entry = proposal.stage_entries.get()
    assert (entry.stage.name, entry.amount_k, str(entry.date)) == ("起案", 0, "2022-10-14")
    with pytest.raises(Forbidden):
        drafted(officer, requesting_unit=member.unit)
    assert drafted(member, requesting_unit=officer.unit).requesting_unit == officer.unit
    with pytest.raises(Forbidden):
        drafted(user_with("auditor"))


def test_codes_are_unique_in_a_year_and_items_belong_to_theirs() -> None:
    officer = user_with("promoter")
    drafted(officer, project_code="0201-001")
    with pytest.raises(Unmet, match="事業コード"):
        drafted(officer, project_code="0201-001")
    drafted(officer, project_code="0201-001", fiscal_year=Y(2024))
    drafted(officer), drafted(officer)  # without a code as many as one likes
    gone = BudgetItemFactory(kan="09", to_year=Y(2022))
    with pytest.raises(Unmet, match="令和5年度"):
        drafted(officer, budget_item=gone)


def test_a_change_loses_nobody_s_words_and_stops_at_the_request() -> None:
    officer = user_with("promoter")
    proposal = drafted(officer)
    edit_proposal(proposal=proposal, version=1, values={"outline": "新しい概要"}, by=officer)
    proposal.refresh_from_db()
    assert (proposal.outline, proposal.version) == ("新しい概要", 2)
    with pytest.raises(StaleVersion):
        edit_proposal(proposal=proposal, version=1, values={"outline": "古い版"}, by=officer)
    with pytest.raises(Forbidden):
        edit_proposal(proposal=proposal, version=2, values={"outline": "他課"}, by=user_with("member"))
    handed_in = ProposalFactory(requesting_unit=officer.unit, stage=BudgetStageFactory(name="要求提出"))
    with pytest.raises(Unmet, match=OTHERS):
        edit_proposal(proposal=handed_in, version=1, values={"outline": "後から"}, by=officer)
    with pytest.raises(Unmet, match="取り下げ"):
        archive_proposal(proposal=handed_in, reason="やめる", by=officer)
    with pytest.raises(Unmet):
        archive_proposal(proposal=proposal, reason=" ", by=officer)
    archive_proposal(proposal=proposal, reason="重複", by=officer)
    assert not visible_to(officer).filter(pk=proposal.pk).exists()


def test_the_owning_unit_sees_is_told_and_answers_a_proposal_of_the_team() -> None:
    owner, member = user_with("manager"), user_with("member")
    with pytest.raises(Unmet, match="推進チーム"):
        drafted(member, owning_unit=owner.unit)
    with pytest.raises(Unmet, match="同じです"):
        drafted(member, team_proposal=True, owning_unit=member.unit)
    proposal = drafted(member, team_proposal=True, owning_unit=owner.unit)
    assert visible_to(owner).filter(pk=proposal.pk).exists()
    assert not visible_to(user_with("manager")).filter(pk=proposal.pk).exists()
    assert [notice.text for notice in Notice.objects.filter(person=owner)] == [
        "推進チームが、あなたの課の所管業務について「髙齢者の𠮷窓口」を提案しました。回答をお願いします。"
    ]
    with pytest.raises(Forbidden):
        answer_proposal(proposal=proposal, stance="agree", by=member)
    for stance in (OwnerStance.CONDITIONS, OwnerStance.DISAGREE):
        with pytest.raises(Unmet):
            answer_proposal(proposal=proposal, stance=stance, words="", by=owner)
    answer_proposal(proposal=proposal, stance="conditions", words="予約制にするなら。", by=owner, version=1)
    proposal.refresh_from_db()
    assert (proposal.owner_stance, proposal.owner_words) == ("conditions", "予約制にするなら。")
    with pytest.raises(StaleVersion):
        answer_proposal(proposal=proposal, stance="agree", by=owner, version=1)
    edit_proposal(proposal=proposal, version=2, values={"owning_unit": UnitFactory()}, by=user_with("secretariat"))
    proposal.refresh_from_db()
    assert (proposal.owner_stance, proposal.owner_answered_on) == ("", None)


def test_an_answer_waits_in_my_work_until_it_is_given(client_for: Any) -> None:
    owner, member = user_with("manager"), user_with("member")
    proposal = drafted(member, team_proposal=True, owning_unit=owner.unit)
    page = text_of(client_for(owner).get("/"))
    assert f"/budget/proposals/{proposal.address}/answer/" in page
    assert f"/budget/proposals/{proposal.address}/answer/" not in text_of(client_for(user_with("manager")).get("/"))
    answer_proposal(proposal=proposal, stance="agree", by=owner)
    assert f"/budget/proposals/{proposal.address}/answer/" not in text_of(client_for(owner).get("/"))


def test_the_next_year_starts_from_running_costs_and_what_was_granted() -> None:
    officer = user_with("promoter")
    proposal = ProposalFactory(request_k=10_000, sources={"national": 4_000}, requesting_unit=officer.unit)
    line = proposal.request_lines.get()
    CostLine.objects.create(
        request_line=line, description="利用料", unit_price_yen=Decimal("38.5"), quantity=100, months=12,
        amount_yen=46_200, kind=CostKind.RUNNING,
    )  # fmt: skip
    proposal.hurdle_links.create(hurdle=HurdleFactory())
    Proposal.objects.filter(pk=proposal.pk).update(result=BudgetResult.FULL)
    copied = copy_proposal(proposal=proposal, by=officer)
    assert (copied.fiscal_year, copied.kind, copied.project_code) == (Y(2024), "continued", proposal.project_code)
    only = copied.request_lines.get()
    # 46,200円 are 47千円; the year has 10,000千円 before it; no source came along.
    assert (only.request_k, only.previous_initial_k, copied.general_k) == (47, 10_000, 47)
    assert copied.fundings.count() == 0
    assert copied.hurdle_links.count() == 1
    assert copy_proposal(proposal=proposal, by=officer) == copied
    with pytest.raises(Forbidden):
        copy_proposal(proposal=ProposalFactory(), by=officer)


def test_the_budget_of_the_year_before_is_what_stood_in_the_bill() -> None:
    """The bill repeats the appraisal without lines of its own; 節 are appraised as one, and spread on their lines."""
    finance, officer = user_with("finance"), user_with("promoter")
    proposal = proposal_at("市長査定", requesting_unit=officer.unit)
    first = proposal.request_lines.get()
    RequestLine.objects.create(proposal=proposal, expense_item=first.expense_item, subitem="別の細節", request_k=0)
    appraise_proposal(proposal=proposal, amounts={only_item(proposal): 7_000}, words="単価を見直す。", by=finance)
    early = copy_proposal(proposal=proposal, by=officer)
    assert [line.previous_initial_k for line in early.request_lines.all()] == [0, 0], "nothing before the bill"
    Proposal.objects.filter(pk=early.pk).update(archived_at=clock.now())
    disclose_budget(fiscal_year=proposal.fiscal_year, by=finance)
    settle_budget(fiscal_year=proposal.fiscal_year, step="fixed", by=finance)
    proposal.refresh_from_db()
    assert proposal.result == BudgetResult.REDUCED
    late = copy_proposal(proposal=proposal, by=officer)
    assert [line.previous_initial_k for line in late.request_lines.all()] == [7_000, 0]


def test_the_budget_of_the_year_before_is_what_was_voted() -> None:
    """What was revived is in it, what was postponed is not; the words of the first appraisal are past."""
    finance, officer = user_with("finance"), user_with("promoter")
    cut, late, full = (proposal_at("市長査定", requesting_unit=officer.unit) for _each in range(3))
    for each in (cut, late):
        appraise_proposal(proposal=each, amounts={only_item(each): 7_000}, words="単価を見直す。", by=finance)
    disclose_budget(fiscal_year=cut.fiscal_year, by=finance)
    cut.refresh_from_db()
    secretary = user_with("secretariat")
    revive_proposal(proposal=cut, amounts={only_item(cut): 9_000}, words="要る。", by=secretary)
    appraise_revival(proposal=cut, amounts={only_item(cut): 8_265}, words="一部を認める。", by=finance)
    for step in ("fixed", "bill", "voted"):
        settle_budget(fiscal_year=cut.fiscal_year, step=step, postponed=[late] if step == "fixed" else [], by=finance)
    copied = {}
    for each in (cut, late, full):
        each.refresh_from_db()
        copied[each] = copy_proposal(proposal=each, by=officer).request_lines.get().previous_initial_k
    assert {each.stage.kind for each in copied} == {"voted"}
    assert list(copied.values()) == [8_265, 0, 10_000]


def test_the_items_of_the_next_year_are_found_by_name() -> None:
    officer = user_with("promoter")
    old = ExpenseItemFactory(item_number=14, name="旧使用料", to_year=Y(2023))
    proposal = ProposalFactory(requesting_unit=officer.unit)
    proposal.request_lines.update(expense_item=old)
    with pytest.raises(Unmet, match="旧使用料"):
        copy_proposal(proposal=proposal, by=officer)
    new = ExpenseItemFactory(item_number=13, name="旧使用料", from_year=Y(2024))
    assert copy_proposal(proposal=proposal, by=officer).request_lines.get().expense_item == new


@pytest.mark.parametrize("year", [1886, 9998])
def test_a_year_of_another_age_is_refused(year: int) -> None:
    """Its next year, or the one before it, is none that the portal can say."""
    member = user_with("member")
    with pytest.raises(Unmet, match="離れすぎ"):
        drafted(member, fiscal_year=Y(year))


def test_the_form_drafts_once_however_often_it_is_sent(client_for: Any) -> None:
    officer = user_with("promoter")
    client, item = client_for(officer), BudgetItemFactory()
    page = client.get("/budget/proposals/new/")
    sent = form_of(page, "purpose")
    assert sent["fiscal_year"] == "令和5年度"
    assert "team_proposal" not in text_of(page)
    given = sent | {"name": "𠮷野の窓口", "budget_item": item.pk, "purpose": "待たせない。", "kind": "new"}
    assert client.post("/budget/proposals/new/", given | {"name": ""}).status_code == 422
    first = client.post("/budget/proposals/new/", given)
    again = client.post("/budget/proposals/new/", given)
    proposal = Proposal.objects.get()
    assert first["Location"] == again["Location"] == proposal.get_absolute_url()
    assert proposal.requesting_unit == officer.unit
    told = text_of(client.get(proposal.get_absolute_url()))
    assert "𠮷野の窓口" in told
    assert client_for(user_with("auditor")).get("/budget/proposals/new/").status_code == 403


def test_the_form_offers_the_items_of_the_year_that_was_typed(client_for: Any) -> None:
    BudgetItem.objects.all().delete()
    client = client_for(user_with("promoter"))
    now, later = BudgetItemFactory(kan="02", to_year=Y(2023)), BudgetItemFactory(kan="03", from_year=Y(2024))
    sent = form_of(client.get("/budget/proposals/new/"), "purpose") | {"name": "名", "purpose": "目的", "kind": "new"}
    wrong = client.post("/budget/proposals/new/", sent | {"fiscal_year": "R6", "budget_item": now.pk})
    assert wrong.status_code == 422
    assert (
        client.post("/budget/proposals/new/", sent | {"fiscal_year": "R6", "budget_item": later.pk}).status_code == 302
    )


def test_two_people_who_edit_at_once_both_keep_their_words(client_for: Any) -> None:
    officer = user_with("promoter")
    proposal = ProposalFactory(requesting_unit=officer.unit)
    client, url = client_for(officer), f"{proposal.get_absolute_url()}edit/"
    sent = form_of(client.get(url), "purpose")
    client.post(url, sent | {"purpose": "先の人の目的"})
    late = client.post(url, sent | {"purpose": "後の人の目的"})
    assert late.status_code == 409
    assert "先の人の目的" in text_of(late)
    assert "後の人の目的" in text_of(late)


ROLES = {
    "promoter_of_it": (200, 200),
    "secretariat": (200, 200),
    "member": (200, 403),
    "finance": (200, 403),
    "chief": (200, 403),
    "auditor": (200, 403),
    "promoter": (404, 404),
    "administrator": (404, 404),
}


@pytest.mark.parametrize("role", ROLES)
def test_who_reads_and_who_writes(role: str, client_for: Any) -> None:
    unit = UnitFactory()
    proposal = ProposalFactory(requesting_unit=unit)
    person = user_with("promoter", unit=unit) if role == "promoter_of_it" else user_with(role)
    read, write = ROLES[role]
    client, here = client_for(person), proposal.get_absolute_url()
    for page in ("", "funding/", "later-years/", "outcomes/"):
        assert client.get(f"{here}{page}").status_code == read, page
    for page in (
        "edit/", "archive/", "serves/", "workload/", "evidence/add/", "outcomes/add/", "funding/add/",
        "debt-burdens/add/", "continuing-costs/add/", "yearly-shares/add/", "long-contracts/add/", "carryovers/add/",
        "future-costs/add/", "copy/",
    ):  # fmt: skip
        assert client.get(f"{here}{page}").status_code == write, page
    assert client.get(f"{here}answer/").status_code == (404 if read == 404 else 403)


def test_a_request_that_was_handed_in_offers_no_form_to_archive_it(client_for: Any) -> None:
    client, refusal = client_for(user_with("secretariat")), "提出済みです"
    handed_in = proposal_at("要求提出")
    here = f"{handed_in.get_absolute_url()}archive/"
    page = client.get(here)
    assert (page.status_code, refusal in text_of(page), 'name="reason"' in page.content.decode()) == (200, True, False)
    sent = client.post(here, {"reason": "重複", "version": handed_in.version})
    assert (sent.status_code, refusal in text_of(sent)) == (422, True)
    handed_in.refresh_from_db()
    assert handed_in.archived_at is None
    draft = client.get(f"{proposal_at('起案').get_absolute_url()}archive/")
    assert (refusal in text_of(draft), 'name="reason"' in draft.content.decode()) == (False, True)


def test_a_draft_lives_at_its_uid(client_for: Any) -> None:
    secretary = user_with("secretariat")
    proposal = ProposalFactory(number=None, project_code="")
    assert client_for(secretary).get(f"/budget/proposals/{proposal.uid}/").status_code == 200
    assert client_for(secretary).get(f"/budget/proposals/{uuid4()}/").status_code == 404
