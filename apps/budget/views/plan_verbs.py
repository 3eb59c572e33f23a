"""Pages of the verbs that move an introduction plan; each says what it needs before one does it."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext as _

from apps.budget.choices import PlanStatus, PreReviewResult
from apps.budget.exports.plan_paper import filled_parts
from apps.budget.forms import PlanReviewForm, ReasonForm
from apps.budget.models import IntroductionPlan
from apps.budget.selectors import days_of_review, plan_detail
from apps.budget.selectors.criteria import earlier_review
from apps.budget.selectors.plan_parts import missing_in
from apps.budget.services import (
    PLAN_ACTS,
    PLAN_FLOW,
    mark_priority,
    reopen_plan,
    return_plan,
    review_plan,
    submit_plan,
    unmark_priority,
)
from apps.budget.views.plan_pages import PlanPage, PlanVerb
from apps.core import clock, wareki
from apps.core.pages import EditPage, Facts
from apps.core.pages.base import Crumbs


class PlanSubmit(PlanVerb):
    permission = "budget.submit_plan"
    row = PLAN_FLOW["submit"]

    def facts(self) -> Facts:
        missing, last = missing_in(self.record), days_of_review(self.record.fiscal_year)[0]
        said = "、".join(missing) if missing else _("Nothing: every part that the review needs is there.")
        facts: Facts = [(_("Still missing"), said)]
        if last:
            words = _("%(day)s (has passed: it is handed in late)") if last < clock.today() else "%(day)s"
            facts.append((_("Hand in by"), words % {"day": wareki.format_date(last)}))
        return facts

    def done(self, form: Any) -> HttpResponse:
        return self.go(submit_plan(plan=self.record, **self.said(form)), _("Handed in for review."))


class PlanReturn(PlanVerb):
    permission = "budget.return_plan"
    row = PLAN_FLOW["return"]
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(return_plan(plan=self.record, **self.said(form)), _("Returned; the section is told why."))


class PlanReopen(PlanVerb):
    permission = "budget.reopen_plan"
    row = PLAN_FLOW["reopen"]
    form_class = ReasonForm

    def facts(self) -> Facts:
        plan: Any = self.record
        return [(_("Preliminary review"), f"{plan.get_result_display()}\n{plan.review_words}".strip())]

    def done(self, form: Any) -> HttpResponse:
        return self.go(reopen_plan(plan=self.record, **self.said(form)), _("Returned; the section is told why."))


class PlanReview(PlanPage, EditPage):
    """What does the review come to? Two who judge at once see what the other one has said."""

    permission = "budget.review_plan"
    template_name = "budget/plan_review.html"
    form_class = PlanReviewForm
    verb_label: ClassVar[Any] = PLAN_FLOW["review"].label

    def get_queryset(self) -> Any:
        return plan_detail(self.request.user)

    def get_title(self) -> Any:
        return _("Preliminary review: %(title)s") % {"title": self.record.title}

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan: Any = self.record
        is_open = plan.status in PLAN_FLOW["review"].sources
        return super().get_context_data(
            parts=filled_parts(plan), earlier=earlier_review(plan), is_open=is_open, **kwargs
        )

    def save(self, form: Any) -> HttpResponse:
        said = form.cleaned_data
        common = {"plan": self.record, "points": form.given(), "by": self.request.user, "version": said["version"] or 0}
        if said["result"] == PreReviewResult.RETURNED and self.record.status != PlanStatus.REVIEWED:
            return self.told(return_plan(reason=said["words"], **common))
        return self.told(review_plan(result=said["result"], words=said["words"], **common))

    def told(self, plan: IntroductionPlan) -> HttpResponse:
        words = _("The review is kept: %(result)s. The section is told.") % {"result": plan.get_result_display()}
        return self.go(plan, words)


class PlanMarkPriority(PlanVerb):
    permission = "budget.mark_priority"
    row = PLAN_ACTS["mark_priority"]
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(mark_priority(plan=self.record, **self.said(form)), _("It is a priority case."))


class PlanUnmarkPriority(PlanVerb):
    permission = "budget.mark_priority"
    row = PLAN_ACTS["unmark_priority"]
    form_class = ReasonForm

    def facts(self) -> Facts:
        plan: Any = self.record
        return [(_("Why it is a priority case"), plan.priority_reason or "－")]

    def done(self, form: Any) -> HttpResponse:
        return self.go(unmark_priority(plan=self.record, **self.said(form)), _("It is a priority case no more."))
