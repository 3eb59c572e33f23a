"""Visions, policies and initiatives, with what stands around them."""

from datetime import date

import factory

from apps.core.fiscal import FiscalYear
from apps.roadmap.choices import Horizon, InitiativeStatus, PolicyKind, PolicyStatus
from apps.roadmap.models import (
    ComprehensivePlan,
    ComprehensivePlanItem,
    Indicator,
    IndicatorValue,
    Initiative,
    Milestone,
    Policy,
    PolicyVersion,
    Vision,
)
from tests.factories.organization import UnitFactory


class ComprehensivePlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ComprehensivePlan
        django_get_or_create = ("name",)

    name = "第6次総合計画"
    from_year = FiscalYear(2021)
    to_year = FiscalYear(2030)


class PlanItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ComprehensivePlanItem

    plan = factory.SubFactory(ComprehensivePlanFactory)
    code = factory.Sequence(lambda n: f"9-{n}-1")
    name = factory.Sequence(lambda n: f"施策{n}")


class VisionFactory(factory.django.DjangoModelFactory):
    """A ten-year vision; give `horizon` and `serves` for a three-year one."""

    class Meta:
        model = Vision

    number = factory.Sequence(lambda n: f"V-2021-{n:04d}")
    horizon = Horizon.TEN_YEARS
    area = "窓口"
    title = factory.Sequence(lambda n: f"将来像{n}")
    statement = factory.Sequence(lambda n: f"市役所に来なくても手続が終わる その{n}。")
    target_year = factory.LazyAttribute(lambda own: FiscalYear(2032 if own.horizon == Horizon.TEN_YEARS else 2025))


class PolicyFactory(factory.django.DjangoModelFactory):
    """A decided policy."""

    class Meta:
        model = Policy

    number = factory.Sequence(lambda n: f"P-2021-{n:04d}")
    kind = PolicyKind.POLICY
    title = factory.Sequence(lambda n: f"押印を求めない方針 その{n}")
    goal = "令和5年4月から押印を求めない。"
    status = PolicyStatus.DECIDED


class PolicyVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PolicyVersion

    policy = factory.SubFactory(PolicyFactory)
    version = factory.Sequence(lambda n: n + 1)
    date = date(2022, 6, 3)
    text = "押印を廃止する。"


class InitiativeFactory(factory.django.DjangoModelFactory):
    """A planned initiative of the fiscal year 2023, without vision and policy."""

    class Meta:
        model = Initiative

    number = factory.Sequence(lambda n: f"R-2021-{n:04d}")
    title = factory.Sequence(lambda n: f"窓口の見直し その{n}")
    area = "窓口"
    lead_unit = factory.SubFactory(UnitFactory)
    status = InitiativeStatus.PLANNED
    starts_on = date(2023, 4, 1)
    ends_on = date(2024, 3, 31)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    initiative = factory.SubFactory(InitiativeFactory)
    fiscal_year = FiscalYear(2023)
    quarter = 1
    text = factory.Sequence(lambda n: f"節目{n}")


class IndicatorFactory(factory.django.DjangoModelFactory):
    """Give `initiative` or `vision`."""

    class Meta:
        model = Indicator

    name = factory.Sequence(lambda n: f"電子申請の割合{n}")
    unit = "%"
    baseline = 0


class IndicatorValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    fiscal_year = FiscalYear(2023)
    target = 20
