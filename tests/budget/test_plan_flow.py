"""The way of an introduction plan: every state, verb and role; what each verb needs, does, tells and refuses."""

from datetime import date
from typing import Any

import pytest

from apps.budget.choices import PlanStatus
from apps.budget.models import IntroductionPlan, PlanPoint, ReviewCriterion
from apps.budget.selectors.criteria import earlier_review
from apps.budget.selectors.plan_parts import MANDATORY, missing_in
from apps.budget.services import (
    PLAN_ACTS,
    PLAN_FLOW,
    Given,
    archive_plan,
    create_plan,
    edit_plan,
    link_plan_hurdle,
    link_proposal,
    mark_priority,
    reopen_plan,
    return_plan,
    review_plan,
    submit_plan,
    unlink_plan_hurdle,
    unmark_priority,
)
from apps.core.history import entries_of
from apps.core.models import Notice
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoleKind
from tests.budget.whole_plans import WHOLE, plan_in, whole_plan
from tests.factories import HurdleFactory, ProposalFactory, ReviewCriterionFactory, RoleFactory, UnitFactory, user_with

pytestmark = pytest.mark.django_db

OWN = {RoleKind.MANAGER}
TEAM = {RoleKind.MEMBER, RoleKind.SECRETARIAT}
HEAD = {RoleKind.SECRETARIAT, RoleKind.HEADQUARTERS, RoleKind.DEPUTY, RoleKind.CHIEF, RoleKind.ADVISOR}
READERS = {RoleKind.AUDITOR, RoleKind.ADMINISTRATOR}
STAFF = set(RoleKind) - READERS
# Who may, of those who sit in the section of the plan, which has a manager; and the states from which it leads.
WRITABLE, EVERY = {"draft", "returned"}, {"draft", "submitted", "returned", "reviewed"}
RULES: dict[str, tuple[set[Any], set[str]]] = {
    "submit": (OWN | {RoleKind.SECRETARIAT}, WRITABLE),
    "review": (TEAM, {"submitted", "reviewed"}),
    "return": (TEAM, {"submitted"}),
    "reopen": ({RoleKind.SECRETARIAT}, {"reviewed"}),
    "edit": (STAFF, WRITABLE),
    "link_hurdles": (STAFF, WRITABLE),
    "link_proposal": (STAFF, EVERY),
    "draft_proposal": (STAFF, EVERY),
    "mark_priority": (HEAD, EVERY),
    "unmark_priority": (HEAD, EVERY),
    "archive": (STAFF, WRITABLE),
}
FROM_ELSEWHERE = {
    "submit": {RoleKind.SECRETARIAT},
    **{key: {RoleKind.SECRETARIAT} for key in ("edit", "link_hurdles", "link_proposal", "draft_proposal", "archive")},
}
DATA = {"reason": "理由", "result": "fit"}


def secretary() -> Any:
    return user_with("secretariat")


@pytest.mark.parametrize("role", list(RoleKind))
def test_every_verb_in_every_state_for_every_role(role: RoleKind) -> None:
    inside = user_with(role)
    RoleFactory(user=user_with(), kind=RoleKind.MANAGER, unit=inside.unit)
    outside = user_with(role)
    assert {row.verb for row in (*PLAN_FLOW.rows, *PLAN_ACTS.rows)} == set(RULES)
    for status in PlanStatus:
        plan = plan_in(status, unit=inside.unit)
        for flow in (PLAN_FLOW, PLAN_ACTS):
            for row in flow.rows:
                plan.priority_case = row.verb == "unmark_priority"
                allowed, sources = RULES[row.verb]
                here = (inside, role in allowed), (outside, role in FROM_ELSEWHERE.get(row.verb, allowed))
                for user, may in here:
                    said = tried(flow, row.verb, plan, user)
                    expected = None if may and status in sources else WrongState if may else Forbidden
                    assert said is expected, (status, row.verb, role, user == inside)


def tried(flow: Any, verb: str, plan: Any, user: Any) -> type[Exception] | None:
    try:
        flow.check(verb, plan, by=user, data=DATA)
    except (WrongState, Forbidden, Unmet) as refusal:
        return type(refusal)
    return None


def test_the_secretariat_speaks_for_a_section_without_a_manager() -> None:
    plan, member = whole_plan(), user_with("promoter")
    with pytest.raises(Forbidden, match="所属の課長か事務局"):
        submit_plan(plan=plan, by=member)
    assert submit_plan(plan=plan, by=secretary()).status == "submitted"


