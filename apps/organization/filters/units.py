"""The filters of the list of units."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.organization.models import Unit
from apps.organization.selectors import departments_today
from apps.organization.selectors.units import COMING, PAST, TODAY, units_found, units_of_time


class UnitFilter(django_filters.FilterSet):
    """Name or code, now or before; department; of today, past or to come."""

    q = django_filters.CharFilter(label=_("Name or code"), method="search")
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=lambda _request: departments_today(),
        field_name="parent",
        to_field_name="code",
    )
    when = django_filters.ChoiceFilter(
        label=_("Time"),
        choices=[(TODAY, _("Today")), (PAST, _("Past")), (COMING, _("To come"))],
        method="by_time",
    )

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return units_found(queryset, value)

    def by_time(self, queryset: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return units_of_time(queryset, value)
