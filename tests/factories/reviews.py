"""Activities of a year and the reflections on it."""

import factory

from apps.core.fiscal import FiscalYear
from apps.reviews.choices import ReflectionLevel
from apps.reviews.models import Activity, Reflection
from tests.factories.hurdles import ThemeFactory


class ActivityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Activity

    fiscal_year = FiscalYear(2021)
    title = factory.Sequence(lambda n: f"業務量調査{n}")
    result = "回答を得た。"


class ReflectionFactory(factory.django.DjangoModelFactory):
    """A reflection on the year 2021 that nothing answers yet."""

    class Meta:
        model = Reflection

    fiscal_year = FiscalYear(2021)
    level = ReflectionLevel.PARTICULAR
    theme = factory.SubFactory(ThemeFactory)
    text = factory.Sequence(lambda n: f"研修が単発で続いていない（その{n}）。")
