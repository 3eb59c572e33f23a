"""Pages of initiatives."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import Entry, entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.roadmap import selectors
from apps.roadmap.filters import InitiativeFilter
from apps.roadmap.models import Initiative
from apps.roadmap.tables import InitiativeTable
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.lists import RoadmapList

INITIATIVE_PARTS = ("unit_links", "milestones", "hurdle_links", "dependency_links", "relation_links", "indicators")


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


class InitiativeDetail(DetailPage):
    permission = "roadmap.view_initiatives"
    template_name = "roadmap/initiative_detail.html"

    def get_queryset(self) -> QuerySet[Initiative]:
        return selectors.initiative_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return roadmap_crumbs((_("Initiatives"), reverse("roadmap:initiative-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        initiative, user = self.record, self.request.user
        visible = selectors.initiatives_visible_to(user)
        return super().get_context_data(
            milestones=selectors.milestones_by_year(initiative),
            needed_first=selectors.needed_first(initiative, visible),
            waiting_for=selectors.waiting_for(initiative, visible),
            related=selectors.related_to(initiative, visible),
            moves=selectors.moves_of(initiative),
            may_reschedule=permitted(user, "roadmap.reschedule_initiative", initiative),
            may_link=permitted(user, "roadmap.link_initiatives", initiative),
            indicators=selectors.indicators_of_initiative(initiative),
            hurdles=selectors.hurdles_of(initiative, user),
            entries=self.history(),
            panels=panels_for("roadmap:initiative-detail", initiative, user),
            **kwargs,
        )

    def history(self) -> list[Entry]:
        """The history; changes of the policy are left out where one of the policies is not the person's to see."""
        initiative, user = self.record, self.request.user
        entries = entries_of(initiative, parts=selectors.told_parts(initiative, INITIATIVE_PARTS, user))
        if selectors.tells_policy(initiative, user):
            return entries
        policy = str(Initiative._meta.get_field("policy").verbose_name)
        for entry in entries:
            entry.changes = [change for change in entry.changes if change.label != policy]
        return entries
