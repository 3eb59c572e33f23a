"""Filters of the lists of proposals and of grants."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import GrantStatus, ProposalKind, Source
from apps.budget.models import BudgetStage, GrantProgramme, Proposal
from apps.budget.selectors import request_years
from apps.core.fiscal import FiscalYear
from apps.core.models import found
from apps.organization.selectors import sections_today


def _year_choices() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in request_years()]


class ProposalFilter(django_filters.FilterSet):
    """Text, year, section, kind of request, stage, source of money."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), method="by_year", choices=_year_choices)
    unit = django_filters.ModelChoiceFilter(
        label=_("Requesting unit"),
        field_name="requesting_unit",
        queryset=lambda _request: sections_today(),
        to_field_name="code",
    )
    kind = django_filters.ChoiceFilter(label=_("Kind of request"), choices=ProposalKind.choices)
    stage = django_filters.ModelChoiceFilter(label=_("Stage"), queryset=BudgetStage.objects.all(), to_field_name="name")
    source = django_filters.ChoiceFilter(label=_("Source of money"), choices=Source.choices, method="by_source")

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        return found(queryset, value)

    def by_year(self, queryset: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        return queryset.filter(fiscal_year=FiscalYear(int(value)))

    def by_source(self, queryset: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        return queryset.filter(fundings__source=value).distinct()


class GrantFilter(django_filters.FilterSet):
    """Text and state of the call."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    status = django_filters.ChoiceFilter(label=_("State"), choices=GrantStatus.choices)

    class Meta:
        model = GrantProgramme
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[GrantProgramme], _name: str, value: str) -> QuerySet[GrantProgramme]:
        return found(queryset, value)
