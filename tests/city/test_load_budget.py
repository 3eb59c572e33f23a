"""What proposals serve, what was appraised of them, introduction plans, intents, and the generations of grants."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.budget.choices import PlanKind, PreReviewResult
from apps.budget.models import (
    GrantGeneration,
    Intent,
    IntroductionPlan,
    ProposalCourse,
    ProposalInitiative,
    ProposalTrainingPlan,
    ReviewCriterion,
)
from apps.core.fiscal import FiscalYear

pytestmark = pytest.mark.usefixtures("demo_city")


def pairs(model: Any, end: str) -> set[tuple[str, str]]:
    return set(model.objects.values_list("proposal__source_key", f"{end}__source_key"))


def test_proposals_pay_for_initiatives_courses_and_the_plan():
    assert pairs(ProposalInitiative, "initiative") == {
        ("B-01", "R-01"),
        ("B-02", "R-02"),
        ("B-03", "R-03"),
        ("B-03", "R-04"),
        ("B-03", "R-12"),
        ("B-04", "R-07"),
        ("B-05", "R-08"),
        ("B-06", "R-06"),
        ("B-07", "R-11"),
        ("B-07", "R-12"),
        ("B-08", "R-04"),
    }
    assert pairs(ProposalCourse, "course") == {
        ("B-04", "T-01"),
        ("B-04", "T-02"),
        ("B-06", "T-03"),
        ("B-04", "T-04"),
        ("B-04", "T-05"),
        ("B-05", "T-06"),
    }
    assert pairs(ProposalTrainingPlan, "plan") == {("B-04", "TP-2022")}


def test_six_criteria_in_the_order_of_the_file():
    criteria = [(each.code, each.name, each.max_points) for each in ReviewCriterion.objects.all()]
    assert criteria == [
        ("need", "必要性", 5),
        ("urgency", "緊急性", 5),
        ("effect", "効果（時間・市民）", 5),
        ("feasible", "実現性（体制・見直し済み）", 5),
        ("money", "財源（国費・県費）", 5),
        ("burden", "後年度負担", 5),
    ]


def test_five_intents_with_year_and_quarter():
    intents = {
        each.source_key: (each.unit.code, int(each.fiscal_year), each.quarter, each.amount_k, each.readiness)
        for each in Intent.objects.all()
    }
    assert intents == {
        "IN-01": ("9001", 2023, 2, 12000, 3),
        "IN-02": ("0401", 2023, 4, 70000, 3),
        "IN-03": ("0103", 2023, 2, 130000, 2),
        "IN-04": ("1306", 2023, 3, 25000, 2),
        "IN-05": ("0304", 2023, 3, 18500, 4),
    }
    intent = Intent.objects.get(source_key="IN-02")
    assert (intent.title, intent.source) == ("書かない窓口", "国の交付金（想定）")
    assert intent.answered_on == date(2022, 7, 14)


def test_five_introduction_plans():
    plans = {
        each.source_key: (each.kind, each.proposal and each.proposal.source_key, each.result, each.priority_case)
        for each in IntroductionPlan.objects.all()
    }
    assert plans == {
        "IP-01": (PlanKind.NEW, "B-01", PreReviewResult.FIT, True),
        "IP-02": (PlanKind.NEW, "B-03", PreReviewResult.FIT, True),
        "IP-03": (PlanKind.NEW, "B-07", PreReviewResult.CONDITIONAL, True),
        "IP-04": (PlanKind.RENEWAL, None, PreReviewResult.FIT, False),
        "IP-05": (PlanKind.NEW, None, PreReviewResult.RETURNED, False),
    }
    assert {plan.fiscal_year for plan in IntroductionPlan.objects.all()} == {FiscalYear(2023)}
    plan = IntroductionPlan.objects.get(source_key="IP-03")
    assert (plan.title, plan.unit.code) == ("データ連携基盤の導入計画書", "0103")
    assert plan.simplified_first == "既存の台帳3つを一本化してから連携する。"
    assert plan.reviewed_on == date(2022, 9, 20)
    assert [each.points for each in plan.points.all()] == [4, 3, 4, 3, 5, 2]


def test_the_generations_of_grants():
    names = [(each.generation, each.types.count()) for each in GrantGeneration.objects.all()]
    assert names == [(1, 4), (2, 4), (3, 5), (4, 1), (5, 3), (None, 1)]
    first = GrantGeneration.objects.get(generation=1)
    assert (first.name, first.amount_oku) == ("デジタル田園都市国家構想推進交付金", 200)
    assert first.national_budget == "令和3年度補正"
    assert first.calls.startswith("TYPE1 事前相談 2022-02-17まで")
    kinds = [(each.name, each.rate_text, each.cap_oku, each.verification) for each in first.types.all()]
    assert kinds == [
        ("デジタル実装タイプTYPE1", "1/2", Decimal(1), "二次資料"),
        ("TYPE2", "", Decimal(2), "上限のみ二次資料"),
        ("TYPE3", "", Decimal(6), "上限のみ二次資料"),
        ("地方創生テレワークタイプ", "", None, "名称のみ"),
    ]
    assert GrantGeneration.objects.get(generation=2).types.last().rate_text == "10/10"
    assert GrantGeneration.objects.get(generation=5).types.last().cap_oku == Decimal("2.25")
