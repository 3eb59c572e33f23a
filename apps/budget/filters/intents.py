"""The filters of the list of intents."""

import django_filters
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Readiness
from apps.budget.filters.years import YearFilter
from apps.budget.models import Intent
from apps.budget.selectors import intent_years
from apps.core.filters import KeywordFilter
from apps.organization.filters.sections import SectionFilter


class IntentFilter(django_filters.FilterSet):
    """Text, year of the start, section, readiness at least."""

    q = KeywordFilter()
    year = YearFilter(intent_years)
    unit = SectionFilter(label=_("Section"))
    readiness_min = django_filters.ChoiceFilter(
        label=_("Readiness at least"), field_name="readiness", lookup_expr="gte", choices=Readiness.choices
    )

    class Meta:
        model = Intent
        fields: tuple[str, ...] = ()
