"""The criteria of the preliminary review: which there are, a further one, a change."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms import CriterionForm
from apps.budget.models import ReviewCriterion
from apps.budget.selectors.criteria import criteria_list
from apps.budget.services import create_criterion, edit_criterion
from apps.budget.services.criteria import code_of
from apps.budget.views.plan_pages import plan_crumbs
from apps.core.history import entries_of
from apps.core.pages import CreatePage, Page
from apps.core.pages.base import Crumbs
from apps.core.pages.parts import SeenPart

TITLE = gettext_lazy("Criteria of the preliminary review")


def back() -> HttpResponse:
    return HttpResponseRedirect(reverse("budget:criteria-list"))


class CriteriaList(Page):
    """By what are introduction plans judged?"""

    permission = "budget.edit_criteria"
    title = TITLE
    template_name = "budget/criteria_list.html"

    def crumbs(self) -> Crumbs:
        return plan_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(criteria=criteria_list(), **kwargs)


class CriterionCreate(CreatePage):
    permission = "budget.edit_criteria"
    title = gettext_lazy("Add a criterion")
    template_name = "budget/criterion_form.html"
    form_class = CriterionForm

    def crumbs(self) -> Crumbs:
        return plan_crumbs((TITLE, reverse("budget:criteria-list")), (self.title, None))

    def existing(self, uid: UUID) -> ReviewCriterion | None:
        return ReviewCriterion.objects.filter(code=code_of(uid)).first()

    def again(self, record: Any) -> HttpResponse:
        return back()

    def create(self, form: Any) -> HttpResponse:
        create_criterion(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        messages.success(self.request, _("Added."))
        return back()


class CriterionEdit(SeenPart):
    permission = "budget.edit_criteria"
    verb_label = gettext_lazy("Change the criterion")
    template_name = "budget/criterion_form.html"
    form_class = CriterionForm

    def load(self) -> None:
        found = criteria_list().filter(pk=self.kwargs["criterion"]).first()
        if found is None:
            raise Http404
        self.record = self.part = found

    def crumbs(self) -> Crumbs:
        return plan_crumbs((TITLE, reverse("budget:criteria-list")), (self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(entries=entries_of(self.record), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        seen, user = form.cleaned_data["seen"], self.request.user
        edit_criterion(criterion=self.record, seen=seen, values=form.values(), by=user)
        messages.success(self.request, _("Saved."))
        return back()
