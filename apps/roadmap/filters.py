"""Filters of the lists of visions, policies and initiatives; each is a part of the address that one can mail."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.fiscal import FiscalYear
from apps.core.models import found
from apps.hurdles.choices import Health
from apps.hurdles.models import LegalLevel, Theme
from apps.organization.models import Unit
from apps.organization.selectors import sections_today
from apps.roadmap import selectors
from apps.roadmap.choices import (
    DECIDED_POLICY,
    DECIDED_STATES,
    Grouping,
    Horizon,
    InitiativeStatus,
    PolicyKind,
    PolicyStatus,
    Span,
)
from apps.roadmap.models import Baseline, Implementation, Initiative, Policy, Vision

YES = [("yes", _("Yes"))]
OPEN_ADOPTION = [("open", _("Not adopted yet"))]


def _visible_policies(request: Any) -> QuerySet[Policy]:
    return selectors.policies_visible_to(request.user).exclude(number=None)


def _visible_visions(request: Any) -> QuerySet[Vision]:
    return selectors.visions_visible_to(request.user).exclude(number=None)


def _initiatives_of_the_team(request: Any) -> QuerySet[Initiative]:
    return selectors.initiatives_visible_to(request.user).filter(implementations__isnull=False).distinct()


def _vision_areas() -> list[tuple[str, str]]:
    return [(area, area) for area in selectors.areas_of(Vision.objects.filter(archived_at__isnull=True))]


def _initiative_areas() -> list[tuple[str, str]]:
    return [(area, area) for area in selectors.areas_of(Initiative.objects.filter(archived_at__isnull=True))]


class VisionFilter(django_filters.FilterSet):
    """Text, horizon, area, and those that no hurdle holds back."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    horizon = django_filters.ChoiceFilter(label=_("Horizon"), choices=Horizon.choices)
    area = django_filters.ChoiceFilter(label=_("Area"), choices=_vision_areas)
    hurdle_free = django_filters.ChoiceFilter(label=_("Free of open hurdles"), choices=YES, method="free_of_hurdles")

    class Meta:
        model = Vision
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Vision], _name: str, value: str) -> QuerySet[Vision]:
        return found(queryset, value)

    def free_of_hurdles(self, queryset: QuerySet[Vision], _name: str, _value: str) -> QuerySet[Vision]:
        return selectors.free_of_hurdles(queryset)


