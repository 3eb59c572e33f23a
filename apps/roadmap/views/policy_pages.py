"""What the pages about one policy share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages import RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.core.transitions import Transition
from apps.roadmap import selectors
from apps.roadmap.models import Policy
from apps.roadmap.views.crumbs import roadmap_crumbs


def policy_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return roadmap_crumbs((_("Policies"), reverse("roadmap:policy-list")), *further)


class PolicyPage:
    """Where it is found, and the way to it; what the person may not see does not exist."""

    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[Policy]:
        return selectors.policies_visible_to(self.request.user)

    def here(self, label: Any) -> Crumbs:
        """The way to a page behind the policy's own."""
        name = self.record.number or _("Draft text")
        return policy_crumbs((name, self.record.get_absolute_url()), (label, None))


class PolicyVerb(PolicyPage, RecordVerbPage):
    """One verb. The form carries the version of the policy that its reader saw: a second click is told so."""

    row: Transition

    def get_verb_label(self) -> Any:
        return self.row.label

    def crumbs(self) -> Crumbs:
        return self.here(self.get_verb_label())
