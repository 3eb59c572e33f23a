"""The filters of the lists of meetings, directives and decisions."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.filters import KeywordFilter
from apps.core.fiscal import FiscalYear
from apps.decisions.choices import OPEN_DIRECTIVE, DirectiveStatus
from apps.decisions.models import Decision, Directive, Meeting
from apps.decisions.selectors import (
    decision_years,
    decisions_found,
    directives_of_unit,
    late_directives,
    meeting_years,
    meetings_of_year,
)
from apps.organization.models import Body, Unit
from apps.organization.selectors import units_on

OPEN_STATES = "open"


def _choices(years: list[FiscalYear]) -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in years]


class MeetingFilter(django_filters.FilterSet):
    """Text, body, fiscal year."""

    q = KeywordFilter()
    body = django_filters.ModelChoiceFilter(label=_("Body"), queryset=Body.objects.all(), to_field_name="key")
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=lambda: _choices(meeting_years()), method="by_year"
    )

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ()

    def by_year(self, queryset: QuerySet[Meeting], _name: str, value: str) -> QuerySet[Meeting]:
        return meetings_of_year(queryset, FiscalYear(int(value)))


class DirectiveFilter(django_filters.FilterSet):
    """Text, state, unit (in charge or supporting), late or not."""

    q = KeywordFilter()
    status = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN_STATES, _("All open directives")), *DirectiveStatus.choices],
        method="by_status",
    )
    # A head of department receives directives as well as a section does.
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=lambda _request: units_on(clock.today()), to_field_name="code", method="by_unit"
    )
    late = django_filters.ChoiceFilter(
        label=_("Overdue"), choices=[("yes", _("Yes")), ("no", _("No"))], method="by_lateness"
    )

    class Meta:
        model = Directive
        fields: tuple[str, ...] = ()

    def by_status(self, queryset: QuerySet[Directive], _name: str, value: str) -> QuerySet[Directive]:
        return queryset.filter(status__in=OPEN_DIRECTIVE if value == OPEN_STATES else [value])

    def by_unit(self, queryset: QuerySet[Directive], _name: str, value: Unit) -> QuerySet[Directive]:
        return directives_of_unit(queryset, value)

    def by_lateness(self, queryset: QuerySet[Directive], _name: str, value: str) -> QuerySet[Directive]:
        late = late_directives(queryset)
        return late if value == "yes" else queryset.exclude(pk__in=late.order_by().values("pk"))


class DecisionFilter(django_filters.FilterSet):
    """Text, body (or by approval document), fiscal year."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    body = django_filters.ModelChoiceFilter(
        label=_("Body"),
        field_name="meeting__body",
        queryset=Body.objects.all(),
        to_field_name="key",
        null_label=_("By approval document"),
    )
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=lambda: _choices(decision_years()), method="by_year"
    )

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Decision], _name: str, value: str) -> QuerySet[Decision]:
        return decisions_found(queryset, value)

    def by_year(self, queryset: QuerySet[Decision], _name: str, value: str) -> QuerySet[Any]:
        year = FiscalYear(int(value))
        return queryset.filter(decided_on__range=(year.start, year.end))
