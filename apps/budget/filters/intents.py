"""The filters of the list of intents."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Readiness
from apps.budget.filters.years import of_year, year_choices
from apps.budget.models import Intent
from apps.budget.selectors import intent_years
from apps.core.models import found
from apps.organization.selectors import sections_today


class IntentFilter(django_filters.FilterSet):
    """Text, year of the start, section, readiness at least."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=lambda: year_choices(intent_years()), method=of_year
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=lambda _request: sections_today(), to_field_name="code"
    )
    readiness_min = django_filters.ChoiceFilter(
        label=_("Readiness at least"), field_name="readiness", lookup_expr="gte", choices=Readiness.choices
    )

    class Meta:
        model = Intent
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Intent], _name: str, value: str) -> QuerySet[Intent]:
        return found(queryset, value)
