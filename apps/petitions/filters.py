"""The filters of the list of petitions."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.core.fiscal import FiscalYear
from apps.petitions.choices import PUBLIC, PetitionClass, PetitionStatus
from apps.petitions.models import Petition, PetitionChannel
from apps.petitions.selectors import OPEN, due_within, fiscal_years, ministries_of, of_year

# What `?status=` may say besides a single state.
GROUPS = {"open": OPEN, "public": PUBLIC}
GROUP_CHOICES = [("open", _("All without a final answer")), ("public", _("Submitted and after"))]
PERIODS = [("30", _("30 days")), ("60", _("60 days")), ("90", _("90 days"))]


def _year_choices() -> list[tuple[str, str]]:
    return [(str(int(year)), str(year)) for year in fiscal_years()]


class PetitionFilter(django_filters.FilterSet):
    """Text, state, kind, channel, ministry, year, and what must be handed in soon."""

    q = KeywordFilter()
    status = django_filters.ChoiceFilter(
        label=_("State"), choices=[*GROUP_CHOICES, *PetitionStatus.choices], method="by_status"
    )
    classification = django_filters.ChoiceFilter(label=_("Kind of petition"), choices=PetitionClass.choices)
    channel = django_filters.ModelChoiceFilter(
        label=_("Channel"), queryset=PetitionChannel.objects.all(), to_field_name="name"
    )
    ministry = django_filters.ChoiceFilter(label=_("Ministry"), method="by_ministry")
    year = django_filters.ChoiceFilter(label=_("Fiscal year"), choices=_year_choices, method="by_year")
    due = django_filters.ChoiceFilter(label=_("To be submitted within"), choices=PERIODS, method="by_due")

    class Meta:
        model = Petition
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Those of the petitions that the person sees, so that a hidden draft does not show by its ministry.
        self.filters["ministry"].extra["choices"] = [(name, name) for name in ministries_of(self.queryset)]

    def by_status(self, queryset: QuerySet[Petition], _name: str, value: str) -> QuerySet[Petition]:
        return queryset.filter(status__in=GROUPS.get(value, [value]))

    def by_ministry(self, queryset: QuerySet[Petition], _name: str, value: str) -> QuerySet[Petition]:
        return queryset.filter(ministries__contains=[value])

    def by_year(self, queryset: QuerySet[Petition], _name: str, value: str) -> QuerySet[Petition]:
        return of_year(queryset, FiscalYear(int(value)))

    def by_due(self, queryset: QuerySet[Petition], _name: str, value: str) -> QuerySet[Petition]:
        return due_within(queryset, int(value))
