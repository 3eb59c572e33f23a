"""The filters of the list of initiatives."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.hurdles.choices import Health
from apps.hurdles.models import Theme
from apps.organization.filters.sections import SectionFilter
from apps.roadmap import selectors
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.filters.choosing import YES, initiative_areas, visible_policies, visible_visions
from apps.roadmap.models import Initiative, Vision
from apps.roadmap.selectors import coverage


class InitiativeFilter(django_filters.FilterSet):
    """Text, area, state, health, lead unit, what it serves, theme, and what is wrong with it."""

    folded = ("plan_item", "policy", "vision", "theme", "by_team", "late", "stalled", "conflict", "slipped", "without")

    q = KeywordFilter()
    area = django_filters.ChoiceFilter(label=_("Area"), choices=initiative_areas)
    status = django_filters.ChoiceFilter(label=_("State"), choices=InitiativeStatus.choices)
    health = django_filters.ChoiceFilter(label=_("Health"), choices=Health.choices)
    lead_unit = SectionFilter(label=_("Lead unit"))
    plan_item = django_filters.ChoiceFilter(
        label=_("Comprehensive plan"), choices=selectors.plan_items, method="by_plan_item"
    )
    policy = django_filters.ModelChoiceFilter(label=_("Policy"), queryset=visible_policies, to_field_name="number")
    vision = django_filters.ModelChoiceFilter(
        label=_("Vision"), queryset=visible_visions, to_field_name="number", method="by_vision"
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme of its hurdles"), queryset=Theme.objects.all(), to_field_name="name", method="by_theme"
    )
    by_team = django_filters.ChoiceFilter(label=_("Carried out by the team itself"), choices=YES, method="of_the_team")
    late = django_filters.ChoiceFilter(label=_("Overdue"), choices=YES, method="by_lateness")
    stalled = django_filters.ChoiceFilter(label=_("No news for long"), choices=YES, method="by_silence")
    conflict = django_filters.ChoiceFilter(label=_("Conflict of dates"), choices=YES, method="by_conflict")
    slipped = django_filters.ChoiceFilter(label=_("Later than the newest baseline"), choices=YES, method="by_slip")
    without = django_filters.ChoiceFilter(
        label=_("Missing"), choices=[("indicator", _("Indicator")), ("policy", _("Policy"))], method="by_gap"
    )

    class Meta:
        model = Initiative
        fields: tuple[str, ...] = ()

    def by_plan_item(self, queryset: QuerySet[Initiative], _name: str, value: str) -> QuerySet[Initiative]:
        return selectors.initiatives_of_plan_item(queryset, value)

    def by_vision(self, queryset: QuerySet[Initiative], _name: str, value: Vision) -> QuerySet[Initiative]:
        return selectors.towards(queryset, value)

    def by_theme(self, queryset: QuerySet[Initiative], _name: str, value: Theme) -> QuerySet[Initiative]:
        return selectors.of_theme(queryset, value, self.request.user)

    def of_the_team(self, queryset: QuerySet[Initiative], _name: str, _value: str) -> QuerySet[Initiative]:
        return queryset.filter(by_team=True)

    def by_silence(self, queryset: QuerySet[Initiative], _name: str, _value: str) -> QuerySet[Initiative]:
        return selectors.stalled(queryset)

    def by_lateness(self, queryset: QuerySet[Initiative], _name: str, _value: str) -> QuerySet[Initiative]:
        return selectors.late(queryset)

    def by_conflict(self, queryset: QuerySet[Initiative], _name: str, _value: str) -> QuerySet[Initiative]:
        return selectors.in_conflict(queryset)

    def by_slip(self, queryset: QuerySet[Initiative], _name: str, _value: str) -> QuerySet[Initiative]:
        return selectors.slipped(queryset)

    def by_gap(self, queryset: QuerySet[Initiative], _name: str, value: str) -> QuerySet[Initiative]:
        return coverage.without_policy(queryset) if value == "policy" else coverage.without_indicator(queryset)
