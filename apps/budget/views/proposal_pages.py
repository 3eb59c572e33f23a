"""What the pages about one proposal share."""

from typing import Any

from django.db.models import QuerySet

from apps.budget.models import Proposal
from apps.budget.selectors import visible_to
from apps.budget.views.crumbs import behind_proposal
from apps.core.pages import RecordVerbPage
from apps.core.pages.base import Crumbs


class ProposalPage:
    """Where it is found, and the way to a page behind its own; for what has a verb's label."""

    request: Any
    record: Any
    get_verb_label: Any

    def get_queryset(self) -> QuerySet[Proposal]:
        return visible_to(self.request.user).select_related("stage", "requesting_unit", "owning_unit")

    def crumbs(self) -> Crumbs:
        return behind_proposal(self.record, (self.get_verb_label(), None))


class ProposalVerb(ProposalPage, RecordVerbPage):
    """One verb. The form carries the version of the proposal that its reader saw: a second click is told so."""
