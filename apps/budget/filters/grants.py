"""The filters of the list of grant programmes."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import GrantStatus
from apps.budget.models import GrantProgramme
from apps.core.models import found


class GrantFilter(django_filters.FilterSet):
    """Text and state of the call."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    status = django_filters.ChoiceFilter(label=_("State"), choices=GrantStatus.choices)

    class Meta:
        model = GrantProgramme
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[GrantProgramme], _name: str, value: str) -> QuerySet[GrantProgramme]:
        return found(queryset, value)
