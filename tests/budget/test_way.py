"""The bar of stages on a proposal's page: when each was reached, and what the calendar plans for those to come."""

from datetime import date
from typing import Any

import pytest

from apps.budget.selectors.way import Step, return_of, way_of
from tests.budget.stages import TODAY, calendar_day, enter, proposal_at
from tests.factories import user_with

pytestmark = pytest.mark.django_db

CALENDAR = {
    "導入計画書の事前審査の終了": date(2022, 9, 30),
    "予算要求の提出期限": date(2022, 11, 2),
    "財政課ヒアリングの開始": date(2022, 11, 21),
    "市長査定": date(2023, 1, 20),
    "内示": date(2023, 1, 24),
    "3月議会の開会": date(2023, 2, 22),
}


@pytest.fixture(autouse=True)
def calendar() -> None:
    for title, day in CALENDAR.items():
        calendar_day(title, day)


def test_the_calendar_says_when_the_stages_to_come_are_due() -> None:
    proposal = proposal_at("課長確認")
    enter(proposal, "起案", user_with("viewer"), date=date(2022, 10, 3))
    enter(proposal, "課長確認", user_with("viewer"))
    assert way_of(proposal, sees=False) == [
        Step("起案", date(2022, 10, 3), is_done=True),
        Step("課長確認", TODAY, is_here=True),
        Step("部内調整"),
        Step("導入計画書の事前審査", planned=date(2022, 9, 30)),
        Step("要求提出", planned=date(2022, 11, 2)),
        Step("財政課ヒアリング", planned=date(2022, 11, 21)),
        Step("財政課長査定"),
        Step("財務部長査定"),
        Step("市長査定", planned=date(2023, 1, 20)),
        Step("内示", planned=date(2023, 1, 24)),
    ]


def test_what_was_passed_over_has_no_day_any_more() -> None:
    passed = {step.label: step for step in way_of(proposal_at("財政課ヒアリング"), sees=True)}
    assert passed["導入計画書の事前審査"] == Step("導入計画書の事前審査")
    assert passed["要求提出"] == Step("要求提出", TODAY, is_done=True)
    assert passed["財政課ヒアリング"] == Step("財政課ヒアリング", TODAY, is_here=True)
    assert passed["市長査定"] == Step("市長査定", planned=date(2023, 1, 20))


def test_under_appraisal_the_day_of_the_result_alone_is_planned() -> None:
    """Which stage of the appraisal comes next tells where it stands."""
    assert way_of(proposal_at("財政課長査定"), sees=False)[-3:] == [
        Step("要求提出", TODAY, is_done=True),
        Step("査定中", is_here=True),
        Step("内示", planned=date(2023, 1, 24)),
    ]


def test_the_page_says_which_days_are_planned(client: Any) -> None:
    client.force_login(user_with("secretariat"))
    page = client.get(proposal_at("起案").get_absolute_url()).content.decode()
    assert '要求提出<time datetime="2022-11-02">R4.11.2 予定</time>' in page


def test_a_hold_and_its_end_move_no_day() -> None:
    proposal = proposal_at("財政課ヒアリング")
    for held in (True, False):
        enter(proposal, "財政課ヒアリング", user_with("finance"), date=date(2022, 12, 1), held=held)
    hearing = next(step for step in way_of(proposal, sees=True) if step.label == "財政課ヒアリング")
    assert hearing == Step("財政課ヒアリング", TODAY, is_here=True)


def test_who_did_not_ask_again_has_no_such_stages() -> None:
    plain, again = proposal_at("議決"), proposal_at("議決")
    for name in ("復活要求", "復活査定"):
        enter(again, name, user_with("finance"), date=date(2022, 10, 1))
    ends = [[step.label for step in way_of(each, sees=True)][9:] for each in (plain, again)]
    assert ends == [["内示", "議決"], ["内示", "復活要求", "復活査定", "議決"]]


def test_what_was_returned_says_so_and_begins_again(client: Any) -> None:
    proposal = proposal_at("起案")
    for name, day in (("起案", 3), ("課長確認", 4), ("要求提出", 5)):
        enter(proposal, name, user_with("viewer"), date=date(2022, 10, day))
    assert return_of(proposal) is None, "its newest entry is the request"
    enter(proposal, "起案", user_with("finance"), comment="件数の根拠を足してください。")
    steps = {step.label: step for step in way_of(proposal, sees=False)}
    assert steps["起案"] == Step("起案", TODAY, is_here=True)
    assert (steps["課長確認"], steps["要求提出"]) == (Step("課長確認"), Step("要求提出", planned=date(2022, 11, 2)))
    client.force_login(user_with("secretariat"))
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "差戻しの理由" in page
    assert page.count("件数の根拠を足してください。") == 2, "at the top, and among the words on the way"
