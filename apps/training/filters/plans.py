"""Filters of the list of training plans."""

import django_filters
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.organization.filters.sections import SectionFilter
from apps.training.choices import PlanStatus
from apps.training.models import TalentProfile, TrainingPlan


class PlanFilter(django_filters.FilterSet):
    """Text, state, profile, lead unit."""

    q = KeywordFilter()
    status = django_filters.ChoiceFilter(label=_("State"), choices=PlanStatus.choices)
    profile = django_filters.ModelChoiceFilter(
        label=_("Talent profile"),
        field_name="profiles",
        queryset=TalentProfile.objects.all(),
        to_field_name="code",
    )
    lead_unit = SectionFilter(label=_("Lead unit"))

    class Meta:
        model = TrainingPlan
        fields: tuple[str, ...] = ()
