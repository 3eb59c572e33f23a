"""The way to the pages of the budget."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import Proposal
from apps.core.pages.base import Crumbs

HOME_TITLE = gettext_lazy("Budget and grants")


def budget_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work › Budget and grants › what follows; the last one is this page."""
    home = reverse("budget:home") if further else None
    return [(_("My work"), reverse("dashboards:my-work")), (HOME_TITLE, home), *further]


def proposal_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """My work › Budget and grants › budget proposals › what follows."""
    return budget_crumbs((_("Budget proposals"), reverse("budget:proposal-list")), *further)


def behind_proposal(proposal: Proposal, *further: tuple[Any, str | None]) -> Crumbs:
    """My work › Budget and grants › budget proposals › the proposal › what follows."""
    return proposal_crumbs((proposal.number or proposal.name, proposal.get_absolute_url()), *further)
