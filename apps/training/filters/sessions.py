"""Filters of the list of sessions."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYear
from apps.core.models import found
from apps.training import selectors
from apps.training.choices import SessionState
from apps.training.filters.choosing import NO, YES
from apps.training.models import Course, Session


def _session_years() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in selectors.session_years()]


class SessionFilter(django_filters.FilterSet):
    """Text of the course, course, state, year, inside or outside of a plan, and those still to come."""

    q = django_filters.CharFilter(label=_("Keyword of the course"), method="search")
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=_session_years, method="by_year")
    course = django_filters.ModelChoiceFilter(
        label=_("Course"), queryset=Course.objects.filter(archived_at__isnull=True), to_field_name="uid"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=SessionState.choices)
    adhoc = django_filters.ChoiceFilter(label=_("Outside of a plan"), choices=[YES, NO], method="by_plan")
    coming = django_filters.ChoiceFilter(label=_("Still to come"), choices=[YES], method="by_day")

    class Meta:
        model = Session
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        return queryset.filter(course__in=found(Course.objects.all(), value))

    def by_year(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        return selectors.in_year(queryset, FiscalYear(int(value)))

    def by_plan(self, queryset: QuerySet[Session], _name: str, value: str) -> QuerySet[Session]:
        return queryset.filter(course__plan__isnull=value == "yes")

    def by_day(self, queryset: QuerySet[Session], _name: str, _value: str) -> QuerySet[Session]:
        return selectors.coming(queryset)
