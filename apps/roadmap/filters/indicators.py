"""The filters of the list of indicators."""

from typing import Any
from unicodedata import normalize

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.search import search_key
from apps.roadmap.models import Indicator


class IndicatorFilter(django_filters.FilterSet):
    """Text, whose it is, whether an ended year was not measured, and whether the last target was met."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    of = django_filters.ChoiceFilter(
        label=_("Belongs to"), choices=[("vision", _("Vision")), ("initiative", _("Initiative"))], method="by_owner"
    )
    measured = django_filters.ChoiceFilter(
        label=_("Measured"), choices=[("no", _("Not measured"))], method="by_measured"
    )
    met = django_filters.ChoiceFilter(
        label=_("Targets of the last year"), choices=[("yes", _("Met")), ("no", _("Not met"))], method="by_met"
    )

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        for word in normalize("NFKC", value).split():
            key = search_key(word)
            owners = Q(vision__search_key__contains=key) | Q(initiative__search_key__contains=key)
            queryset = queryset.filter(Q(name__icontains=word) | owners)
        return queryset

    def by_owner(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(**{f"{value}__isnull": False})

    def by_measured(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset.filter(missing__gt=0)

    def by_met(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(last_met=value == "yes")
