"""Pages of policies."""

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
from apps.roadmap.filters import PolicyFilter
from apps.roadmap.models import Policy
from apps.roadmap.tables import PolicyTable
from apps.roadmap.views.crumbs import roadmap_crumbs
from apps.roadmap.views.lists import RoadmapList

POLICY_PARTS = ("versions", "unit_links", "hurdle_links")


class PolicyList(RoadmapList):
    permission = "roadmap.view_policies"
    title = gettext_lazy("Policies")
    table_class = PolicyTable
    filterset_class = PolicyFilter
    file_name = "policies"
    empty_title = gettext_lazy("No policy matches.")
    empty_text = gettext_lazy("Take a filter away. A policy is open to all staff once it is decided.")

    def get_queryset(self) -> QuerySet[Policy]:
        return selectors.policy_list(self.request.user)


class PolicyDetail(DetailPage):
    permission = "roadmap.view_policy"
    template_name = "roadmap/policy_detail.html"

    def get_queryset(self) -> QuerySet[Policy]:
        return selectors.policy_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return roadmap_crumbs((_("Policies"), reverse("roadmap:policy-list")), (name, None))

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
