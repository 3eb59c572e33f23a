"""The view of the owning unit: the secretariat asks, the unit answers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import VerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles.forms import AnswerForm, AskOwnerForm
from apps.hurdles.models import Hurdle, OwnerView
from apps.hurdles.selectors import standing_question, visible_to
from apps.hurdles.services import answer_owner_view, ask_owner_view, usual_due_date
from apps.hurdles.services.owner_views import ASKED
from apps.hurdles.views.crumbs import hurdle_crumbs


class _OfOwner(VerbPage):
    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user).select_related("owning_unit", "reporting_unit", "reporter")

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, self.record.get_absolute_url()), (self.verb_label, None))


class OwnerViewAsk(_OfOwner):
    permission = "hurdles.ask_owner_view"
    verb_label = gettext_lazy("Ask the owning unit for its view")
    form_class: type[forms.BaseForm] = AskOwnerForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"owning_unit": self.record.owning_unit_id, "due_on": usual_due_date()}}

    def done(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        view = ask_owner_view(
            hurdle=self.record,
            unit=values["owning_unit"],
            due_on=values["due_on"],
            reason=values["reason"],
            by=self.request.user,
        )
        return self.go(self.record, _("%(unit)s is asked for its view.") % {"unit": view.unit})


class OwnerViewAnswer(_OfOwner):
    permission = "hurdles.answer_owner_view"
    verb_label = gettext_lazy("Give the view of the owning unit")
    template_name = "hurdles/owner_view_answer.html"
    form_class: type[forms.BaseForm] = AnswerForm
    view_asked: OwnerView

    def load(self) -> None:
        super().load()
        view = standing_question(self.record)
        if view is None:
            raise Http404
        view.hurdle, self.view_asked = self.record, view

    def permission_subject(self) -> OwnerView:
        return self.view_asked

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(view_asked=self.view_asked, words=self.words_of_the_asker(), **kwargs)

    def words_of_the_asker(self) -> str:
        """What the secretariat wants to know: the reason of its last question."""
        return next((entry.reason for entry in entries_of(self.view_asked) if entry.event == ASKED.name), "")

    def done(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        answer_owner_view(view=self.view_asked, answer=values["answer"], reason=values["reason"], by=self.request.user)
        return self.go(self.record, _("The view is given. The reporting unit is told."))
