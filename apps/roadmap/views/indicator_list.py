"""All indicators of the roadmap in one list: which were measured, and which targets were met."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from apps.roadmap.filters import IndicatorFilter
from apps.roadmap.selectors.indicators import indicator_list
from apps.roadmap.tables import IndicatorTable
from apps.roadmap.views.lists import RoadmapList


class IndicatorList(RoadmapList):
    permission = "roadmap.view_indicators"
    title = gettext_lazy("Indicators")
    table_class = IndicatorTable
    filterset_class = IndicatorFilter
    file_name = "indicators"
    empty_title = gettext_lazy("No indicator matches.")
    empty_text = gettext_lazy("Take a filter away. Indicators are added on the page of a vision or an initiative.")

    def get_queryset(self) -> QuerySet[Any]:
        return indicator_list(self.request.user)
