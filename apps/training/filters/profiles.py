"""Filters of the list of talent profiles."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.search import matches
from apps.training.choices import Tier
from apps.training.models import TalentProfile


class ProfileFilter(django_filters.FilterSet):
    """Name, tier, and whether people are counted already."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    tier = django_filters.ChoiceFilter(label=_("Tier"), choices=Tier.choices)
    counted = django_filters.ChoiceFilter(
        label=_("Present people"),
        choices=[("yes", _("counted from people")), ("no", _("estimated"))],
        method="by_count",
    )

    class Meta:
        model = TalentProfile
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[TalentProfile], _name: str, value: str) -> QuerySet[TalentProfile]:
        hits = [row.pk for row in queryset if matches(value, f"{row.name}\n{row.description}\n{row.code}")]
        return queryset.filter(pk__in=hits)

    def by_count(self, queryset: QuerySet[TalentProfile], _name: str, value: str) -> QuerySet[TalentProfile]:
        return queryset.filter(counted_from__isnull=value == "no")
