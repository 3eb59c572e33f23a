"""Pages of visions."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.roadmap import selectors
from apps.roadmap.filters import VisionFilter
from apps.roadmap.models import Vision
from apps.roadmap.tables import VisionTable
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.lists import RoadmapList

VISION_PARTS = ("hurdle_links", "indicators")


class VisionList(RoadmapList):
    permission = "roadmap.view_visions"
    title = gettext_lazy("Visions")
    table_class = VisionTable
    filterset_class = VisionFilter
    file_name = "visions"
    empty_title = gettext_lazy("No vision matches.")
    empty_text = gettext_lazy("Take a filter away, or look at the whole roadmap.")

    def get_queryset(self) -> QuerySet[Vision]:
        return selectors.vision_list(self.request.user)


class VisionDetail(DetailPage):
    permission = "roadmap.view_visions"
    template_name = "roadmap/vision_detail.html"

    def get_queryset(self) -> QuerySet[Vision]:
        return selectors.vision_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return roadmap_crumbs((_("Visions"), reverse("roadmap:vision-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vision, user = self.record, self.request.user
        initiatives = selectors.initiatives_under(vision, user).order_by("number", "pk")
        return super().get_context_data(
            initiatives=initiatives,
            hurdles=selectors.hurdles_in_the_way(vision, user),
            indicators=selectors.indicators_of_vision(vision, initiatives),
            entries=entries_of(vision, parts=selectors.told_parts(vision, VISION_PARTS, user)),
            panels=panels_for("roadmap:vision-detail", vision, user),
            **kwargs,
        )