def test_writing_is_for_the_own_section_and_the_secretariat_for_any() -> None:
    officer, elsewhere = user_with("viewer"), UnitFactory()
    values = {"fiscal_year": 2023, "kind": "new", "title": "𠮷の計画"}
    plan = create_plan(uid=IntroductionPlan().uid, values={**values, "unit": officer.unit}, by=officer)
    assert (plan.status, entries_of(plan)[0].verb) == ("draft", "導入計画書を起案")
    with pytest.raises(Forbidden, match="所属"):
        create_plan(uid=IntroductionPlan().uid, values={**values, "unit": elsewhere}, by=officer)
    assert (
        create_plan(uid=IntroductionPlan().uid, values={**values, "unit": elsewhere}, by=secretary()).unit == elsewhere
    )
    with pytest.raises(Forbidden):
        create_plan(uid=IntroductionPlan().uid, values={**values, "unit": officer.unit}, by=user_with("auditor"))


@pytest.mark.parametrize("name", MANDATORY)
def test_each_mandatory_part_is_named_where_it_is_missing(name: str) -> None:
    for empty in (None,) if name.endswith("_k") else ("", " \n　"):
        plan = whole_plan(**{name: empty})
        label = str(IntroductionPlan._meta.get_field(name).verbose_name)
        with pytest.raises(Unmet, match=f"まだ書かれていません：{label.split('（', maxsplit=1)[0]}"):
            submit_plan(plan=plan, by=secretary())
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_a_new_system_needs_a_hurdle_a_renewal_its_present_system() -> None:
    bare = whole_plan()
    bare.hurdle_links.all().delete()
    assert missing_in(bare) == ["解消するハードル"]
    assert missing_in(whole_plan(kind="renewal")) == []
    bare_renewal = whole_plan(kind="continuation", current_system="", current_until=None, current_yearly_k=None)
    assert len(missing_in(bare_renewal)) == 3
    no_effect = whole_plan(citizen_effect=" ")
    assert missing_in(no_effect) == ["効果（時間または市民）"]
    no_effect.hours_saved = 0
    assert missing_in(no_effect) == []


def test_from_a_draft_to_a_reviewed_plan_with_the_proposal_that_follows() -> None:
    team, manager = user_with("member"), user_with("manager")
    proposal = ProposalFactory(requesting_unit=manager.unit)
    plan = whole_plan(unit=manager.unit)
    link_proposal(plan=plan, proposal=proposal, by=manager)
    followed(proposal, None, "", "")
    submit_plan(plan=plan, by=manager)
    assert (plan.status, plan.submitted_on) == ("submitted", date(2022, 10, 14))
    followed(proposal, date(2022, 10, 14), "", "")
    criterion = ReviewCriterionFactory(name="必要性")
    return_plan(plan=plan, reason="体制が無い。", points={criterion.pk: Given(2, "まだ弱い")}, by=team)
    assert (plan.status, plan.result, plan.review_words) == ("returned", "returned", "体制が無い。")
    followed(proposal, date(2022, 10, 14), "returned", "体制が無い。")
    edit_plan(plan=plan, version=plan.version, values={"staffing": "3人"}, by=manager)
    submit_plan(plan=plan, by=manager)
    assert (plan.result, plan.reviewed_on, plan.review_words) == ("", None, "")
    followed(proposal, date(2022, 10, 14), "", "")
    before = earlier_review(plan)
    assert before
    assert (before.result, before.review_words) == ("returned", "体制が無い。")
    assert [(each.points, each.reason) for each in plan.points.all()] == [(2, "まだ弱い")]
    review_plan(
        plan=plan, result="conditional", words="契約前に報告。", points={criterion.pk: Given(4, "要る")}, by=team
    )
    assert earlier_review(plan) is None
    followed(proposal, date(2022, 10, 14), "conditional", "契約前に報告。")
    told = list(Notice.objects.filter(person=manager).order_by("pk").values_list("text", flat=True))
    assert told == [
        f"導入計画書「{plan.title}」が差し戻されました：体制が無い。",
        f"導入計画書「{plan.title}」の事前審査の結果：条件付適",
    ]
    verbs = [entry.verb for entry in entries_of(plan, parts=("points",))]
    assert verbs[:5] == ["審査済", "事前審査に提出", "変更", "差戻し", "事前審査に提出"]
    reopen_plan(plan=plan, reason="額が変わった。", by=secretary())
    followed(proposal, date(2022, 10, 14), "returned", "額が変わった。")


def followed(proposal: Any, on: date | None, result: str, comment: str) -> None:
    proposal.refresh_from_db()
    assert (proposal.pre_review_on, proposal.pre_review_result, proposal.pre_review_comment) == (on, result, comment)


def test_a_later_link_carries_the_review_and_another_one_takes_it_along() -> None:
    plan = plan_in("reviewed", review_words="よい。")
    first, second = (ProposalFactory(requesting_unit=plan.unit) for _each in range(2))
    link_proposal(plan=plan, proposal=first, by=secretary())
    followed(first, date(2022, 8, 30), "fit", "よい。")
    link_proposal(plan=plan, proposal=second, by=secretary())
    followed(first, None, "", "")
    followed(second, date(2022, 8, 30), "fit", "よい。")
    for other in (ProposalFactory(), ProposalFactory(requesting_unit=plan.unit, fiscal_year=2024)):
        with pytest.raises(Unmet, match="同じ所属・同じ年度"):
            link_proposal(plan=plan, proposal=other, by=secretary())
    link_proposal(plan=plan, proposal=None, by=secretary())
    followed(second, None, "", "")


