"""training.yaml in the demo city."""

from collections import Counter
from datetime import date, time
from decimal import Decimal

import pytest

from apps.core.fiscal import FiscalYear
from apps.training.choices import CourseFormat, PlanStatus, SessionState
from apps.training.models import Course, Headcount, Session, SkillRole, TalentProfile, TrainingPlan

pytestmark = pytest.mark.usefixtures("demo_city")


def test_four_profiles_with_the_headcounts_of_four_years():
    counted = {
        profile.code: [(each.needed, each.estimated) for each in profile.headcounts.all()]
        for profile in TalentProfile.objects.all()
    }
    assert counted == {
        "EXPERT": [(1, 1), (2, None), (3, None), (4, None)],
        "LEADER": [(24, 0), (69, None), (99, None), (130, None)],
        "MANAGER": [(90, 16), (90, None), (92, None), (92, None)],
        "GENERAL": [(1000, 941), (1060, None), (1060, None), (1060, None)],
    }
    years = sorted({int(year) for year in Headcount.objects.values_list("fiscal_year", flat=True)})
    assert years == [2022, 2023, 2024, 2025]


def test_a_profile_says_who_is_counted_where_that_is_not_its_name():
    words = {profile.name: profile.description for profile in TalentProfile.objects.all()}
    assert words == {
        "高度専門人材": "",
        "DX推進リーダー": "",
        "一般行政職員": "一般行政職員（基礎研修の修了者）",
        "管理職": "",
    }


def test_the_plan_in_full():
    plan = TrainingPlan.objects.get()
    assert (plan.number, plan.source_key, plan.name) == ("T-2022-0001", "TP-2022", "DX人材育成計画（令和4～7年度）")
    assert (int(plan.from_year), int(plan.to_year), plan.status) == (2022, 2025, PlanStatus.DRAFT)
    assert (plan.lead_unit.code, plan.initiative.source_key) == ("0203", "R-07")
    assert [unit.code for unit in plan.supporting_units.all()] == ["0202"]
    assert {profile.code for profile in plan.profiles.all()} == {"EXPERT", "LEADER", "MANAGER", "GENERAL"}
    costs = {int(cost.fiscal_year): cost.cost_k for cost in plan.costs.all()}
    assert costs == {2023: 13946, 2024: 14200, 2025: 13500}
    planned: dict[int, set[str]] = {}
    for each in plan.planned_courses.all():
        planned.setdefault(int(each.fiscal_year), set()).add(each.course.source_key)
    first = {"T-01", "T-02", "T-03", "T-04", "T-05", "T-06", "T-08"}
    assert planned == {
        2022: first,
        2023: first,
        2024: {"T-01", "T-02", "T-03", "T-05"},
        2025: {"T-01", "T-02", "T-05"},
    }


def test_courses_by_format_within_and_outside_of_the_plan():
    assert Counter(Course.objects.values_list("format", flat=True)) == {
        CourseFormat.TRAINING: 6,
        CourseFormat.STUDY_GROUP: 1,
        CourseFormat.EXCHANGE: 1,
        CourseFormat.NEWS: 1,
    }
    ad_hoc = {course.source_key: course.adhoc_reason for course in Course.objects.filter(plan=None)}
    assert ad_hoc == {
        "T-07": "推進チームの関心に応じて開いたもの。次の回は決まっていない。",
        "T-09": "発信は計画に位置付けていない。",
    }


def test_a_course_in_full():
    course = Course.objects.get(source_key="T-02")
    assert (course.name, course.fiscal_year) == ("DX推進リーダー育成プログラム", FiscalYear(2022))
    assert (course.profile.code, course.lead_unit.code) == ("LEADER", "0203")
    assert course.participants == ["各課のリーダー候補（係長・主任級）"]
    assert course.objective == "担当業務の課題を定義し、見直しの計画を作って課内を動かせる。"
    assert course.continuity.startswith("令和5年度から年45人の本格実施。")
    areas = [area.name for area in course.literacy_areas.order_by("order")]
    assert areas == ["マインド・スタンス", "How（データ・技術の利活用）"]
    assert {(role.skill_type.name, role.name) for role in course.skill_roles.all()} == {
        ("ビジネスアーキテクト", "社内業務の高度化・効率化"),
        ("デザイナー", "サービスデザイナー"),
    }
    assert [hurdle.source_key for hurdle in course.hurdles.order_by("number")] == ["H-015", "H-017"]
    lessons = [(each.order, each.hours, each.method) for each in course.curriculum.all()]
    assert lessons == [
        (1, Decimal(6), "集合"),
        (2, Decimal(6), "集合"),
        (3, Decimal(3), "集合"),
        (4, Decimal(20), "職場実践"),
        (5, Decimal(3), "集合"),
    ]
    measured = [(each.level.name, each.target, each.actual) for each in course.evaluations.all()]
    assert measured == [
        ("反応", Decimal("4.2"), Decimal("4.4")),
        ("学習", Decimal("7.0"), Decimal("6.8")),
        ("行動", Decimal(20), None),
        ("成果", Decimal(3000), None),
    ]


def test_a_target_may_be_below_zero():
    fewer = Course.objects.get(source_key="T-01").evaluations.get(level__level=4)
    assert (fewer.measure, fewer.target) == ("情報事故の件数（前年比、件）", Decimal(-3))


def test_sessions_with_their_numbers():
    held = Session.objects.get(source_key="T-05-1")
    assert (held.course.source_key, held.title, held.date) == ("T-05", "第1回", date(2022, 9, 8))
    assert (held.starts_at, held.ends_at) == (time(13), time(17))
    assert (held.place, held.format, held.instructor) == ("中央図書館 研修室", "集合", "情報戦略課・県（架空）")
    assert (held.capacity, held.applied, held.attended, held.completed) == (20, 22, 19, 17)
    assert Counter(Session.objects.values_list("state", flat=True)) == {
        SessionState.HELD: 10,
        SessionState.OPEN: 1,
        SessionState.PLANNED: 8,
    }


def test_the_lists_of_the_skill_standards():
    roles = [role.name for role in SkillRole.objects.filter(skill_type__name="デザイナー")]
    assert roles == ["サービスデザイナー", "UX/UIデザイナー", "グラフィックデザイナー"]
