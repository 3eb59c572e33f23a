"""What a proposal serves, the tasks whose hours it saves, and what was measured of its outcomes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.hours import HoursForm
from apps.budget.forms.proposal_parts import MeasureForm
from apps.budget.forms.proposals import ServeForm
from apps.budget.selectors.editing import may_edit
from apps.budget.selectors.serving import KINDS, linked_to, offered_to, seen_record, tasks_to_offer
from apps.budget.services.outcomes import measure_outcome
from apps.budget.services.serving import count_hours, link_proposal, unlink_proposal
from apps.budget.views.proposal_pages import ProposalPage
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.pages import VerbPage
from apps.core.permissions import permitted, require


class ProposalServes(ProposalPage, VerbPage):
    """Which records it serves: found by their words, added and taken out with one click each."""

    permission = "budget.edit_proposal"
    verb_label = gettext_lazy("What it serves")
    template_name = "budget/proposal_serves.html"
    form_class = ServeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.request.GET.get("q", "")
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in KINDS else "hurdle"
        return super().get_context_data(
            q=asked,
            kind=kind,
            kinds=[(name, row.label) for name, row in KINDS.items()],
            linked=[(name, row.label, linked_to(self.record, name, user)) for name, row in KINDS.items()],
            offered=offered_to(self.record, kind, user, asked),
            **kwargs,
        )

    def done(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        record = seen_record(said["kind"], self.request.user, said["record"])
        if record is None:
            form.add_error(None, _("There is no such record."))
            return self.show(form, status=422)
        write = link_proposal if said["act"] == "add" else unlink_proposal
        write(proposal=self.record, kind=said["kind"], record=record, by=self.request.user)
        messages.success(self.request, _("Added.") if said["act"] == "add" else _("Removed."))
        return HttpResponseRedirect(reverse("budget:proposal-serves", args=[self.record.address]))


class ProposalWorkloadPage(ProposalPage, VerbPage):
    """How many hours of which measured tasks it saves."""

    permission = "budget.edit_proposal"
    verb_label = gettext_lazy("Hours of tasks saved")
    template_name = "budget/proposal_workload.html"
    form_class = HoursForm

    def load(self) -> None:
        super().load()
        self.q = self.request.GET.get("q", "")

    def form_arguments(self) -> dict[str, Any]:
        links = list(self.record.workload_links.select_related("entry__unit"))
        there = [link.entry for link in links]
        offered = tasks_to_offer(self.record, self.request.user, self.q, there)
        return {"tasks": [*there, *offered], "hours": {link.entry_id: link.hours_saved for link in links}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(q=self.q, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        proposal = count_hours(proposal=self.record, hours=form.hours(), by=self.request.user)
        return self.go(proposal, _("The hours are kept."))


class ProposalOutcomes(ProposalPage, VerbPage):
    """What it is measured by, and what was measured, also years later; who sees the proposal reads it."""

    permission = "budget.view_proposal"
    verb_label = gettext_lazy("Outcome indicators")
    template_name = "budget/proposal_outcomes.html"
    form_class = MeasureForm

    def form_arguments(self) -> dict[str, Any]:
        year = FiscalYear.of(clock.today())
        return {"proposal": self.record, "initial": {"fiscal_year": year}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            outcomes=list(self.record.outcomes.prefetch_related("values")),
            may_edit=may_edit(self.record, user),
            may_measure=permitted(user, "budget.measure_outcome", self.record),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(request.user, "budget.measure_outcome", self.record)
        return super().post(request, *args, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        measure_outcome(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("What was measured is kept."))
        return HttpResponseRedirect(reverse("budget:proposal-outcomes", args=[self.record.address]))
