"""The filters of the list of sections that have not answered the intent survey."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.filters.years import year_choices
from apps.budget.selectors import intent_years
from apps.budget.selectors.survey import sections_without_answer
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit
from apps.organization.selectors import departments_today


class SilentFilter(django_filters.FilterSet):
    """Year and department."""

    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=lambda: year_choices(intent_years()), method="of_year"
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=lambda _request: departments_today(),
        to_field_name="code",
        field_name="parent",
    )

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def of_year(self, queryset: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return queryset.filter(pk__in=sections_without_answer(FiscalYear(int(value))).order_by().values("pk"))
