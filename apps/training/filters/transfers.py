"""Filters of the list of known transfers."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.organization.models import User
from apps.organization.selectors.people import people_found
from apps.training.choices import TransferKind
from apps.training.filters.choosing import NO, YES
from apps.training.models import KnownTransfer
from apps.training.selectors.transfers import still_ahead


class TransferFilter(django_filters.FilterSet):
    """Who, leaving or moving, and whether the day has passed."""

    q = django_filters.CharFilter(label=_("Name, kana or number"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Kind of transfer"), choices=TransferKind.choices)
    ahead = django_filters.ChoiceFilter(label=_("Still ahead"), choices=[YES, NO], method="by_day")

    class Meta:
        model = KnownTransfer
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(person__in=people_found(User.objects.all(), value))

    def by_day(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        ahead = still_ahead(queryset)
        return ahead if value == "yes" else queryset.exclude(pk__in=ahead.values("pk"))
