"""The filters of the items of the comprehensive plan."""

from typing import Any
from unicodedata import normalize

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.roadmap.filters.choosing import NO
from apps.roadmap.models import ComprehensivePlan, ComprehensivePlanItem


class PlanItemFilter(django_filters.FilterSet):
    """Text, plan, and the items without a vision or without an initiative."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    plan = django_filters.ModelChoiceFilter(
        label=_("Comprehensive plan"), queryset=ComprehensivePlan.objects.order_by("-from_year")
    )
    visions = django_filters.ChoiceFilter(label=_("Visions"), choices=NO, method="by_visions")
    initiatives = django_filters.ChoiceFilter(label=_("Initiatives"), choices=NO, method="by_initiatives")

    class Meta:
        model = ComprehensivePlanItem
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        for word in normalize("NFKC", value).split():
            queryset = queryset.filter(Q(code__icontains=word) | Q(name__icontains=word))
        return queryset

    def by_visions(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset.filter(has_vision=False)

    def by_initiatives(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset.filter(has_initiative=False)
