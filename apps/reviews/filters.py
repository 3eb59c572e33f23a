"""The filters of the list of reflections."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.core.fiscal import FiscalYear
from apps.hurdles.models import Theme
from apps.reviews.choices import ReflectionLevel
from apps.reviews.models import Reflection
from apps.reviews.selectors import fiscal_years, of_year


def _year_choices() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in fiscal_years()]


class ReflectionFilter(django_filters.FilterSet):
    """Text, year, level, theme, answered or not."""

    q = KeywordFilter()
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=_year_choices, method="by_year")
    level = django_filters.ChoiceFilter(label=_("Level of the reflection"), choices=ReflectionLevel.choices)
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"),
        queryset=lambda _request: Theme.objects.filter(reflections__isnull=False).distinct(),
        to_field_name="name",
    )
    answered = django_filters.ChoiceFilter(
        label=_("What answers it"),
        choices=[("no", _("Nothing answers it yet")), ("yes", _("Answered"))],
        method="by_answer",
    )

    class Meta:
        model = Reflection
        fields: tuple[str, ...] = ()

    def by_year(self, queryset: QuerySet[Reflection], _name: str, value: str) -> QuerySet[Reflection]:
        return of_year(queryset, FiscalYear(int(value)))

    def by_answer(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(is_answered=value == "yes")
