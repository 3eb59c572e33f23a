"""Filters of the list of training plans."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.models import found
from apps.organization.selectors import sections_today
from apps.training.choices import PlanStatus
from apps.training.models import TalentProfile, TrainingPlan


class PlanFilter(django_filters.FilterSet):
    """Text, state, profile, lead unit."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    status = django_filters.ChoiceFilter(label=_("State"), choices=PlanStatus.choices)
    profile = django_filters.ModelChoiceFilter(
        label=_("Talent profile"),
        field_name="profiles",
        queryset=TalentProfile.objects.all(),
        to_field_name="code",
    )
    lead_unit = django_filters.ModelChoiceFilter(
        label=_("Lead unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )

    class Meta:
        model = TrainingPlan
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[TrainingPlan], _name: str, value: str) -> QuerySet[TrainingPlan]:
        return found(queryset, value)
