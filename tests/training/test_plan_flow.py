"""Every (state, verb, role) of a training plan, its years with courses and costs, and what is refused."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.services import StaleVersion
from apps.core.transitions import Unmet, WrongState
from apps.organization.choices import RoleKind
from apps.training.choices import PlanStatus
from apps.training.models import PlanCost, PlannedCourse, PlanProfile, TrainingPlan
from apps.training.selectors.plans import effects_of
from apps.training.services.plan_flow import PLAN_ACTS, PLAN_FLOW
from apps.training.services.plan_verbs import decide_plan, end_plan, revise_plan
from apps.training.services.plans import Planned, archive_plan, create_plan, edit_plan, plan_courses
from tests.factories import (
    CourseFactory,
    HeadcountFactory,
    InitiativeFactory,
    TalentProfileFactory,
    TrainingPlanFactory,
    UnitFactory,
    user_with,
)
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear
TODAY = date(2022, 10, 14)  # DEMO_TODAY
ROLES = [role.value for role in RoleKind]
# The table of the flow, written down a second time.
LEADS: dict[str, tuple[set[str], str]] = {
    "decide": ({"draft"}, "decided"),
    "end": ({"decided"}, "ended"),
    "revise": ({"decided", "ended"}, "draft"),
}
STAYING = {"edit": {"draft"}, "courses": {"draft"}, "archive": {"draft", "ended"}}
DRAFTING, DECIDING = {"personnel", "member", "secretariat"}, {"personnel", "secretariat"}
WORDS: dict[str, dict[str, Any]] = {
    "decide": {"approval_number": "総企第12号", "decided_on": TODAY},
    "end": {"reason": "期間が終わった。"},
    "revise": {"reason": "人数を見直す。"},
    "archive": {"reason": "重複"},
}


def draft(**values: Any) -> Any:
    """A draft with a course of this year, which can be decided."""
    plan = TrainingPlanFactory(number=None, status="draft", **values)
    PlannedCourse.objects.create(plan=plan, course=CourseFactory(plan=plan), fiscal_year=plan.from_year)
    return plan


@pytest.fixture
def personnel() -> Any:
    return user_with("personnel")


def test_the_flow_is_the_table() -> None:
    assert {row.verb: (set(row.sources), row.target) for row in PLAN_FLOW.rows} == LEADS
    assert {row.verb: set(row.sources) for row in PLAN_ACTS.rows} == STAYING
    assert {row.target for row in PLAN_ACTS.rows} == {""}


@pytest.mark.parametrize("role", ROLES)
def test_every_state_and_verb(role: str) -> None:
    user, plan = user_with(role), draft()
    for state in PlanStatus:
        plan.status = state
        for verb in (*LEADS, *STAYING):
            flow = PLAN_FLOW if verb in LEADS else PLAN_ACTS
            may = role in (DRAFTING if verb in {"edit", "courses"} else DECIDING)
            leads = state in (LEADS[verb][0] if verb in LEADS else STAYING[verb])
            if may and leads:
                flow.check(verb, plan, by=user, data=WORDS.get(verb))
            else:
                with pytest.raises(WrongState if may else Forbidden):
                    flow.check(verb, plan, by=user, data=WORDS.get(verb))


@pytest.mark.parametrize("role", ["personnel", "member", "viewer"])
def test_the_page_offers_what_leads_somewhere(role: str, client_for: Any) -> None:
    plan, client = draft(), client_for(user_with(role))
    for state in PlanStatus:
        plan.status = state
        plan.save()
        page = text_of(client.get(plan.get_absolute_url()))
        for verb in ("decide", "end", "revise", "edit", "archive"):
            leads = state in (LEADS[verb][0] if verb in LEADS else STAYING[verb])
            may = role in (DRAFTING if verb == "edit" else DECIDING)
            url = f"{plan.get_absolute_url()}{verb}/"
            assert (f'href="{url}"' in page) == (leads and may), (state, verb)
            assert client.get(url).status_code == (200 if may else 403)
        assert (f"{plan.get_absolute_url()}years/2022/" in page) == (state == "draft" and role in DRAFTING)


class TestDeciding:
    def test_the_first_decision_gives_the_number_and_a_revision_keeps_it(self, personnel: Any) -> None:
        plan = draft()
        decide_plan(plan=plan, **WORDS["decide"], by=personnel, version=1)
        assert (plan.number, plan.status, plan.decided_on) == ("T-2022-0001", "decided", TODAY)
        revise_plan(plan=plan, reason="人数を見直す。", by=personnel, version=2)
        assert (plan.status, plan.approval_number, plan.decided_on) == ("draft", "", None)
        decide_plan(plan=plan, approval_number="第3回本部会議", decided_on=TODAY, by=personnel, version=3)
        assert plan.number == "T-2022-0001"
        end_plan(plan=plan, reason="期間が終わった。", by=personnel, version=4)
        assert (plan.status, plan.status_reason, plan.status_since) == ("ended", "期間が終わった。", TODAY)
        verbs = [entry.verb for entry in entries_of(plan)][:4]
        assert verbs == ["育成計画を終了", "育成計画を決定", "見直しのため案に戻した", "育成計画を決定"]
        with pytest.raises(StaleVersion):
            revise_plan(plan=plan, reason="誤り", by=personnel, version=2)

    @pytest.mark.parametrize(
        ("missing", "words"),
        [
            ({"approval_number": "　"}, "起案番号"),
            ({"decided_on": None}, "決定した日"),
            ({"decided_on": date(2022, 10, 15)}, "先の日"),
        ],
    )
    def test_what_it_needs(self, missing: dict[str, Any], words: str, personnel: Any) -> None:
        with pytest.raises(Unmet, match=words):
            decide_plan(plan=draft(), **{**WORDS["decide"], **missing}, by=personnel, version=1)

    def test_without_a_course_there_is_nothing_to_decide(self, personnel: Any) -> None:
        with pytest.raises(Unmet, match="研修がありません"):
            decide_plan(plan=TrainingPlanFactory(status="draft"), **WORDS["decide"], by=personnel, version=1)


class TestYears:
    def plan(self, plan: Any, courses: list[Planned], total_k: int | None, *, year: int = 2022, by: Any) -> Any:
        version = TrainingPlan.objects.get(pk=plan.pk).version
        return plan_courses(plan=plan, fiscal_year=Y(year), total_k=total_k, courses=courses, by=by, version=version)

    def test_courses_come_change_and_go(self, personnel: Any) -> None:
        plan = TrainingPlanFactory(status="draft")
        first, second, third = CourseFactory(), CourseFactory(), CourseFactory()
        self.plan(plan, [Planned(first, 24, 1200), Planned(second), Planned(third, 5, 0)], 1300, by=personnel)
        kept = PlannedCourse.objects.get(course=second).pk
        self.plan(plan, [Planned(second), Planned(first, 30, 1300)], 1300, by=personnel)
        rows = [(row.course, row.people, row.cost_k) for row in plan.planned_courses.all()]
        assert rows == [(first, 30, 1300), (second, None, None)]
        assert PlannedCourse.objects.get(course=second).pk == kept
        assert [cost.cost_k for cost in plan.costs.all()] == [1300]
        changes = entries_of(plan, parts=("costs", "planned_courses"))[0].changes
        assert ("24", "30") in [(change.old, change.new) for change in changes]
        self.plan(plan, [Planned(first, 30)], None, by=personnel)
        assert not PlanCost.objects.exists()

    @pytest.mark.parametrize(
        ("costs", "total", "words"),
        [
            ((700, 600), 1299, "（1,300千円）が、年度の総額（1,299千円）を超えています"),
            ((700, 600), None, "1,300千円です。年度の総額"),
        ],
    )
    def test_the_courses_cost_at_most_the_total(
        self, costs: tuple[int, int], total: int | None, words: str, personnel: Any
    ) -> None:
        plan = TrainingPlanFactory(status="draft")
        with pytest.raises(Unmet, match=words):
            self.plan(plan, [Planned(CourseFactory(), 1, cost) for cost in costs], total, by=personnel)
        self.plan(plan, [Planned(CourseFactory(), 1, cost) for cost in costs], 1300, by=personnel)

    def test_only_years_of_the_period_and_each_course_once(self, personnel: Any) -> None:
        plan, course = TrainingPlanFactory(status="draft"), CourseFactory()
        for year in (2021, 2026):
            with pytest.raises(Unmet, match="計画期間の外"):
                self.plan(plan, [Planned(course)], None, year=year, by=personnel)
        with pytest.raises(Unmet, match="2行"):
            self.plan(plan, [Planned(course), Planned(course, 3)], None, by=personnel)
        self.plan(plan, [Planned(course)], None, year=2025, by=personnel)

    def test_the_page_of_a_year(self, client_for: Any, personnel: Any) -> None:
        plan = TrainingPlanFactory(status="draft", name="𠮷計画")
        profile = TalentProfileFactory()
        PlanProfile.objects.create(plan=plan, profile=profile)
        own = CourseFactory(plan=plan, name="自前の研修")
        CourseFactory(plan=TrainingPlanFactory(), profile=profile, name="同じ人材像の研修")
        CourseFactory(name="計画外の研修", profile=profile)
        client, url = client_for(personnel), f"{plan.get_absolute_url()}years/2022/"
        page = text_of(client.get(url))
        assert [name in page for name in ("自前の研修", "同じ人材像の研修", "計画外の研修")] == [True, True, False]
        sent = form_of(client.get(url), "total_k")
        refused = client.post(
            url, sent | {"course_1": own.pk, "cost_1": "１，３０１", "total_k": "1300", "people_2": "3"}
        )
        assert refused.status_code == 422
        assert "研修を選択してください" in text_of(refused)
        refused = client.post(url, sent | {"course_1": own.pk, "cost_1": "１，３０１", "total_k": "1300"})
        assert "超えています" in text_of(refused)
        row = {"course_1": own.pk, "cost_1": "1,200", "people_1": "24", "total_k": "1300"}
        response = client.post(url, sent | row | {"next": "1"})
        assert (response.status_code, response["Location"]) == (302, f"{plan.get_absolute_url()}years/2023/")
        assert client.post(url, sent | row | {"total_k": "1400"}).status_code == 409
        page = text_of(client.get(plan.get_absolute_url()))
        assert [words in page for words in ("24人", ">1,200<", ">1,300<")] == [True] * 3
        for year in ("2021", "2026", "R4", "9999999999"):
            assert client.get(f"{plan.get_absolute_url()}years/{year}/").status_code == 404


class TestWriting:
    def values(self, **others: Any) -> dict[str, Any]:
        return {
            "name": "髙度人材の計画",
            "aim": "",
            "from_year": Y(2023),
            "to_year": Y(2025),
            "lead_unit": UnitFactory(),
            "supporting_units": [],
            "profiles": [],
            **others,
        }

    def test_a_draft_has_no_number_and_the_lead_unit_supports_nobody(self, personnel: Any) -> None:
        lead, other, profile = UnitFactory(), UnitFactory(), TalentProfileFactory()
        values = self.values(lead_unit=lead, supporting_units=[lead, other], profiles=[profile])
        plan = create_plan(uid=uuid4(), values=values, by=personnel)
        assert (plan.number, plan.status) == (None, "draft")
        assert list(plan.supporting_units.all()) == [other]
        assert list(plan.profiles.all()) == [profile]
        edit_plan(plan=plan, version=1, values={**values, "supporting_units": [], "name": "改題"}, by=personnel)
        plan.refresh_from_db()
        assert (plan.name, plan.supporting_units.count()) == ("改題", 0)

    def test_no_year_with_courses_or_a_cost_falls_out_of_the_period(self, personnel: Any) -> None:
        plan = TrainingPlanFactory(status="draft")
        PlanCost.objects.create(plan=plan, fiscal_year=Y(2025), cost_k=1)
        with pytest.raises(Unmet, match="令和7年度"):
            edit_plan(plan=plan, version=1, values=self.values(to_year=Y(2024)), by=personnel)
        with pytest.raises(Unmet, match="前"):
            edit_plan(plan=plan, version=1, values=self.values(to_year=Y(2022)), by=personnel)
        edit_plan(plan=plan, version=1, values=self.values(), by=personnel)

    def test_it_stays_while_courses_stand_in_it(self, personnel: Any) -> None:
        plan = draft()
        with pytest.raises(Unmet, match=str(plan.courses.get())):
            archive_plan(plan=plan, reason="重複", by=personnel, version=1)
        plan.courses.update(archived_at="2022-10-01T00:00+09:00")
        assert archive_plan(plan=plan, reason="重複", by=personnel, version=1).archived_at

    def test_the_form(self, client_for: Any, personnel: Any) -> None:
        profile, unit, initiative = TalentProfileFactory(), UnitFactory(), InitiativeFactory()
        client, url = client_for(personnel), "/training/plans/new/"
        sent = form_of(client.get(url), "name")
        sent |= {"name": "髙度人材の計画", "from_year": "R5", "to_year": "2025", "lead_unit": unit.pk}
        refused = client.post(url, sent | {"to_year": "R4"})
        assert refused.status_code == 422
        assert "人材像を選択してください" in text_of(refused)
        sent |= {"profiles": [profile.pk], "initiative": initiative.pk}
        for _click in range(2):
            assert client.post(url, sent).status_code == 302
        plan = TrainingPlan.objects.get()
        assert (int(plan.from_year), int(plan.to_year), plan.initiative) == (2023, 2025, initiative)
        edit = f"{plan.get_absolute_url()}edit/"
        changed = form_of(client.get(edit), "name") | {"name": "改めた計画"}
        assert client.post(edit, changed).status_code == 302
        conflict = client.post(edit, changed | {"name": "別の名前"})
        assert conflict.status_code == 409
        assert "改めた計画" in text_of(conflict)
        decided = draft()
        decided.status = "decided"
        decided.save()
        url = f"{decided.get_absolute_url()}edit/"
        refused = client.post(url, form_of(client.get(url), "name") | {"profiles": [profile.pk]})
        assert refused.status_code == 422
        assert "状態が「決定」" in text_of(refused)


def test_the_effect_of_a_plan_on_the_gap(client_for: Any, personnel: Any) -> None:
    profile = HeadcountFactory(needed=10, estimated=2).profile
    HeadcountFactory(profile=profile, fiscal_year=Y(2023), needed=12)
    plan, other = draft(), draft()
    for each, people in ((plan, 3), (other, 4)):
        course = CourseFactory(profile=profile, plan=each, recognises=True)
        PlannedCourse.objects.create(plan=each, course=course, fiscal_year=Y(2023), people=people)
    (line,) = effects_of(plan).lines
    assert [(each.gap.short, each.brings, each.gap.short_after) for each in line.effects] == [(8, None, 8), (10, 3, 3)]
    page = text_of(client_for(personnel).get(plan.get_absolute_url()))
    assert "不足への効果" in page


def test_two_who_plan_the_same_year_both_find_their_rows(client_for: Any, personnel: Any) -> None:
    """Each sees in the conflict what the other has put into rows that the own form did not have."""
    plan = TrainingPlanFactory(status="draft")
    courses = [CourseFactory(plan=plan, name=f"研修その{at}") for at in range(9)]
    client, url = client_for(personnel), f"{plan.get_absolute_url()}years/2022/"
    stale = form_of(client.get(url), "total_k")
    for count in (5, 9):
        sent = form_of(client.get(url), "total_k")
        sent |= {f"course_{row}": courses[row - 1].pk for row in range(1, count + 1)}
        assert client.post(url, sent).status_code == 302
    conflict = client.post(url, stale | {"course_1": courses[8].pk})
    assert conflict.status_code == 409
    page = text_of(conflict)
    assert all(course.name in page for course in courses)
