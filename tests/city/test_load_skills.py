"""skills.yaml in the demo city: skills, who needs them, who raises them, and what the plan expects of its courses."""

import pytest

from apps.training.models import Course, PlannedCourse, Skill, SkillStandard, TalentProfile, TrainingPlan

pytestmark = pytest.mark.usefixtures("demo_city")


def test_the_version_of_the_standard_stays_open_where_nobody_compared_it():
    standard = SkillStandard.objects.get()
    assert (standard.name, standard.version, standard.published_on, standard.checked_on) == (
        "デジタルスキル標準", "", None, None,
    )  # fmt: skip
    assert standard.is_current
    assert "未照合" in standard.source


def test_skills_are_the_citys_own_by_category():
    first = Skill.objects.all()[0]
    assert (first.name, first.category, first.standard) == ("課題を見つけて定義する", "ビジネス変革", None)
    assert list(dict.fromkeys(Skill.objects.values_list("category", flat=True))) == [
        "ビジネス変革",
        "データ活用",
        "テクノロジー",
        "セキュリティ",
        "パーソナルスキル",
    ]


def test_a_profile_asks_for_skills_with_levels_and_is_mapped_to_roles():
    leader = TalentProfile.objects.get(code="LEADER")
    asked = {link.skill.name: link.level for link in leader.skill_links.select_related("skill")}
    assert (len(asked), asked["業務を見直す"], asked["施策の効果を測る"]) == (10, 3, 2)
    assert [role.name for role in leader.skill_roles.order_by("skill_type__order")] == [
        "社内業務の高度化・効率化",
        "サービスデザイナー",
    ]
    assert not TalentProfile.objects.get(code="GENERAL").skill_roles.exists()


def test_courses_lead_from_one_to_the_next():
    courses = {course.source_key: course for course in Course.objects.select_related("next_course")}
    following = {key: course.next_course.source_key for key, course in courses.items() if course.next_course}
    assert following == {"T-01": "T-03", "T-02": "T-05", "T-03": "T-02", "T-04": "T-08", "T-06": "T-03"}
    assert [course.source_key for course in courses["T-02"].prerequisites.all()] == ["T-03"]
    assert {key for key, course in courses.items() if course.recognises} == {"T-01", "T-02", "T-04"}
    raised = {link.skill.name: link.level for link in courses["T-03"].raised_skills.select_related("skill")}
    assert raised == {"業務の流れを図にする": 3, "業務を見直す": 2}
    assert {course.version for course in courses.values()} == {1}


def test_what_the_plan_expects_of_its_courses_stays_within_its_years():
    plan = TrainingPlan.objects.get()
    planned = PlannedCourse.objects.filter(course__source_key="T-02").order_by("fiscal_year")
    assert [(int(each.fiscal_year), each.people, each.cost_k) for each in planned] == [
        (2022, 24, None),
        (2023, 45, 6930),
        (2024, 45, 7260),
        (2025, 45, 7260),
    ]
    parts: dict[int, int] = {}
    for each in plan.planned_courses.all():
        parts[int(each.fiscal_year)] = parts.get(int(each.fiscal_year), 0) + (each.cost_k or 0)
    assert parts == {2022: 0, 2023: 10_285, 2024: 9_980, 2025: 9_330}
    totals = {int(cost.fiscal_year): cost.cost_k for cost in plan.costs.all()}
    assert all(parts[year] <= total for year, total in totals.items())
