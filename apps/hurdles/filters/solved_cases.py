"""The filters of the list of solved cases."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.models import found
from apps.hurdles.models import SolvedCase
from apps.organization.selectors import sections_today


class SolvedCaseFilter(django_filters.FilterSet):
    """Text and the section that solved it."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    unit = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=lambda _request: sections_today(), to_field_name="code"
    )

    class Meta:
        model = SolvedCase
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[SolvedCase], _name: str, value: str) -> QuerySet[SolvedCase]:
        return found(queryset, value)
