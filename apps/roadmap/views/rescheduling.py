"""Moving the dates of an initiative: the form, what it would do to the plan, and the act."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.pages import VerbPage
from apps.roadmap import selectors
from apps.roadmap.forms.schedule import RescheduleForm
from apps.roadmap.services.rescheduling import NothingMoves, PlanChanged, reschedule_initiative
from apps.roadmap.services.schedule_preview import Rescheduling, after_what_it_needs, plan_rescheduling
from apps.roadmap.views.initiative_pages import InitiativePage


class InitiativeReschedule(InitiativePage, VerbPage):
    """The pressed button says which step it is: to the preview, back to the form (`change`), or `confirm`."""

    permission = "roadmap.reschedule_initiative"
    verb_label = gettext_lazy("Move the dates")
    template_name = "roadmap/initiative_reschedule.html"
    form_class = RescheduleForm

    def form_arguments(self) -> dict[str, Any]:
        dates: Any = self.record
        if self.request.GET.get("propose") == "after":
            dates = after_what_it_needs(self.record) or self.record
        return {"initial": {"starts_on": dates.starts_on, "ends_on": dates.ends_on}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visible = selectors.initiatives_visible_to(self.request.user)
        unfit = [each.initiative for each in selectors.needed_first(self.record, visible) if each.in_conflict]
        proposal = after_what_it_needs(self.record) if unfit else None
        return super().get_context_data(unfit=unfit, proposal=proposal, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        if "change" in self.request.POST:
            return self.show(form)
        if "confirm" in self.request.POST:
            return self.confirm(form)
        dates = form.cleaned_data
        if (dates["starts_on"], dates["ends_on"]) == (self.record.starts_on, self.record.ends_on):
            form.add_error("ends_on", _("These are the dates that it has already."))
            return self.show(form, status=422)
        plan = plan_rescheduling(
            initiative=self.record, starts_on=dates["starts_on"], ends_on=dates["ends_on"], carry=dates["carry"]
        )
        return self.preview(form, plan)

    def preview(self, form: Any, plan: Rescheduling, *, outdated: bool = False) -> HttpResponse:
        context = self.get_context_data(form=form, plan=plan, outdated=outdated)
        return self.render_to_response(context, status=409 if outdated else 200)

    def confirm(self, form: Any) -> HttpResponse:
        seen = self.request.POST.get("seen", "")
        try:
            plan = reschedule_initiative(initiative=self.record, **form.cleaned_data, seen=seen, by=self.request.user)
        except PlanChanged as changed:
            return self.preview(form, changed.plan, outdated=True)
        except NothingMoves:  # a second click
            return self.go(self.record, _("The dates are moved."))
        said = ngettext("%(count)d initiative is moved.", "%(count)d initiatives are moved.", len(plan.lines))
        if plan.misfits:
            messages.warning(self.request, _("Some dates still do not fit together."))
        return self.go(self.record, said % {"count": len(plan.lines)})
