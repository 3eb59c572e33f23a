"""Pages on which one says how a course is measured, and what was measured."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import money
from apps.core.pages import Facts, SeenPart, VerbPage
from apps.training.forms.evaluations import ActualForm, EvaluationForm, TakeOutForm
from apps.training.models import Evaluation
from apps.training.services.evaluations import (
    add_evaluation,
    change_evaluation,
    record_evaluation,
    remove_evaluation,
)
from apps.training.views.course_pages import CoursePage


class _EvaluationPage(CoursePage, VerbPage):
    """A page about one evaluation of a course; without one in the address it is about a new one."""

    permission = "training.record_evaluation"
    part: Any = None

    def load(self) -> None:
        super().load()
        if "part" in self.kwargs:
            rows = Evaluation.objects.filter(course=self.record).select_related("level")
            self.part = rows.filter(pk=self.kwargs["part"]).first()
            if self.part is None:
                raise Http404
            self.part.course = self.record

    def facts(self) -> Facts:
        return []

    def other_way(self) -> tuple[Any, str] | None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=self.facts(), other_way=self.other_way(), **kwargs)


class EvaluationAdd(_EvaluationPage):
    verb_label = gettext_lazy("Add an evaluation")
    form_class = EvaluationForm

    def done(self, form: Any) -> HttpResponse:
        add_evaluation(
            course=self.record, values=form.values(), reason=form.cleaned_data["reason"], by=self.request.user
        )
        return self.go(self.record, _("Added."))


class _SeenEvaluation(SeenPart, _EvaluationPage):
    """What somebody has changed since is not written over."""

    def said(self, form: Any) -> dict[str, Any]:
        said = form.cleaned_data
        return {"evaluation": self.part, "seen": said["seen"], "reason": said["reason"], "by": self.request.user}


class EvaluationChange(_SeenEvaluation):
    verb_label = gettext_lazy("Change the evaluation")
    form_class = EvaluationForm

    def other_way(self) -> tuple[Any, str]:
        address = reverse("training:evaluation-remove", args=[self.record.uid, self.part.pk])
        return EvaluationRemove.verb_label, address

    def save(self, form: Any) -> HttpResponse:
        change_evaluation(values=form.values(), **self.said(form))
        return self.go(self.record, _("Saved."))


class EvaluationRecord(_SeenEvaluation):
    verb_label = gettext_lazy("Record the actual")
    form_class = ActualForm

    def facts(self) -> Facts:
        target = self.part.target
        return [
            (_("Level"), self.part.level),
            (_("Measure"), self.part.measure),
            (_("Target"), "－" if target is None else money.number(target.normalize())),
        ]

    def save(self, form: Any) -> HttpResponse:
        record_evaluation(actual=form.cleaned_data["actual"], **self.said(form))
        return self.go(self.record, _("Saved."))


class EvaluationRemove(_EvaluationPage):
    verb_label = gettext_lazy("Take the evaluation out")
    form_class = TakeOutForm

    def facts(self) -> Facts:
        return [(_("Level"), self.part.level), (_("Measure"), self.part.measure)]

    def done(self, form: Any) -> HttpResponse:
        remove_evaluation(evaluation=self.part, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Taken out."))
