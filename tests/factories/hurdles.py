"""Hurdles in any state, and their lists."""

from datetime import date

import factory

from apps.hurdles.choices import HurdleStatus, Route
from apps.hurdles.models import Category, Hurdle, LegalBasis, LegalLevel, Theme
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
