"""The filters of the list of common hurdles."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.models import found
from apps.hurdles.models import CommonHurdle
from apps.organization.selectors import sections_today


class CommonHurdleFilter(django_filters.FilterSet):
    """Text and lead unit."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    lead_unit = django_filters.ModelChoiceFilter(
        label=_("Lead unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )

    class Meta:
        model = CommonHurdle
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[CommonHurdle], _name: str, value: str) -> QuerySet[CommonHurdle]:
        return found(queryset, value)
