"""Filters of the lists of visions, policies and initiatives; each is a part of the address that one can mail."""

from typing import Any
from unicodedata import normalize

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.fiscal import FiscalYear
from apps.core.models import found
from apps.core.search import search_key
from apps.hurdles.choices import Health
from apps.hurdles.models import LegalLevel, Theme
from apps.organization.models import Unit
from apps.organization.selectors import sections_today
from apps.organization.selectors.lineage import units_rolled_up_to
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
from apps.roadmap.models import (
    Baseline,
    ComprehensivePlan,
    ComprehensivePlanItem,
    Implementation,
    Indicator,
    Initiative,
    Policy,
    Vision,
)
from apps.roadmap.selectors import coverage, indicators

YES = [("yes", _("Yes"))]
OPEN_ADOPTION = [("open", _("Not adopted yet"))]
NO = [("no", _("None"))]
ACHIEVEMENT = [
    ("met", _("Every target met")),
    ("missed", _("A target not met")),
    ("unmeasured", _("Not measured")),
]


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
    """Text, horizon, area, and what is wrong or missing."""

    folded = ("plan_item", "initiatives", "achievement")

    q = django_filters.CharFilter(label=_("Keyword"), method="search")
    horizon = django_filters.ChoiceFilter(label=_("Horizon"), choices=Horizon.choices)
    area = django_filters.ChoiceFilter(label=_("Area"), choices=_vision_areas)
    hurdle_free = django_filters.ChoiceFilter(label=_("Free of open hurdles"), choices=YES, method="free_of_hurdles")
    plan_item = django_filters.ChoiceFilter(
        label=_("Comprehensive plan"), choices=selectors.plan_items, field_name="plan_item__code"
    )
    initiatives = django_filters.ChoiceFilter(label=_("Initiatives"), choices=NO, method="by_initiatives")
    achievement = django_filters.ChoiceFilter(
        label=_("Targets of the last year"), choices=ACHIEVEMENT, method="by_achievement"
    )

    class Meta:
        model = Vision
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Vision], _name: str, value: str) -> QuerySet[Vision]:
        return found(queryset, value)

    def free_of_hurdles(self, queryset: QuerySet[Vision], _name: str, _value: str) -> QuerySet[Vision]:
        return selectors.free_of_hurdles(queryset)

    def by_initiatives(self, queryset: QuerySet[Vision], _name: str, _value: str) -> QuerySet[Vision]:
        return coverage.without_initiatives(queryset)

    def by_achievement(self, queryset: QuerySet[Vision], _name: str, value: str) -> QuerySet[Vision]:
        return indicators.by_achievement(queryset, value)


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
    hurdles = django_filters.ChoiceFilter(label=_("Hurdles"), choices=NO, method="by_hurdles")
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

    def by_hurdles(self, queryset: QuerySet[Policy], _name: str, _value: str) -> QuerySet[Policy]:
        user: Any = self.request and self.request.user
        return coverage.without_hurdles(queryset, user)


class InitiativeFilter(django_filters.FilterSet):
    """Text, area, state, health, lead unit, what it serves, theme, and what is wrong with it."""

    folded = ("plan_item", "policy", "vision", "theme", "by_team", "late", "stalled", "conflict", "slipped", "without")

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
    without = django_filters.ChoiceFilter(
        label=_("Missing"), choices=[("indicator", _("Indicator")), ("policy", _("Policy"))], method="by_gap"
    )

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

    def by_gap(self, queryset: QuerySet[Initiative], _name: str, value: str) -> QuerySet[Initiative]:
        return coverage.without_policy(queryset) if value == "policy" else coverage.without_indicator(queryset)


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
        label=_("Unit that leads or supports"),
        queryset=lambda _request: sections_today(),
        to_field_name="code",
        method="by_unit",
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

    def by_unit(self, queryset: QuerySet[Initiative], _name: str, value: Unit) -> QuerySet[Initiative]:
        return selectors.concerning(queryset, units_rolled_up_to(value))

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
