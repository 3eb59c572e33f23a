"""Which rows the picture of the roadmap has, and how."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.hurdles.models import Theme
from apps.organization.filters.sections import SectionFilter
from apps.organization.models import Unit
from apps.organization.selectors.lineage import units_rolled_up_to
from apps.roadmap import selectors
from apps.roadmap.choices import Grouping, InitiativeStatus, Span
from apps.roadmap.filters.choosing import initiative_areas, visible_policies, visible_visions
from apps.roadmap.models import Baseline, Initiative, Vision

NO_BASELINE = "none"


class PictureFilter(django_filters.FilterSet):
    """Which rows the picture has, how they are put together, and what it is held against."""

    area = django_filters.ChoiceFilter(label=_("Area"), choices=initiative_areas)
    vision = django_filters.ModelChoiceFilter(
        label=_("Vision"), queryset=visible_visions, to_field_name="number", method="by_vision"
    )
    policy = django_filters.ModelChoiceFilter(label=_("Policy"), queryset=visible_policies, to_field_name="number")
    unit = SectionFilter(label=_("Unit that leads or supports"), method="by_unit")
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
