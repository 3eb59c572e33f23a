"""The filter of the list of jobs."""

import django_filters
from django.utils.translation import gettext_lazy as _

from apps.core.choices import JobState
from apps.core.models import Job


class JobFilter(django_filters.FilterSet):
    """The state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=JobState.choices)

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()
