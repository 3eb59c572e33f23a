"""From a training plan to a draft proposal, in one step."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms import FromPlanForm
from apps.budget.selectors import visible_to
from apps.budget.selectors.from_plan import usual_item, years_to_ask
from apps.budget.services import draft_from_plan
from apps.budget.views.crumbs import proposal_crumbs
from apps.core.pages import VerbPage
from apps.core.pages.base import Crumbs
from apps.training.models import TrainingPlan
from apps.training.selectors import plans_visible_to


class ProposalFromPlan(VerbPage):
    """Which year of the plan do we ask for, and how much is it?"""

    permission = "budget.draft_from_plan"
    verb_label = gettext_lazy("Draft a budget proposal")
    form_class = FromPlanForm
    template_name = "budget/proposal_from_plan.html"

    def load(self) -> None:
        super().load()
        self.years = years_to_ask(self.record, self.request.user)

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return plans_visible_to(self.request.user).select_related("lead_unit")

    def crumbs(self) -> Crumbs:
        plan = (self.record.number or self.record.name, self.record.get_absolute_url())
        return proposal_crumbs(plan, (self.get_verb_label(), None))

    def form_arguments(self) -> dict[str, Any]:
        return {"years": self.years, "item": usual_item(self.record)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(years=self.years, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        user, year = self.request.user, form.fiscal_year()
        there = next((each.proposal for each in self.years if each.year == year), None)
        proposal = there or draft_from_plan(
            plan=self.record,
            fiscal_year=year,
            budget_item=form.cleaned_data["budget_item"],
            expense_item=form.cleaned_data["expense_item"],
            by=user,
        )
        if not visible_to(user).filter(pk=proposal.pk).exists():
            form.add_error("year", _("Another unit asks for this year already."))
            return self.show(form, status=422)
        if there:
            messages.info(self.request, _("This year is asked for already: this is the proposal."))
            return HttpResponseRedirect(there.get_absolute_url())
        return self.go(proposal, _("The proposal is drafted with the costs of the plan."))
