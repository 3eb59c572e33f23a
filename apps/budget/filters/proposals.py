"""The filters of the list of proposals."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import ProposalKind, Source
from apps.budget.filters.years import of_year, year_choices
from apps.budget.models import BudgetStage, Proposal
from apps.budget.selectors import request_years
from apps.core.models import found
from apps.organization.selectors import sections_today


class ProposalFilter(django_filters.FilterSet):
    """Text, year, section, kind of request, stage, source of money."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=lambda: year_choices(request_years()), method=of_year
    )
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

    def by_source(self, queryset: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        return queryset.filter(fundings__source=value).distinct()