def test_points_are_a_help_with_reasons_within_their_most() -> None:
    plan, team = plan_in("submitted"), user_with("member")
    five, ten = ReviewCriterionFactory(name="財源"), ReviewCriterionFactory(max_points=10)
    retired = ReviewCriterionFactory(active=False)
    for given, words in {
        Given(6, "多い"): "0から5まで",
        Given(-1, "少ない"): "0から5まで",
        Given(3, " "): "「財源」の評点の理由",
    }.items():
        with pytest.raises(Unmet, match=words):
            review_plan(plan=plan, result="fit", points={five.pk: given}, by=team)
    with pytest.raises(Unmet, match="使用を終えた"):
        review_plan(plan=plan, result="fit", points={retired.pk: Given(1, "古い")}, by=team)
    plan.refresh_from_db()
    assert (plan.status, PlanPoint.objects.count()) == ("submitted", 0), "all of a review or nothing"
    points = {five.pk: Given(0, "国費が無い"), ten.pk: Given(10, "𠮷")}
    review_plan(plan=plan, result="not_applicable", points=points, by=team)
    assert sorted(plan.points.values_list("points", flat=True)) == [0, 10]
    review_plan(plan=plan, result="fit", points={five.pk: Given(None), ten.pk: Given(10, "𠮷")}, by=team)
    assert [each.criterion for each in plan.points.all()] == [ten]


@pytest.mark.parametrize(
    ("result", "words", "said"),
    [("conditional", " ", "どのような条件"), ("", "", "結果を選んで"), ("returned", "戻す", "結果を選んで")],
)
def test_a_review_needs_a_verdict_and_words_on_conditions(result: str, words: str, said: str) -> None:
    with pytest.raises(Unmet, match=said):
        review_plan(plan=plan_in("submitted"), result=result, words=words, by=user_with("member"))


def test_of_two_reviewers_the_second_is_told() -> None:
    plan, seen = plan_in("submitted"), 1
    review_plan(plan=plan, result="fit", by=user_with("member"), version=seen)
    with pytest.raises(StaleVersion):
        review_plan(plan=plan, result="conditional", words="別の意見", by=secretary(), version=seen)
    plan.refresh_from_db()
    assert plan.result == "fit"


def test_a_priority_case_has_a_reason_and_is_marked_once() -> None:
    plan, chief = plan_in("submitted"), user_with("chief")
    with pytest.raises(Unmet, match="理由"):
        mark_priority(plan=plan, reason=" ", by=chief)
    mark_priority(plan=plan, reason="市長の公約。", by=chief)
    with pytest.raises(Unmet, match="すでに"):
        mark_priority(plan=plan, reason="もう一度", by=chief)
    assert (plan.priority_case, plan.priority_reason) == (True, "市長の公約。")
    unmark_priority(plan=plan, reason="縮小した。", by=secretary())
    with pytest.raises(Unmet, match="指定されていません"):
        unmark_priority(plan=plan, reason="もう一度", by=chief)
    assert [(entry.verb, entry.reason) for entry in entries_of(plan)[:2]] == [
        ("重要案件の指定を解除", "縮小した。"),
        ("重要案件に指定", "市長の公約。"),
    ]


def test_hurdles_come_and_go_once() -> None:
    plan, hurdle, officer = whole_plan(), HurdleFactory(), secretary()
    for _click in range(2):
        link_plan_hurdle(plan=plan, hurdle=hurdle, by=officer)
    assert plan.hurdles.count() == 2
    for _click in range(2):
        unlink_plan_hurdle(plan=plan, hurdle=hurdle, by=officer, reason="別の計画で。")
    assert plan.hurdles.count() == 1
    merged = HurdleFactory(archived_at="2022-10-01T00:00+09:00")
    with pytest.raises(Unmet, match="別のハードル"):
        link_plan_hurdle(plan=plan, hurdle=merged, by=officer)


def test_laid_aside_with_a_reason() -> None:
    plan = whole_plan()
    with pytest.raises(Unmet):
        archive_plan(plan=plan, reason="", by=secretary())
    assert archive_plan(plan=plan, reason="別件に統合。", by=secretary()).archived_at
    assert IntroductionPlan.objects.filter(pk=plan.pk).exists()


def test_somebody_elses_change_is_not_written_over() -> None:
    plan, values = whole_plan(), {"title": "別名", "problem": WHOLE["problem"]}
    edit_plan(plan=plan, version=1, values=values, by=secretary())
    with pytest.raises(StaleVersion):
        edit_plan(plan=plan, version=1, values={"title": "さらに別名"}, by=secretary())
    assert IntroductionPlan.objects.get(pk=plan.pk).title == "別名"
    assert not ReviewCriterion.objects.exists()