class PolicyFilter(django_filters.FilterSet):
    """Text, kind, state, what it changes, late ones, a unit that is bound, and who has not adopted it."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
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
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit bound by it"),
        queryset=lambda _request: sections_today(),
        to_field_name="code",
        method="by_unit",
    )
    adoption = django_filters.ChoiceFilter(label=_("Adoption"), choices=OPEN_ADOPTION, method="by_adoption")

    class Meta:
        model = Policy
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        return found(queryset, value)

    def by_status(self, queryset: QuerySet[Policy], _name: str, value: str) -> QuerySet[Policy]:
        return queryset.filter(status__in=DECIDED_POLICY if value == DECIDED_STATES else [value])

    def by_lateness(self, queryset: QuerySet[Policy], _name: str, _value: str) -> QuerySet[Policy]:
        return selectors.late_policies(queryset)

    def by_unit(self, queryset: QuerySet[Policy], _name: str, unit: Unit) -> QuerySet[Policy]:
        return selectors.binding_unit(queryset, unit)

    def by_adoption(self, queryset: QuerySet[Policy], _name: str, _value: str) -> QuerySet[Policy]:
        """With a unit: those that this one has not adopted."""
        return selectors.not_adopted(queryset, self.form.cleaned_data.get("unit"))


class InitiativeFilter(django_filters.FilterSet):
    """Text, area, state, health, lead unit, what it serves, theme, and what is wrong with it."""

    folded = ("plan_item", "policy", "vision", "theme", "by_team", "late", "stalled", "conflict", "slipped")

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    area = django_filters.ChoiceFilter(label=_("Area"), choices=_initiative_areas)
    status = django_filters.ChoiceFilter(label=_("State"), choices=InitiativeStatus.choices)
    health = django_filters.ChoiceFilter(label=_("Health"), choices=Health.choices)
    lead_unit = django_filters.ModelChoiceFilter(
        label=_("Lead unit"), queryset=lambda _request: sections_today(), to_field_name="code"
    )
    plan_item = django_filters.ChoiceFilter(
        label=_("Comprehensive plan"), choices=selectors.plan_items, method="by_plan_item"
    )
    policy = django_filters.ModelChoiceFilter(label=_("Policy"), queryset=_visible_policies, to_field_name="number")
    vision = django_filters.ModelChoiceFilter(
        label=_("Vision"), queryset=_visible_visions, to_field_name="number", method="by_vision"
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme of its hurdles"), queryset=Theme.objects.all(), to_field_name="name", method="by_theme"
    )
    by_team = django_filters.ChoiceFilter(label=_("Carried out by the team itself"), choices=YES, method="of_the_team")
    late = django_filters.ChoiceFilter(label=_("Overdue"), choices=YES, method="by_lateness")
    stalled = django_filters.ChoiceFilter(label=_("No news for long"), choices=YES, method="by_silence")
    conflict = django_filters.ChoiceFilter(label=_("Conflict of dates"), choices=YES, method="by_conflict")
    slipped = django_filters.ChoiceFilter(label=_("Later than the newest baseline"), choices=YES, method="by_slip")

    class Meta:
        model = Initiative
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Initiative], _name: str, value: str) -> QuerySet[Initiative]:
        return found(queryset, value)

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


class BaselineFilter(django_filters.FilterSet):
    """Text of the name."""

    q = django_filters.CharFilter(label=_("Keyword"), field_name="name", lookup_expr="icontains")

    class Meta:
        model = Baseline
        fields: tuple[str, ...] = ()


NO_BASELINE = "none"


class PictureFilter(django_filters.FilterSet):
    """Which rows the picture has, how they are put together, and what it is held against."""

    area = django_filters.ChoiceFilter(label=_("Area"), choices=_initiative_areas)
    vision = django_filters.ModelChoiceFilter(
        label=_("Vision"), queryset=_visible_visions, to_field_name="number", method="by_vision"
    )
    policy = django_filters.ModelChoiceFilter(label=_("Policy"), queryset=_visible_policies, to_field_name="number")
    unit = django_filters.ModelChoiceFilter(
        label=_("Lead unit"),
        field_name="lead_unit",
        queryset=lambda _request: sections_today(),
        to_field_name="code",
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=lambda _request: Theme.objects.all(), to_field_name="name", method="by_theme"
    )
    status = django_filters.ChoiceFilter(label=_("State"), choices=InitiativeStatus.choices)
    group = django_filters.ChoiceFilter(
        label=_("Order of the rows"), choices=Grouping.choices, empty_label=None, method="as_it_is"
    )
    span = django_filters.ChoiceFilter(
        label=_("Length of the picture"), choices=Span.choices, empty_label=None, method="as_it_is"
    )
    baseline = django_filters.ChoiceFilter(
        label=pgettext_lazy("of the roadmap", "Baseline"), empty_label=None, method="as_it_is"
    )

    class Meta:
        model = Initiative
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.baselines = list(selectors.baselines_visible_to(self.request.user))
        chosen = [(str(each.uid), str(each)) for each in self.baselines]
        self.filters["baseline"].extra["choices"] = [*chosen, (NO_BASELINE, _("no baseline"))]

    def by_vision(self, queryset: QuerySet[Initiative], _name: str, value: Vision) -> QuerySet[Initiative]:
        return selectors.towards(queryset, value)

    def by_theme(self, queryset: QuerySet[Initiative], _name: str, value: Theme) -> QuerySet[Initiative]:
        return selectors.of_theme(queryset, value, self.request.user)

    def as_it_is(self, queryset: QuerySet[Initiative], _name: str, _value: str) -> QuerySet[Initiative]:
        """What changes the picture and not its rows."""
        return queryset

    @property
    def chosen_baseline(self) -> Baseline | None:
        """The one that is asked for, else the newest."""
        asked = self.form.cleaned_data.get("baseline")
        if not asked:
            return next(iter(self.baselines), None)
        return next((each for each in self.baselines if str(each.uid) == asked), None)


class ImplementationFilter(django_filters.FilterSet):
    """Text, the fiscal year in which it was implemented, and the initiative to which it belongs."""

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    year = django_filters.ChoiceFilter(
        label=_("Fiscal year"), choices=selectors.years_of_implementations, method="in_year"
    )
    initiative = django_filters.ModelChoiceFilter(
        label=_("Initiative"), queryset=_initiatives_of_the_team, to_field_name="number"
    )

    class Meta:
        model = Implementation
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Implementation], _name: str, value: str) -> QuerySet[Implementation]:
        return selectors.implementations_with(queryset, value)

    def in_year(self, queryset: QuerySet[Implementation], _name: str, value: str) -> QuerySet[Implementation]:
        year = FiscalYear(int(value))
        return queryset.filter(implemented_on__range=(year.start, year.end))
