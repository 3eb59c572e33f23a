"""Pages of the roadmap: the whole way, and its visions, policies and initiatives."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import Entry, entries_of
from apps.core.pages import DetailPage, ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.registry import Figure, panels_for, standpoint_today
from apps.roadmap import figures, selectors
from apps.roadmap.filters import InitiativeFilter, PolicyFilter, VisionFilter
from apps.roadmap.models import Initiative, Policy, Vision
from apps.roadmap.tables import InitiativeTable, PolicyTable, VisionTable

VISION_PARTS = ("hurdle_links", "indicators")
POLICY_PARTS = ("versions", "unit_links", "hurdle_links")
INITIATIVE_PARTS = ("unit_links", "milestones", "hurdle_links", "dependency_links", "relation_links", "indicators")
SHOWN_FIGURES = (
    figures.VISIONS,
    figures.POLICIES,
    figures.INITIATIVES,
    figures.INITIATIVES_LATE,
    figures.CONFLICTS,
)
# More than these do not fit above a table; the list shows all.
CONFLICTS_NAMED = 5


def _crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [
        (_("My work"), reverse("dashboards:my-work")),
        (_("Roadmap"), reverse("roadmap:overview")),
        *further,
    ]


class Overview(Page):
    """The way from the ten-year visions to the initiatives, in one table."""

    permission = "roadmap.view_overview"
    title = gettext_lazy("Roadmap")
    template_name = "roadmap/overview.html"

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            stats=[self.stat(figure) for figure in SHOWN_FIGURES],
            conflicts=list(selectors.conflicts()[: CONFLICTS_NAMED + 1]),
            conflicts_named=CONFLICTS_NAMED,
            conflicts_url=figures.CONFLICTS.link(standpoint_today(user)),
            areas=selectors.way_to_visions(user),
            **kwargs,
        )

    def stat(self, figure: Figure) -> dict[str, Any]:
        here = standpoint_today(self.request.user)
        return {"label": figure.label, "value": figure.count(here), "unit": figure.unit, "url": figure.link(here)}


class _RoadmapList(ListPage):
    template_name = "roadmap/record_list.html"

    def crumbs(self) -> Crumbs:
        return _crumbs((self.title, None))


class VisionList(_RoadmapList):
    permission = "roadmap.view_visions"
    title = gettext_lazy("Visions")
    table_class = VisionTable
    filterset_class = VisionFilter
    file_name = "visions"
    empty_title = gettext_lazy("No vision matches.")
    empty_text = gettext_lazy("Take a filter away, or look at the whole roadmap.")

    def get_queryset(self) -> QuerySet[Vision]:
        return selectors.vision_list(self.request.user)


class PolicyList(_RoadmapList):
    permission = "roadmap.view_policies"
    title = gettext_lazy("Policies")
    table_class = PolicyTable
    filterset_class = PolicyFilter
    file_name = "policies"
    empty_title = gettext_lazy("No policy matches.")
    empty_text = gettext_lazy("Take a filter away. A policy is open to all staff once it is decided.")

    def get_queryset(self) -> QuerySet[Policy]:
        return selectors.policy_list(self.request.user)


class InitiativeList(_RoadmapList):
    permission = "roadmap.view_initiatives"
    title = gettext_lazy("Initiatives")
    table_class = InitiativeTable
    filterset_class = InitiativeFilter
    file_name = "initiatives"
    empty_title = gettext_lazy("No initiative matches.")
    empty_text = gettext_lazy("Take a filter away, or look at the whole roadmap.")

    def get_queryset(self) -> QuerySet[Initiative]:
        return selectors.initiative_list(self.request.user)


class VisionDetail(DetailPage):
    permission = "roadmap.view_visions"
    template_name = "roadmap/vision_detail.html"

    def get_queryset(self) -> QuerySet[Vision]:
        return selectors.vision_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return _crumbs((_("Visions"), reverse("roadmap:vision-list")), (name, None))

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


class PolicyDetail(DetailPage):
    permission = "roadmap.view_policy"
    template_name = "roadmap/policy_detail.html"

    def get_queryset(self) -> QuerySet[Policy]:
        return selectors.policy_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return _crumbs((_("Policies"), reverse("roadmap:policy-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy, user = self.record, self.request.user
        return super().get_context_data(
            versions=list(reversed(policy.versions.all())),
            late=selectors.is_late_policy(policy),
            hurdles=selectors.hurdles_of(policy, user),
            entries=entries_of(policy, parts=selectors.told_parts(policy, POLICY_PARTS, user)),
            panels=panels_for("roadmap:policy-detail", policy, user),
            **kwargs,
        )


class InitiativeDetail(DetailPage):
    permission = "roadmap.view_initiatives"
    template_name = "roadmap/initiative_detail.html"

    def get_queryset(self) -> QuerySet[Initiative]:
        return selectors.initiative_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return _crumbs((_("Initiatives"), reverse("roadmap:initiative-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        initiative, user = self.record, self.request.user
        visible = selectors.initiatives_visible_to(user)
        return super().get_context_data(
            milestones=selectors.milestones_by_year(initiative),
            needed_first=selectors.needed_first(initiative, visible),
            waiting_for=selectors.waiting_for(initiative, visible),
            related=selectors.related_to(initiative, visible),
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
