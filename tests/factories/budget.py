"""Proposals whose sources equal their request, what comes before them, and the lists they rest on."""

from datetime import date
from typing import Any

import factory
from django.db import transaction

from apps.budget.choices import CostKind, GrantMoney, GrantStatus, IfNotAdopted, PlanKind, ProposalKind, WindowKind
from apps.budget.models import (
    Account,
    BudgetItem,
    BudgetStage,
    CostLine,
    ExpenseItem,
    Funding,
    GrantGeneration,
    GrantProgramme,
    Intent,
    IntroductionPlan,
    Proposal,
    RequestLine,
    ReviewCriterion,
)
from apps.city.services.lists import STAGES
from apps.core.fiscal import FiscalYear
from tests.factories.organization import UnitFactory

PROPOSED = FiscalYear(2023)


class AccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Account
        django_get_or_create = ("code",)

    code = "01"
    name = "一般会計"


class BudgetItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BudgetItem
        django_get_or_create = ("account", "kan", "kou", "moku")

    account = factory.SubFactory(AccountFactory)
    kan, kan_name = "02", "総務費"
    kou, kou_name = "01", "総務管理費"
    moku, moku_name = "08", "情報推進費"


class BudgetStageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BudgetStage
        django_get_or_create = ("name",)

    name = "起案"
    order = factory.Sequence(lambda n: n + 1)
    kind = factory.LazyAttribute(lambda own: STAGES.get(own.name, ""))


class ExpenseItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExpenseItem
        django_get_or_create = ("item_number",)

    item_number = 12
    name = "委託料"

    @classmethod
    def _get_or_create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        """A number that a city has used for two items in turn is that of the year for which proposals are made."""
        try:
            return super()._get_or_create(model_class, *args, **fields)
        except model_class.MultipleObjectsReturned:
            return model_class.objects.of(PROPOSED).get(item_number=fields["item_number"])


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GrantProgramme

    name = factory.Sequence(lambda n: f"試験交付金{n}")
    number = factory.Sequence(lambda n: f"G-2021-{n:04d}")
    kind = "交付金"
    money = GrantMoney.NATIONAL
    ministry = "内閣府"
    rate_numerator = 1
    rate_denominator = 2
    status = GrantStatus.BEFORE_CALL
    window = WindowKind.ASSUMED


class ProposalFactory(factory.django.DjangoModelFactory):
    """A balanced proposal: one expense item of `request_k` with one cost line, `sources` such as {"national": 5000}.

    General revenue is what remains.
    """

    class Meta:
        model = Proposal

    request_k = 10_000
    sources: dict[str, int] = {}
    fiscal_year = PROPOSED
    budget_item = factory.SubFactory(BudgetItemFactory)
    project_code = factory.Sequence(lambda n: f"0201-{n:04d}")
    name = factory.Sequence(lambda n: f"窓口改善事業{n}")
    number = factory.Sequence(lambda n: f"B-2021-{n:04d}")
    kind = ProposalKind.NEW
    requesting_unit = factory.SubFactory(UnitFactory)
    purpose = "市民が窓口で待つ時間を減らす。"
    stage = factory.SubFactory(BudgetStageFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, request_k: int, sources: dict[str, int], **fields: Any) -> Any:
        with transaction.atomic():
            proposal = model_class.objects.create(**fields, general_k=request_k - sum(sources.values()))
            _write_line(proposal, request_k)
            for order, (source, amount_k) in enumerate(sources.items()):
                Funding.objects.create(
                    proposal=proposal,
                    source=source,
                    name=f"財源{order}",
                    amount_k=amount_k,
                    order=order,
                    if_not_adopted=IfNotAdopted.REDUCE if source in ("national", "prefecture") else "",
                )
        return proposal


def _write_line(proposal: Proposal, request_k: int) -> None:
    line = RequestLine.objects.create(
        proposal=proposal, expense_item=ExpenseItemFactory(), subitem="システム構築", request_k=request_k
    )
    CostLine.objects.create(
        request_line=line,
        description="構築費",
        unit_price_yen=request_k * 1000,
        quantity=1,
        unit="式",
        amount_yen=request_k * 1000,
        kind=CostKind.INITIAL,
    )


class ReviewCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewCriterion

    code = factory.Sequence(lambda n: f"criterion{n}")
    name = factory.Sequence(lambda n: f"観点{n}")
    order = factory.Sequence(lambda n: n)


class IntroductionPlanFactory(factory.django.DjangoModelFactory):
    """A plan for next year's request, without a proposal; `result=` reviews it, `points=[4, 3]` judges it."""

    class Meta:
        model = IntroductionPlan
        skip_postgeneration_save = True

    fiscal_year = FiscalYear(2023)
    unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence(lambda n: f"受付システムの導入計画書{n}")
    kind = PlanKind.NEW
    simplified_first = "届出書を5種類やめる。"
    result = ""
    reviewed_on = factory.LazyAttribute(lambda own: date(2022, 9, 12) if own.result else None)

    @factory.post_generation
    def points(plan: Any, create: bool, extracted: Any, **_more: Any) -> None:  # noqa: N805
        for points in extracted or ():
            plan.points.create(criterion=ReviewCriterionFactory(), points=points)


class IntentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Intent

    fiscal_year = FiscalYear(2023)
    unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence(lambda n: f"書かない窓口{n}")
    amount_k = 12_000
    quarter = 2
    source = "一般財源"
    readiness = 3
    answered_on = date(2022, 7, 15)


class GrantGenerationFactory(factory.django.DjangoModelFactory):
    """One generation; `types=[{…}]` are its types."""

    class Meta:
        model = GrantGeneration
        skip_postgeneration_save = True

    generation = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"試験交付金 第{n}世代")
    order = factory.Sequence(lambda n: n)

    @factory.post_generation
    def types(generation: Any, create: bool, extracted: Any, **_more: Any) -> None:  # noqa: N805
        for order, values in enumerate(extracted or ()):
            generation.types.create(order=order, **values)
