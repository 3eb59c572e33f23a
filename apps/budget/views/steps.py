"""Pages on which the steps of a proposal are planned, and the city's list of them is kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.steps import StepListForm, StepsForm
from apps.budget.models import BackwardStep
from apps.budget.selectors.riding import unseen_days
from apps.budget.selectors.steps import backward_plan, calendar_titles
from apps.budget.services.grant_windows import take_note_of_grant_days
from apps.budget.services.steps import edit_step_list, plan_steps, seen_step_list, seen_steps
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.grant_parts import ProposalStepsPage
from apps.core import clock, wareki
from apps.core.forms import words
from apps.core.pages import Facts, RecordVerbPage, VerbPage
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.core.services import StalePart
from apps.organization.selectors import units_on


class ProposalSteps(ProposalStepsPage, VerbPage):
    """When each step is planned, when it was done, and what it takes otherwise than the list says."""

    permission = "budget.plan_steps"
    verb_label = gettext_lazy("Plan the steps")
    template_name = "budget/proposal_steps.html"
    form_class = StepsForm

    @cached_property
    def own(self) -> dict[int, Any]:
        return {row.step_id: row for row in self.record.steps.all()}

    def form_arguments(self) -> dict[str, Any]:
        units = list(units_on(clock.today()))
        return {"steps": BackwardStep.objects.all(), "own": self.own, "units": units}

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        form.initial["seen"] = seen_steps(self.record)
        return super().show(form, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = {row.step.name: row for row in backward_plan(self.record).rows}
        grid = [(step, boxes, rows.get(step.name)) for step, boxes in kwargs["form"].grid]
        return super().get_context_data(grid=grid, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        try:
            plan_steps(proposal=self.record, rows=form.rows(), seen=seen, by=self.request.user)
        except StalePart:
            return self.moved(form)
        return self.go(self.record, _("The steps are kept."))

    def moved(self, form: Any) -> HttpResponse:
        """Somebody has saved meanwhile: each box in which that differs says so; saving again is a choice."""
        del self.own
        return self.show(both_versions(form, self.form_arguments(), seen_steps(self.record)), status=409)


def both_versions(form: Any, arguments: dict[str, Any], seen: str) -> Any:
    """What was typed, with what stands now said at each box where it differs; the next save starts from `seen`."""
    present = type(form)(**arguments)
    data = form.data.copy()
    data["seen"] = seen
    for name in present.fields.keys() - form.fields.keys():
        data[name] = present[name].value()
    both = type(form)(data, **arguments)
    both.error_title = _("Somebody else has saved in the meantime")
    both.is_valid()
    for bound in present.visible_fields():
        mine, theirs = both.cleaned_data.get(bound.name), present.initial.get(bound.name)
        if bound.name in present.initial and str(mine or "") != str(theirs or ""):
            said = words(bound.field, bound.value()) or "－"
            both.add_error(bound.name, _("Saved meanwhile by somebody else: %(text)s") % {"text": said})
    both.add_error(None, _("Somebody changed this in the meantime. Compare, and save again what is to stand."))
    return both


class ProposalGrantDays(ProposalStepsPage, RecordVerbPage):
    """The days of the call were announced otherwise than assumed: somebody of the proposal takes note of it."""

    permission = "budget.plan_steps"
    verb_label = gettext_lazy("Take note of the announced days")

    def facts(self) -> Facts:
        moved = unseen_days(self.record, backward_plan(self.record).grant)
        return [
            (each.label, f"{wareki.format_date(each.assumed)} → {wareki.format_date(each.announced)}（{each.words}）")
            for each in moved
        ]

    def done(self, form: Any) -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        take_note_of_grant_days(proposal=self.record, version=version, by=self.request.user)
        return self.go(self.record, _("The announced days are taken note of."))


class StepList(FormPage):
    """The city's list of steps: working days before their anchors, and how long they take."""

    permission = "budget.edit_steps"
    title = gettext_lazy("Steps of the backward plan")
    template_name = "budget/step_list.html"
    form_class = StepListForm

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Calendar of the year"), reverse("budget:calendar")), (self.title, None))

    def form_arguments(self) -> dict[str, Any]:
        return {"steps": BackwardStep.objects.all(), "titles": calendar_titles()}

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        form.initial["seen"] = seen_step_list()
        return super().show(form, status=status)

    def done(self, form: Any) -> HttpResponse:
        said = {"steps": form.listed(), "new": form.new(), "titles": form.titles(), "seen": form.cleaned_data["seen"]}
        try:
            edit_step_list(**said, by=self.request.user)
        except StalePart:
            return self.show(both_versions(form, self.form_arguments(), seen_step_list()), status=409)
        messages.success(self.request, _("Saved."))
        return HttpResponseRedirect(reverse("budget:step-list"))
