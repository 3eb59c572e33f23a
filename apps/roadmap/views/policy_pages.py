"""What the pages about one policy share."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.pages import VerbPage
from apps.core.pages.base import Crumbs
from apps.core.transitions import Transition
from apps.roadmap import selectors
from apps.roadmap.forms import PolicyVerbForm
from apps.roadmap.models import Policy
from apps.roadmap.views.crumbs import roadmap_crumbs

Facts = list[tuple[Any, Any]]


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


class PolicyVerb(PolicyPage, VerbPage):
    """One verb. The form carries the version of the policy that its reader saw: a second click is told so."""

    form_class: type[BaseForm] = PolicyVerbForm
    row: Transition

    def get_verb_label(self) -> Any:
        return self.row.label

    def crumbs(self) -> Crumbs:
        return self.here(self.get_verb_label())

    def form_arguments(self) -> dict[str, Any]:
        return {"record": self.record}

    def facts(self) -> Facts:
        """What one has to know before one does it."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=self.facts(), **kwargs)

    def stale(self, form: Any, present: Any) -> HttpResponse:
        """The words that were typed stay; the next click starts from what stands now."""
        self.record = present
        moved = form.moved_to(present)
        moved.is_valid()
        return super().stale(moved, present)

    def said(self, form: Any) -> dict[str, Any]:
        """What the form says to the service, and who says it."""
        return {**form.values(), "version": form.cleaned_data["version"] or 0, "by": self.request.user}
