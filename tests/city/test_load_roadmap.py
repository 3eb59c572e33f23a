"""comprehensive_plan.yaml, policies.yaml and roadmap.yaml in the demo city."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from apps.core.fiscal import FiscalYear
from apps.roadmap.choices import Horizon, InitiativeStatus, MilestoneState, PolicyKind, PolicyStatus
from apps.roadmap.models import Baseline, ComprehensivePlan, Indicator, Initiative, Milestone, Policy, Vision
from apps.roadmap.selectors import moves_of, slipped
from apps.roadmap.selectors.comparing import compare, plan_of, plan_of_today

pytestmark = pytest.mark.usefixtures("demo_city")


def test_the_comprehensive_plan_with_its_items():
    plan = ComprehensivePlan.objects.get()
    assert plan.name == "第6次汐見野市総合計画"
    assert (int(plan.from_year), int(plan.to_year)) == (2021, 2030)
    assert plan.items.count() == 13
    assert plan.items.get(code="2-1-1").name == "地域で見守る福祉の体制"
    assert not plan.items.get(code="2-1-1").initiatives.exists()
    assert [each.source_key for each in plan.items.get(code="6-2-1").initiatives.all()] == ["R-01"]


def test_six_policies_numbered_in_the_year_of_their_first_text():
    policies = {each.source_key: (each.number, each.kind, each.status) for each in Policy.objects.all()}
    assert policies == {
        "PL-01": ("P-2022-0001", PolicyKind.POLICY, PolicyStatus.DECIDED),
        "PL-02": ("P-2022-0002", PolicyKind.POLICY, PolicyStatus.DECIDED),
        "PL-03": ("P-2021-0001", PolicyKind.GUIDELINE, PolicyStatus.IN_FORCE),
        "PL-04": ("P-2022-0003", PolicyKind.POLICY, PolicyStatus.UNDER_REVIEW),
        "PL-05": ("P-2022-0004", PolicyKind.POLICY, PolicyStatus.DECIDED),
        "PL-06": ("P-2022-0005", PolicyKind.POLICY, PolicyStatus.DECIDED),
    }


def test_a_policy_in_full():
    policy = Policy.objects.get(source_key="PL-01")
    assert policy.title == "請求書の押印を原則廃止する"
    assert policy.goal == "令和5年4月1日から、市へ提出する請求書への押印を求めない。"
    assert policy.standard.startswith("発行責任者・担当者の氏名と連絡先の記載で真正性を確かめる。")
    assert policy.target_date == date(2023, 4, 1)
    assert [hurdle.source_key for hurdle in policy.hurdles.all()] == ["H-001"]
    assert [(each.version, each.date, each.text) for each in policy.versions.all()] == [
        (1, date(2022, 5, 27), "請求書と契約書の押印を、令和5年4月から廃止する。"),
        (
            2,
            date(2022, 6, 3),
            "請求書の押印は令和5年4月から原則廃止する。契約書は電子契約の開始に合わせて見直す。",
        ),
    ]


def test_a_guideline_knows_which_units_have_adopted_it():
    guideline = Policy.objects.get(source_key="PL-03")
    adopted = {link.unit.code: link.adopted for link in guideline.unit_links.all()}
    assert adopted == {
        "0401": True,
        "0402": False,
        "0405": False,
        "0406": False,
        "0501": False,
        "0601": False,
        "0602": True,
    }


def test_initiatives_stand_under_their_policies():
    policies = {each.source_key: each.policy and each.policy.source_key for each in Initiative.objects.all()}
    assert policies == {
        "R-01": "PL-01",
        "R-02": "PL-02",
        "R-03": "PL-03",
        "R-04": "PL-03",
        "R-05": None,
        "R-06": None,
        "R-07": "PL-06",
        "R-08": "PL-04",
        "R-09": None,
        "R-10": None,
        "R-11": None,
        "R-12": "PL-05",
    }


def test_a_near_vision_serves_a_far_one():
    near = Vision.objects.get(number="V-2022-0002")
    assert (near.source_key, near.horizon, near.target_year) == ("R-01 3y", Horizon.THREE_YEARS, FiscalYear(2025))
    assert (near.area, near.title) == ("行政内部", "請求・契約の電子化")
    assert near.statement == "請求の8割、契約の6割が電子で行われ、支払までの日数が半分になる。"
    assert [hurdle.source_key for hurdle in near.hurdles.order_by("number")] == ["H-001", "H-003", "H-004"]
    far = near.serves
    assert (far.number, far.horizon, far.target_year) == ("V-2022-0001", Horizon.TEN_YEARS, FiscalYear(2032))
    assert far.statement == "事業者とのやり取りは見積りから支払まで紙がなく、入力も一度で済む。"
    assert far.serves is None
    assert not far.hurdles.exists()
    assert Vision.objects.filter(horizon=Horizon.TEN_YEARS, served_by__isnull=False).count() == 12


def test_an_initiative_in_full():
    initiative = Initiative.objects.get(number="I-2022-0003")
    assert (initiative.title, initiative.area) == ("書かない・回らないスマート窓口", "市民サービス")
    assert initiative.current_state == "転入手続は平均72分、4.6か所を回る。"
    assert initiative.vision.source_key == "R-03 3y"
    assert (initiative.plan_item.code, initiative.lead_unit.code) == ("6-1-2", "0401")
    assert {unit.code for unit in initiative.supporting_units.all()} == {"0402", "0501", "0601", "0202"}
    assert initiative.status == InitiativeStatus.PLANNED
    assert (initiative.starts_on, initiative.ends_on) == (date(2022, 7, 1), date(2024, 12, 31))
    assert [hurdle.source_key for hurdle in initiative.hurdles.order_by("number")] == ["H-008", "H-009", "H-010"]
    assert [(int(m.fiscal_year), m.quarter, m.text, m.state) for m in initiative.milestones.all()] == [
        (2022, 2, "スマート窓口指針の策定", MilestoneState.ACHIEVED),
        (2023, 1, "窓口の業務見直し", MilestoneState.PLANNED),
        (2023, 4, "市民課で開始", MilestoneState.PLANNED),
        (2024, 3, "支所・福祉部門へ展開", MilestoneState.PLANNED),
    ]


def test_states_of_initiatives_and_milestones():
    assert Counter(Initiative.objects.values_list("status", flat=True)) == {
        InitiativeStatus.PLANNED: 5,
        InitiativeStatus.STARTED: 3,
        InitiativeStatus.CONCEPT: 1,
        InitiativeStatus.UNDERWAY: 3,
    }
    assert Counter(Milestone.objects.values_list("state", flat=True)) == {
        MilestoneState.PLANNED: 35,
        MilestoneState.ACHIEVED: 5,
    }


def test_what_an_initiative_needs_first_and_what_it_is_related_to():
    needs = {
        (each.source_key, other.source_key) for each in Initiative.objects.all() for other in each.depends_on.all()
    }
    assert needs == {("R-01", "R-09"), ("R-05", "R-09")}
    related = {(each.source_key, other.source_key) for each in Initiative.objects.all() for other in each.related.all()}
    assert related == {("R-03", "R-10"), ("R-11", "R-10")}


def test_indicators_with_baseline_and_targets():
    time, satisfaction = Initiative.objects.get(source_key="R-03").indicators.all()
    assert (time.name, time.unit, time.baseline, time.baseline_year) == (
        "転入手続の所要時間",
        "分",
        Decimal(72),
        FiscalYear(2022),
    )
    assert [(int(value.fiscal_year), value.target, value.actual) for value in time.values.all()] == [
        (2023, Decimal(55), None),
        (2024, Decimal(35), None),
        (2025, Decimal(25), None),
    ]
    assert satisfaction.name == "窓口の満足度"
    assert Indicator.objects.filter(vision__isnull=False).count() == 0
    migrated = Indicator.objects.get(name="移行を終えた業務")
    assert [value.target for value in migrated.values.all()] == [Decimal(0), Decimal(6), Decimal(20)]


def test_the_plan_of_june_with_what_has_slipped_since():
    baseline = Baseline.objects.get()
    assert (baseline.name, baseline.frozen_on, baseline.frozen_by.name) == (
        "令和4年6月策定", date(2022, 6, 10), "森脇 彩",
    )  # fmt: skip
    comparison = compare(plan_of(baseline), plan_of_today())
    assert (len(comparison.moved), comparison.added, comparison.removed, comparison.unchanged) == (3, [], [], 9)
    found = {
        each.new.initiative.source_key: (
            each.start_slip and each.start_slip.words,
            each.end_slip.words,
            len(each.milestones),
            [(move.moved_on, move.behind and move.behind.source_key) for move in each.reasons],
        )
        for each in comparison.moved
    }
    assert found == {
        "R-01": ("3か月遅れ", "3か月遅れ", 4, [(date(2022, 8, 26), "R-09")]),
        "R-07": (None, "3か月遅れ", 3, [(date(2022, 9, 16), None)]),
        "R-09": (None, "3か月遅れ", 3, [(date(2022, 8, 26), None)]),
    }
    assert {each.source_key for each in slipped(Initiative.objects.all())} == {"R-01", "R-07", "R-09"}
    assert moves_of(Initiative.objects.get(source_key="R-01")).first.starts_on == date(2022, 10, 1)
