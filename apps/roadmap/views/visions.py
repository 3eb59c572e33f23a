"""Pages of visions."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import TALK, talk_context
from apps.roadmap import selectors
from apps.roadmap.filters import VisionFilter
from apps.roadmap.models import Vision
from apps.roadmap.selectors.history import indicator_names
from apps.roadmap.selectors.indicators import with_achievement
from apps.roadmap.selectors.visions import way_of
from apps.roadmap.tables import VisionTable
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.indicators import indicator_context
from apps.roadmap.views.lists import RoadmapList

VISION_PARTS = ("hurdle_links", "indicators", "indicators__values")


class VisionList(RoadmapList):
    permission = "roadmap.view_visions"
    title = gettext_lazy("Visions")
    table_class = VisionTable
    filterset_class = VisionFilter
    file_name = "visions"
    empty_title = gettext_lazy("No vision matches.")
    empty_text = gettext_lazy("Take a filter away, or look at the whole roadmap.")

    def get_queryset(self) -> QuerySet[Vision]:
        return with_achievement(selectors.vision_list(self.request.user))

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "roadmap.create_vision"):
            return []
        return [{"label": _("Create a vision"), "url": reverse("roadmap:vision-create"), "primary": True}]


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
        own = set(vision.hurdle_links.values_list("hurdle_id", flat=True))
        hurdles: list[Any] = list(selectors.hurdles_in_the_way(vision, user))
        for hurdle in hurdles:
            hurdle.is_linked_here = hurdle.pk in own
        return super().get_context_data(
            initiatives=initiatives,
            way=way_of(vision, initiatives),
            hurdles=hurdles,
            **indicator_context(vision, user, selectors.indicators_of_vision(vision, initiatives)),
            may={
                "edit": permitted(user, "roadmap.edit_vision", vision),
                "link": permitted(user, "roadmap.link_vision_hurdles", vision),
                "archive": permitted(user, "roadmap.archive_vision", vision),
                "create": permitted(user, "roadmap.create_vision"),
                "add_initiative": permitted(user, "roadmap.create_initiative"),
            },
            talk=talk_context(vision, user),
            entries=entries_of(
                vision,
                parts=selectors.told_parts(vision, VISION_PARTS, user),
                attached=TALK,
                other_words=indicator_names(vision),
            ),
            panels=panels_for("roadmap:vision-detail", vision, user),
            **kwargs,
        )
