"""The filters of the list of visions."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core.filters import KeywordFilter
from apps.roadmap import selectors
from apps.roadmap.choices import Horizon
from apps.roadmap.filters.choosing import NO, YES
from apps.roadmap.models import Vision
from apps.roadmap.selectors import coverage, indicators

ACHIEVEMENT = [
    ("met", _("Every target met")),
    ("missed", _("A target not met")),
    ("unmeasured", _("Not measured")),
]


def _vision_areas() -> list[tuple[str, str]]:
    return [(area, area) for area in selectors.areas_of(Vision.objects.filter(archived_at__isnull=True))]


class VisionFilter(django_filters.FilterSet):
    """Text, horizon, area, and what is wrong or missing."""

    folded = ("plan_item", "initiatives", "achievement")

    q = KeywordFilter()
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

    def free_of_hurdles(self, queryset: QuerySet[Vision], _name: str, _value: str) -> QuerySet[Vision]:
        return selectors.free_of_hurdles(queryset)

    def by_initiatives(self, queryset: QuerySet[Vision], _name: str, _value: str) -> QuerySet[Vision]:
        return coverage.without_initiatives(queryset)

    def by_achievement(self, queryset: QuerySet[Vision], _name: str, value: str) -> QuerySet[Vision]:
        return indicators.by_achievement(queryset, value)
