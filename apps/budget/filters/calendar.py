"""What the calendar of the year shows: which year, and whose proposals."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.models import Proposal
from apps.budget.selectors.calendar import calendar_years
from apps.organization.filters.sections import SectionFilter


class CalendarFilter(django_filters.FilterSet):
    """The fiscal year, and the section whose steps are shown."""

    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"),
        choices=lambda: [(str(int(year)), str(year)) for year in calendar_years()],
        empty_label=_("This fiscal year"),
        method="as_it_is",
    )
    unit = SectionFilter(label=_("Requesting unit"), method="as_it_is", empty_label=_("Own units"))

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def as_it_is(self, queryset: QuerySet[Proposal], _name: str, _value: str) -> QuerySet[Proposal]:
        return queryset
