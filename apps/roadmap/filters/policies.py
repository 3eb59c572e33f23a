"""The filters of the list of policies."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.hurdles.models import LegalLevel
from apps.organization.filters.sections import SectionFilter
from apps.organization.models import Unit
from apps.roadmap import selectors
from apps.roadmap.choices import DECIDED_POLICY, DECIDED_STATES, PolicyKind, PolicyStatus
from apps.roadmap.filters.choosing import NO, YES
from apps.roadmap.models import Policy
from apps.roadmap.selectors import coverage

OPEN_ADOPTION = [("open", _("Not adopted yet"))]


class PolicyFilter(django_filters.FilterSet):
    """Text, kind, state, what it changes, late ones, a unit that is bound, and who has not adopted it."""

    q = KeywordFilter()
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=PolicyKind.choices)
    status = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(DECIDED_STATES, _("All decided ones")), *PolicyStatus.choices],
        method="by_status",
    )
    legal_level = django_filters.ModelChoiceFilter(
        label=_("What it changes"), queryset=LegalLevel.objects.all(), to_field_name="code"
    )
    late = django_filters.ChoiceFilter(label=_("Overdue"), choices=YES, method="by_lateness")
    hurdles = django_filters.ChoiceFilter(label=_("Hurdles"), choices=NO, method="by_hurdles")
    unit = SectionFilter(label=_("Unit bound by it"), method="by_unit")
    adoption = django_filters.ChoiceFilter(label=_("Adoption"), choices=OPEN_ADOPTION, method="by_adoption")

    class Meta:
        model = Policy
        fields: tuple[str, ...] = ()

    def by_status(self, queryset: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        return queryset.filter(status__in=DECIDED_POLICY if value == DECIDED_STATES else [value])

    def by_lateness(self, queryset: QuerySet[Policy], _name: str, _value: str) -> QuerySet[Policy]:
        return selectors.late_policies(queryset)

    def by_unit(self, queryset: QuerySet[Policy], _name: str, unit: Unit) -> QuerySet[Policy]:
        return selectors.binding_unit(queryset, unit)

    def by_adoption(self, queryset: QuerySet[Policy], _name: str, _value: str) -> QuerySet[Policy]:
        """With a unit: those that this one has not adopted."""
        return selectors.not_adopted(queryset, self.form.cleaned_data.get("unit"))

    def by_hurdles(self, queryset: QuerySet[Policy], _name: str, _value: str) -> QuerySet[Policy]:
        user: Any = self.request and self.request.user
        return coverage.without_hurdles(queryset, user)
