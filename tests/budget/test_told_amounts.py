"""What was appraised or budgeted beside what was asked for: on the pages, in the list and in the files."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.budget.choices import BudgetResult
from apps.budget.exports.document import request_data
from apps.budget.exports.overview import overview
from apps.budget.models import BudgetYear, Funding, Proposal
from apps.budget.selectors import request_of
from apps.budget.selectors.stages import asked_for, standing_where_told
from apps.budget.services.appraisals import appraise_proposal
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from tests.budget.stages import all_stages, enter, only_item, proposal_at
from tests.factories import user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

YEAR = FiscalYear(2023)
OF_THE_REQUEST = "要求時の財源内訳です。査定額・予算額には連動しません。"
UNTOLD = "内示前の査定額を含みます。財政課と本部長のほかには渡さないでください。"
DRAFTS = "起案を含む"


@pytest.fixture
def officer() -> Any:
    return user_with("promoter")


def tell() -> None:
    """The result of the year, with an entry for each that is under appraisal."""
    BudgetYear.objects.update_or_create(fiscal_year=YEAR, defaults={"disclosed_on": "2022-10-14"})
    for proposal in Proposal.objects.filter(stage__kind="appraisal"):
        last = proposal.stage_entries.last()
        assert last
        enter(proposal, "内示", last.actor, amount_k=last.amount_k)
        Proposal.objects.filter(pk=proposal.pk).update(stage=all_stages()["内示"])


def cut(proposal: Proposal, by: Any, amount_k: int = 7_000) -> Proposal:
    return appraise_proposal(proposal=proposal, amounts={only_item(proposal): amount_k}, words="減らす。", by=by)


def settled(proposal: Proposal, result: str, amount_k: int) -> Proposal:
    entry, item = enter(proposal, "議決", user_with("finance"), amount_k=amount_k), only_item(proposal)
    entry.amounts.create(expense_item_id=item.expense_item, request_k=10_000, assessed_k=amount_k)
    Proposal.objects.filter(pk=proposal.pk).update(stage=all_stages()["議決"], result=result)
    tell()
    return proposal


def test_the_sources_are_said_to_be_those_of_the_request(officer: Any, finance: Any, client_for: Any) -> None:
    asked = proposal_at("要求提出", requesting_unit=officer.unit, sources={"national": 4_000})
    same = proposal_at("市長査定", requesting_unit=officer.unit)
    page = asked.get_absolute_url()
    assert OF_THE_REQUEST not in text_of(client_for(finance).get(page))
    cut(asked, finance)
    for told, seen in ((False, [False, True]), (True, [True, True])):
        if told:
            tell()
        pages = [text_of(client_for(person).get(page)) for person in (officer, finance)]
        assert [OF_THE_REQUEST in said for said in pages] == seen
        lists = [text_of(client_for(person).get("/budget/proposals/")) for person in (officer, finance)]
        assert ["財源は要求時の内訳です" in said for said in lists] == seen
    assert OF_THE_REQUEST not in text_of(client_for(officer).get(same.get_absolute_url()))
    said = text_of(client_for(officer).get(page))
    assert "交付金が採択された場合" in said
    assert "交付金が採択されなかった場合" in said


@pytest.mark.parametrize(
    ("stage", "words"),
    [("要求提出", "差戻し"), ("財政課長査定", "査定額・予算額には連動せず"), ("議決", "査定額・予算額には連動せず"),
     ("不採択・取下げ", "取り下げられています")],
)  # fmt: skip
def test_the_page_of_the_sources_says_what_can_still_be_done(
    officer: Any, client_for: Any, stage: str, words: str
) -> None:
    proposal = proposal_at(stage, requesting_unit=officer.unit, sources={"national": 4_000})
    url, client = f"{proposal.get_absolute_url()}funding/", client_for(officer)
    said, state = text_of(client.get(url)), "引き続きここで記録できます"
    assert words in said
    assert ("差戻し" in said) == (stage == "要求提出")
    assert state in said
    Funding.objects.filter(proposal=proposal).update(status="granted")
    assert state not in text_of(client.get(url)), "nothing is left to record"


def test_the_first_page_shows_what_stands_to_who_may_know(officer: Any, finance: Any, client_for: Any) -> None:
    cut(proposal_at("要求提出", requesting_unit=officer.unit), finance)
    proposal_at("起案", requesting_unit=officer.unit)

    def stats(person: Any) -> list[tuple[str, str, str]]:
        found = client_for(person).get("/budget/").context["stats"]
        return [(str(each["label"]), each["value"], each["note"]) for each in found[:2]]

    request = ("要求額", "20,000", "令和5年度")
    shown = [request, ("査定額・予算額", "7,000", "2件のうち1件")]
    assert [stats(officer)[0], stats(finance)] == [request, shown]
    assert "査定額・予算額" not in str(stats(officer))
    tell()
    assert stats(officer) == shown
    for page in ("investment", "scenarios"):
        assert "すべて要求額をもとに計算しています" in text_of(client_for(officer).get(f"/budget/{page}/"))


def test_the_result_stands_in_the_head_the_list_and_the_summary(officer: Any, finance: Any, client_for: Any) -> None:
    late = settled(proposal_at("市長査定", requesting_unit=officer.unit), BudgetResult.POSTPONED, 0)
    proposal_at("要求提出", requesting_unit=officer.unit)
    client = client_for(officer)
    page = client.get(late.get_absolute_url())
    assert page.context["result"] == "次年度へ見送り"
    table = client.get("/budget/proposals/").context["table"]
    labels = [str(each["label"]) for each in table.head]
    assert labels[5:8] == ["要求額", "前年度比の増減", "査定額・予算額"]
    assert [row["cells"][4]["sub"] for row in table.body] == ["次年度へ見送り", ""]
    chosen = client.get("/budget/proposals/?columns=name&columns=result").context["table"]
    assert [[cell["value"] for cell in row["cells"]][1] for row in chosen.body] == ["次年度へ見送り", "－"]
    proposals = list(request_of(YEAR, officer))
    summary = overview(YEAR, proposals, standing_where_told(proposals))
    assert summary.columns[-1].label == "結果"
    assert [line.cells[-2:] for line in summary.lines] == [(0, "次年度へ見送り"), (None, "")]
    assert {len(line.cells) for line in summary.all_lines} == {len(summary.columns)}


def test_what_nobody_has_appraised_has_no_sum_and_no_difference(officer: Any, finance: Any, client_for: Any) -> None:
    """A column that is empty in all rows has no sum of 0; one amount among them is the sum."""
    asked = proposal_at("要求提出", requesting_unit=officer.unit)

    def decided() -> Any:
        table = client_for(finance).get("/budget/proposals/").context["table"]
        return table.foot[[column.key for column in table.columns].index("decided_k")]["value"]

    assert decided() == "－"
    appraised = proposal_at("財政課ヒアリング", requesting_unit=officer.unit)
    request_k = sum(asked_for(appraised).values())
    assert decided() == f"{request_k:,}"
    head = text_of(client_for(finance).get(appraised.get_absolute_url()))
    assert ("要求額と同額" in head, "－千円" in head) == (True, False)
    assert "要求額と同額" not in text_of(client_for(finance).get(asked.get_absolute_url()))


def test_the_files_say_to_whom_they_may_be_given(officer: Any, finance: Any) -> None:
    cut(proposal_at("要求提出", requesting_unit=officer.unit), finance)
    draft = proposal_at("起案", requesting_unit=officer.unit)

    def said(person: Any) -> list[bool]:
        proposals = list(request_of(YEAR, person))
        notes = overview(YEAR, proposals, standing_where_told(proposals)).notes
        data = request_data(YEAR, proposals)
        cover = [words in data["draft"] for words in (DRAFTS, "内示前の査定額を含む")]
        assert [DRAFTS in str(notes), UNTOLD in notes] == cover
        assert not (UNTOLD in notes and "知らされたものだけ" in str(notes))
        return cover

    assert [said(officer), said(finance)] == [[True, False], [True, True]]
    Proposal.objects.filter(pk=draft.pk).update(archived_at="2022-10-14T00:00Z")
    assert said(finance) == [False, True]
    tell()
    assert [said(officer), said(finance)] == [[False, False]] * 2


def test_whether_it_is_told_costs_no_query_for_each(officer: Any, finance: Any) -> None:
    list(request_of(YEAR, finance))
    counts = []
    for more in (3, 27):
        for _each in range(more):
            proposal_at("市長査定", requesting_unit=officer.unit)
        with CaptureQueriesContext(connection) as asked:
            list(request_of(YEAR, finance))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_history_says_what_was_done(officer: Any, finance: Any) -> None:
    proposal = cut(proposal_at("要求提出", requesting_unit=officer.unit), finance)
    assert entries_of(proposal)[0].verb == "査定した"
