"""Pages of policies: the list, and one policy."""

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
from apps.organization.selectors.lineage import say_todays_names
from apps.roadmap import selectors
from apps.roadmap.filters import PolicyFilter
from apps.roadmap.models import Policy
from apps.roadmap.services import POLICY_ACTS
from apps.roadmap.tables import PolicyTable
from apps.roadmap.views.lists import RoadmapList
from apps.roadmap.views.policy_menu import PAGE, menu_of
from apps.roadmap.views.policy_pages import policy_crumbs
from apps.roadmap.views.policy_story import STORY_LENGTH, WAY, story_of
from apps.roadmap.views.steps import steps_of

POLICY_PARTS = ("versions", "unit_links", "hurdle_links", "common_hurdle_links")


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

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "roadmap.create_policy"):
            return []
        return [{"label": _("Create a policy"), "url": reverse("roadmap:policy-create"), "primary": True}]


class PolicyDetail(DetailPage):
    permission = "roadmap.view_policy"
    template_name = "roadmap/policy_detail.html"

    def get_queryset(self) -> QuerySet[Policy]:
        return selectors.policy_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return policy_crumbs((self.record.number or _("Draft text"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        policy, user = self.record, self.request.user
        parts = selectors.told_parts(policy, POLICY_PARTS, user)
        entries = entries_of(policy, parts=parts, attached=TALK)
        story = story_of(entries)
        return super().get_context_data(
            menu=menu_of(policy, user),
            steps=steps_of(policy.status, WAY),
            deciding=selectors.deciding(policy),
            versions=list(reversed(policy.versions.all())),
            late=selectors.is_late_policy(policy),
            hurdles=selectors.hurdles_of(policy, user),
            common_hurdles=selectors.common_hurdles_of(policy, user),
            may_link=self.may("link_hurdles"),
            may_add_initiative=permitted(user, "roadmap.create_initiative"),
            units=self.units(),
            story=story[:STORY_LENGTH],
            story_is_longer=len(story) > STORY_LENGTH,
            entries=entries,
            panels=panels_for(PAGE, policy, user),
            talk=talk_context(policy, user),
            **kwargs,
        )

    def may(self, verb: str) -> bool:
        """Whether the state and this person's roles admit one of the acts."""
        row = POLICY_ACTS[verb]
        return self.record.status in row.sources and permitted(self.request.user, row.permission, self.record)

    def units(self) -> list[Any]:
        """The bound units, those that have not adopted it first; `is_own` where the person speaks for them."""
        links = list(self.record.unit_links.all())
        say_todays_names(*(link.unit for link in links))
        own = set()
        if self.may("adopt"):
            own = set(selectors.links_to_speak_for(self.record, self.request.user).values_list("pk", flat=True))
        for link in links:
            link.is_own = link.pk in own
        return sorted(links, key=lambda link: link.adopted)
