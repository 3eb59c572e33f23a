"""Pages of initiatives: the list, and one initiative."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import talk_context
from apps.roadmap import selectors
from apps.roadmap.filters import InitiativeFilter
from apps.roadmap.models import Initiative
from apps.roadmap.tables import InitiativeTable
from apps.roadmap.views.crumbs import initiative_crumbs
from apps.roadmap.views.indicators import indicator_context
from apps.roadmap.views.initiative_course import course_of_initiative
from apps.roadmap.views.initiative_menu import initiative_menu
from apps.roadmap.views.lists import RoadmapList


class InitiativeList(RoadmapList):
    permission = "roadmap.view_initiatives"
    title = gettext_lazy("Initiatives")
    table_class = InitiativeTable
    filterset_class = InitiativeFilter
    file_name = "initiatives"
    empty_title = gettext_lazy("No initiative matches.")
    empty_text = gettext_lazy("Take a filter away, or look at the whole roadmap.")

    def get_queryset(self) -> QuerySet[Initiative]:
        return selectors.initiative_list(self.request.user)

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "roadmap.create_initiative"):
            return []
        url = reverse("roadmap:initiative-create")
        return [{"label": _("Put an initiative on the roadmap"), "url": url, "primary": True}]


class InitiativeDetail(DetailPage):
    permission = "roadmap.view_initiatives"
    template_name = "roadmap/initiative_detail.html"

    def get_queryset(self) -> QuerySet[Initiative]:
        return selectors.initiative_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return initiative_crumbs((self.record.number or _("Draft"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        initiative, user = self.record, self.request.user
        visible = selectors.initiatives_visible_to(user)
        return super().get_context_data(
            needed_first=selectors.needed_first(initiative, visible),
            waiting_for=selectors.waiting_for(initiative, visible),
            related=selectors.related_to(initiative, visible),
            moves=selectors.moves_of(initiative),
            may_reschedule=permitted(user, "roadmap.reschedule_initiative", initiative),
            **indicator_context(initiative, user, selectors.indicators_of_initiative(initiative)),
            hurdles=selectors.hurdles_of(initiative, user),
            panels=panels_for("roadmap:initiative-detail", initiative, user),
            talk=talk_context(initiative, user),
            menu=initiative_menu(initiative, user),
            **course_of_initiative(initiative, user),
            **kwargs,
        )
