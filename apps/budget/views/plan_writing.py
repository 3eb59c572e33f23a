"""Pages with which an introduction plan is begun, changed and laid aside."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms import PlanForm, ReasonForm
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import days_of_review, request_year, visible_plans
from apps.budget.services import PLAN_ACTS, archive_plan, create_plan, edit_plan
from apps.budget.views.plan_pages import PlanPage, PlanVerb, plan_crumbs
from apps.core.pages import CreatePage, EditPage
from apps.core.pages.base import Crumbs


class PlanCreate(CreatePage):
    """A new draft: what is to be introduced or renewed, part by part."""

    permission = "budget.create_plan"
    title = gettext_lazy("Write an introduction plan")
    template_name = "budget/plan_form.html"
    form_class = PlanForm

    def crumbs(self) -> Crumbs:
        return plan_crumbs((_("New"), None))

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "user": self.request.user}

    def existing(self, uid: UUID) -> IntroductionPlan | None:
        return visible_plans(self.request.user).filter(uid=uid).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hand_in=days_of_review(request_year())[0], **kwargs)

    def create(self, form: Any) -> HttpResponse:
        plan = create_plan(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        return self.go(plan, _("The draft is kept. Add the hurdles that it clears, and hand it in when it is whole."))


class PlanEdit(PlanPage, EditPage):
    permission = "budget.edit_plan"
    template_name = "budget/plan_form.html"
    form_class = PlanForm
    verb_label: ClassVar[Any] = PLAN_ACTS["edit"].label

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def save(self, form: Any) -> HttpResponse:
        plan = edit_plan(plan=self.record, **self.said(form))
        return self.go(plan, _("Saved."))


class PlanArchive(PlanVerb):
    permission = "budget.archive_plan"
    row = PLAN_ACTS["archive"]
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_plan(plan=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.title})
        return HttpResponseRedirect(reverse("budget:plan-list"))
