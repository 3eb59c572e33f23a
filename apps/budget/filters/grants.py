"""The filters of the list of grant programmes."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import GrantMoney, GrantStatus, WindowKind
from apps.budget.filters.years import year_choices
from apps.budget.models import GrantProgramme
from apps.budget.selectors.grants import grant_years
from apps.core.filters import KeywordFilter
from apps.core.fiscal import FiscalYear


class GrantFilter(django_filters.FilterSet):
    """Text, state as of today, how sure the days are, the fiscal year in which it closes, place in the budget."""

    q = KeywordFilter()
    status = django_filters.ChoiceFilter(label=_("State"), choices=GrantStatus.choices, field_name="shown_status")
    window = django_filters.ChoiceFilter(label=_("Dates are"), choices=WindowKind.choices)
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year in which it closes"), choices=lambda: year_choices(grant_years()), method="closing_in"
    )
    money = django_filters.ChoiceFilter(label=_("Place in the budget"), choices=GrantMoney.choices)

    class Meta:
        model = GrantProgramme
        fields: tuple[str, ...] = ()

    def closing_in(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        year = FiscalYear(int(value))
        return queryset.filter(closes_on__range=(year.start, year.end))
