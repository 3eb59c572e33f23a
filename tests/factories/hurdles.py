"""Hurdles in any state, what they share, what sections say to them, and their lists."""

from datetime import date
from typing import Any

import factory

from apps.hurdles.choices import HurdleStatus, Route
from apps.hurdles.models import (
    Category,
    CommonHurdle,
    Endorsement,
    Hurdle,
    LegalBasis,
    LegalLevel,
    OwnerView,
    SolvedCase,
    Theme,
)
from tests.factories.organization import UnitFactory


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category

    code = factory.Sequence(lambda n: f"C{n:03d}")
    name = factory.Sequence(lambda n: f"分類{n}")
    order = factory.Sequence(lambda n: n)


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"テーマ{n}")
    order = factory.Sequence(lambda n: n)


class LegalLevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalLevel

    code = factory.Sequence(lambda n: f"level{n}")
    name = factory.Sequence(lambda n: f"要綱{n}")
    changed_by = "市長"
    route = Route.INTERNAL_RULE
    order = factory.Sequence(lambda n: n)


class HurdleFactory(factory.django.DjangoModelFactory):
    """A submitted hurdle of the year before, so that its number never meets those that tests are given."""

    class Meta:
        model = Hurdle

    title = factory.Sequence(lambda n: f"申請書の押印 その{n}")
    obstacle = "窓口でしか受け付けられない。"
    status = HurdleStatus.SUBMITTED
    number = factory.LazyAttributeSequence(
        lambda own, n: None if own.status == HurdleStatus.DRAFT else f"H-2021-{n:04d}"
    )
    reported_on = factory.LazyAttribute(lambda own: None if own.status == HurdleStatus.DRAFT else date(2021, 6, 1))
    question = factory.LazyAttribute(lambda own: "根拠は何ですか。" if own.status == HurdleStatus.RETURNED else "")
    reporting_unit = factory.SubFactory(UnitFactory)


class LegalBasisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalBasis

    hurdle = factory.SubFactory(HurdleFactory)
    level = factory.SubFactory(LegalLevelFactory)
    name = "試験市文書取扱規程"
    article = "第3条"


class CommonHurdleFactory(factory.django.DjangoModelFactory):
    """A common hurdle; `hurdles=[…]` are its members."""

    class Meta:
        model = CommonHurdle
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"押印を前提にした手続{n}")
    number = factory.Sequence(lambda n: f"C-2021-{n:04d}")
    direction = "市の規則にあるものは、年度内に見直す。"
    lead_unit = factory.SubFactory(UnitFactory)

    @factory.post_generation
    def hurdles(common_hurdle: Any, create: bool, extracted: Any, **_more: Any) -> None:  # noqa: N805
        for hurdle in extracted or ():
            common_hurdle.member_links.create(hurdle=hurdle)


class OwnerViewFactory(factory.django.DjangoModelFactory):
    """A question to the owning unit, asked in June and due two weeks later; `answer=` answers it in time."""

    class Meta:
        model = OwnerView

    hurdle = factory.SubFactory(HurdleFactory, owning_unit=factory.SubFactory(UnitFactory))
    unit = factory.SelfAttribute("hurdle.owning_unit")
    asked_on = date(2022, 6, 1)
    due_on = date(2022, 6, 15)
    answered_on = factory.LazyAttribute(lambda own: date(2022, 6, 10) if own.answer else None)
    answer = ""


class EndorsementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Endorsement

    hurdle = factory.SubFactory(HurdleFactory)
    unit = factory.SubFactory(UnitFactory)
    example = "毎月、印影を確かめている。"
    hours_lost = 60
    endorsed_on = date(2022, 6, 1)


class SolvedCaseFactory(factory.django.DjangoModelFactory):
    """A solved case; `adopted_by=[…]` are the sections that do it too."""

    class Meta:
        model = SolvedCase
        skip_postgeneration_save = True

    hurdle = factory.SubFactory(HurdleFactory, status=HurdleStatus.RESOLVED)
    unit = factory.SelfAttribute("hurdle.reporting_unit")
    what = "様式をなくした。"
    effect = "審査が半日で終わる。"
    solved_on = date(2022, 9, 30)

    @factory.post_generation
    def adopted_by(case: Any, create: bool, extracted: Any, **_more: Any) -> None:  # noqa: N805
        for unit in extracted or ():
            case.adoption_links.create(unit=unit)
