"""The filters of the list of reports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from apps.reports.choices import ReportKind, ReportStatus
from apps.reports.models import Report


class ReportFilter(django_filters.FilterSet):
    """Kind and state."""

    kind = django_filters.ChoiceFilter(label=_("Kind of report"), choices=ReportKind.choices)
    status = django_filters.ChoiceFilter(label=_("State"), choices=ReportStatus.choices)

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()
