"""The way to the pages of the budget."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.budget.models import Proposal
from apps.core.pages.base import Crumbs


def budget_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work › what follows; the last one is this page."""
    return [(_("My work"), reverse("dashboards:my-work")), *further]


def proposal_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work › budget proposals › what follows."""
    return budget_crumbs((_("Budget proposals"), reverse("budget:proposal-list")), *further)


def behind_proposal(proposal: Proposal, *further: tuple[Any, str | None]) -> Crumbs:
    """My work › budget proposals › the proposal › what follows."""
    return proposal_crumbs((proposal.number or proposal.name, proposal.get_absolute_url()), *further)
