"""The filters of the list of proposals."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import UNDER_APPRAISAL, ProposalKind, Source
from apps.budget.filters.years import YearFilter
from apps.budget.models import BudgetStage, Proposal
from apps.budget.selectors import not_withdrawn, request_years
from apps.budget.selectors.appraisal import under_appraisal
from apps.core.filters import KeywordFilter
from apps.organization.filters.sections import SectionFilter

# What this word stands for is told to everybody who sees the proposal.
UNDER = "under-appraisal"


def _stages() -> list[tuple[str, str]]:
    """The stages of the city, and all of the appraisal together."""
    names = BudgetStage.objects.values_list("name", flat=True)
    return [*((name, name) for name in names), (UNDER, under_appraisal())]


class ProposalFilter(django_filters.FilterSet):
    """Text, year, section, kind of request, stage, source of money."""

    q = KeywordFilter()
    year = YearFilter(request_years)
    unit = SectionFilter(label=_("Requesting unit"), field_name="requesting_unit")
    kind = django_filters.ChoiceFilter(label=_("Kind of request"), choices=ProposalKind.choices)
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=_stages, method="by_stage")
    source = django_filters.ChoiceFilter(label=_("Source of money"), choices=Source.choices, method="by_source")

    withdrawn = django_filters.ChoiceFilter(
        label=_("Withdrawn"), choices=[("no", _("Without what was withdrawn"))], method="without_withdrawn"
    )

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = ()

    def by_stage(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """By what the list shows: a stage that is not told to this person finds nothing of its year."""
        if value == UNDER:
            return queryset.filter(stage__kind__in=UNDER_APPRAISAL)
        return queryset.filter(stage_shown=value)

    def without_withdrawn(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return not_withdrawn(queryset)

    def by_source(self, queryset: QuerySet[Proposal], _name: str, value: str) -> QuerySet[Proposal]:
        return queryset.filter(fundings__source=value).distinct()
