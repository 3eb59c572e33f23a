"""The filters of the list of what the team implemented itself."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYear
from apps.roadmap import selectors
from apps.roadmap.models import Implementation, Initiative


def _initiatives_of_the_team(request: Any) -> QuerySet[Initiative]:
    return selectors.initiatives_visible_to(request.user).filter(implementations__isnull=False).distinct()


class ImplementationFilter(django_filters.FilterSet):
    """Text, the fiscal year in which it was implemented, and the initiative to which it belongs."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=selectors.years_of_implementations, method="in_year"
    )
    initiative = django_filters.ModelChoiceFilter(
        label=_("Initiative"), queryset=_initiatives_of_the_team, to_field_name="number"
    )

    class Meta:
        model = Implementation
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Implementation], _name: str, value: str) -> QuerySet[Implementation]:
        return selectors.implementations_with(queryset, value)

    def in_year(self, queryset: QuerySet[Implementation], _name: str, value: str) -> QuerySet[Implementation]:
        year = FiscalYear(int(value))
        return queryset.filter(implemented_on__range=(year.start, year.end))
