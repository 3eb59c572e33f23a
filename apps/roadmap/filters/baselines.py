"""The filter of the list of baselines."""

import django_filters
from django.utils.translation import gettext_lazy as _

from apps.roadmap.models import Baseline


class BaselineFilter(django_filters.FilterSet):
    """Text of the name."""

    q = django_filters.CharFilter(label=_("Keyword"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = Baseline
        fields: tuple[str, ...] = ()
