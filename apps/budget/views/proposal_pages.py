"""What the pages about one proposal share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.budget.models import Proposal
from apps.budget.selectors import visible_to
from apps.budget.views.crumbs import budget_crumbs
from apps.core.pages.base import Crumbs


def proposal_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """Budget proposals › what follows."""
    return budget_crumbs((_("Budget proposals"), reverse("budget:proposal-list")), *further)


class ProposalPage:
    """Where it is found, and the way to a page behind its own; for what has a verb's label."""

    request: Any
    record: Any
    get_verb_label: Any

    def get_queryset(self) -> QuerySet[Proposal]:
        return visible_to(self.request.user).select_related("stage", "requesting_unit", "owning_unit")

    def crumbs(self) -> Crumbs:
        here = (self.record.number or self.record.name, self.record.get_absolute_url())
        return proposal_crumbs(here, (self.get_verb_label(), None))
