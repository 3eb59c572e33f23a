"""Filters of the list of people."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.organization.models import Unit, User
from apps.organization.models.managing import managed_units
from apps.organization.selectors import units_on
from apps.organization.selectors.people import people_found
from apps.training.filters.choosing import YES
from apps.training.models import TalentProfile
from apps.training.permissions import is_personnel
from apps.training.selectors import people

CANDIDATE, RECOGNISED = "candidate", "recognised"


def _units(request: Any) -> QuerySet[Unit]:
    """Those of whose people one sees the records."""
    units = units_on(clock.today())
    return units if is_personnel(request.user) else units.filter(pk__in=managed_units(request.user))


def _profiles(_request: Any) -> QuerySet[TalentProfile]:
    return TalentProfile.objects.filter(archived_at__isnull=True)


class PeopleFilter(django_filters.FilterSet):
    """Name, kana or number; unit; profile and what one is to it; who came to nothing; who is ready; who has left."""

    folded = ("ready", "left")

    q = django_filters.CharFilter(label=_("Name, kana or number"), method="search")
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=_units, to_field_name="code", method="by_unit")
    profile = django_filters.ModelChoiceFilter(
        label=_("Talent profile"), queryset=_profiles, to_field_name="code", method="by_profile"
    )
    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        choices=[(CANDIDATE, _("Candidate")), (RECOGNISED, _("Recognised"))],
        method="by_standing",
    )
    idle = django_filters.ChoiceFilter(
        label=_("Came to this year"), choices=[("yes", _("Nothing yet"))], method="by_idleness"
    )
    ready = django_filters.ModelChoiceFilter(
        label=_("Has all skills of"), queryset=_profiles, to_field_name="code", method="by_skills"
    )
    left = django_filters.ChoiceFilter(label=_("Has left the city"), choices=[YES], method="by_leaving")

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Who has left is shown only where one asks for it."""
        if not self.form.cleaned_data.get("left"):
            queryset = people.here_today(queryset)
        found: QuerySet[User] = super().filter_queryset(queryset)
        return found

    def search(self, queryset: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return people_found(queryset, value)

    def by_unit(self, queryset: QuerySet[User], _name: str, value: Unit) -> QuerySet[User]:
        return people.people_in(queryset, value)

    def by_profile(self, queryset: QuerySet[User], _name: str, value: TalentProfile) -> QuerySet[User]:
        """Together with the standing, where that is asked for, too."""
        return queryset if self.form.cleaned_data.get("standing") else people.of_profile(queryset, value)

    def by_standing(self, queryset: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        among = people.candidates_among if value == CANDIDATE else people.recognised_among
        return among(queryset, self.form.cleaned_data.get("profile"))

    def by_idleness(self, queryset: QuerySet[User], _name: str, _value: str) -> QuerySet[User]:
        return people.nowhere_this_year(queryset)

    def by_skills(self, queryset: QuerySet[User], _name: str, value: TalentProfile) -> QuerySet[User]:
        return people.ready_for(queryset, value)

    def by_leaving(self, queryset: QuerySet[User], _name: str, _value: str) -> QuerySet[User]:
        return queryset.filter(is_active=False)
