"""Where an introduction plan belongs: its hurdles, its proposal, and the step to a draft of one."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms import PlanHurdleForm, PlanProposalForm, PlanUnlinkForm
from apps.budget.models import Proposal
from apps.budget.services import (
    PLAN_ACTS,
    draft_proposal_of_plan,
    link_plan_hurdle,
    link_proposal,
    unlink_plan_hurdle,
)
from apps.budget.views.drafting import DraftProposalPage
from apps.budget.views.plan_pages import PlanPage, PlanVerb
from apps.core.pages import Facts
from apps.core.pages.base import Crumbs
from apps.hurdles.models import Hurdle
from apps.roadmap.views.hurdle_links import HurdleRemovePage, HurdlesPage

# What is taken over, and to where; what stays is said, too.
PROPOSAL_TAKES = (
    gettext_lazy("Year, section, effect and hurdles are taken over as they are; so is the review's result."),
    gettext_lazy(
        "The present state goes to “Purpose”, what is introduced to the outline, the procurement to the contract."
    ),
    gettext_lazy("The grant programme of the intent survey is taken over where the plan came from there."),
    gettext_lazy(
        "Costs and sources, schedule, staff and security stay in the plan; costs are entered in the proposal."
    ),
)


class PlanHurdles(PlanPage, HurdlesPage):
    """Which hurdles it clears; another one is added by its number, which the search below helps to find."""

    permission = "budget.edit_plan"
    verb_label = PLAN_ACTS["link_hurdles"].label
    template_name = "budget/plan_hurdles.html"
    form_class = PlanHurdleForm

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def link(self, hurdle: Hurdle, _form: Any) -> None:
        link_plan_hurdle(plan=self.record, hurdle=hurdle, by=self.request.user)


class PlanHurdleRemove(PlanPage, HurdleRemovePage):
    permission = "budget.edit_plan"
    verb_label = PLAN_ACTS["link_hurdles"].label
    form_class = PlanUnlinkForm

    def get_verb_label(self) -> Any:
        return _("Take the hurdle out")

    def crumbs(self) -> Crumbs:
        return self.here(self.get_verb_label())

    def unlink(self, reason: str) -> None:
        unlink_plan_hurdle(plan=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)


class PlanProposal(PlanVerb):
    """To which proposal of the same section and year does it belong?"""

    permission = "budget.link_plan"
    row = PLAN_ACTS["link_proposal"]
    form_class = PlanProposalForm

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "user": self.request.user}

    def facts(self) -> Facts:
        return [(_("What follows"), _("The proposal says what the preliminary review of the plan says."))]

    def done(self, form: Any) -> HttpResponse:
        return self.go(link_proposal(plan=self.record, **self.said(form)), _("Saved."))


class PlanDraftProposal(PlanPage, DraftProposalPage):
    """One step from the plan to a draft that asks for it, once."""

    permission = "budget.link_plan"
    verb_label = PLAN_ACTS["draft_proposal"].label
    takes = PROPOSAL_TAKES

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def draft(self, **chosen: Any) -> Proposal:
        return draft_proposal_of_plan(plan=self.record, by=self.request.user, **chosen)
