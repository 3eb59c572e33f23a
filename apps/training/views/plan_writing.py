"""Pages on which a training plan is drafted, changed, planned year by year, decided, ended, revised and archived."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.fiscal import FiscalYear
from apps.core.forms import VerbForm
from apps.core.history import Entry, entries_of
from apps.core.pages import CreatePage, EditPage, Facts, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.training import selectors
from apps.training.forms.plans import DecideForm, PlanForm, PlanYearForm
from apps.training.forms.words import ReasonForm
from apps.training.models import TrainingPlan
from apps.training.selectors.plans import courses_to_plan, period_of, plan_table, year_of
from apps.training.services.plan_flow import PLAN_ACTS, PLAN_FLOW
from apps.training.services.plan_verbs import decide_plan, end_plan, revise_plan
from apps.training.services.plans import archive_plan, create_plan, edit_plan, plan_courses
from apps.training.views.crumbs import plan_crumbs
from apps.training.views.plan_menu import year_url

PLAN_PARTS = ("costs", "planned_courses", "unit_links", "profile_links")


class PlanCreate(CreatePage):
    permission = "training.create_plan"
    title = gettext_lazy("Draft a training plan")
    template_name = "training/plan_form.html"

    def load(self) -> None:
        self.form_class = partial(PlanForm, user=self.request.user)  # type: ignore[assignment]

    def crumbs(self) -> Crumbs:
        return plan_crumbs((_("New"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("training:plan-list"), **kwargs)

    def existing(self, uid: UUID) -> TrainingPlan | None:
        return selectors.plans_visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        plan = create_plan(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        return self.go(plan, _("The plan is drafted. Plan its courses year by year."))


class _PlanPage:
    """A page behind that of one plan."""

    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plans_visible_to(self.request.user).select_related("lead_unit")

    def last_entry(self, present: Any) -> Entry:
        return entries_of(present, parts=PLAN_PARTS)[0]

    def way(self, label: Any) -> Crumbs:
        plan = self.record
        return plan_crumbs((plan.number or plan.name, plan.get_absolute_url()), (label, None))


class PlanEdit(_PlanPage, EditPage):
    permission = "training.edit_plan"
    template_name = "training/plan_form.html"

    def load(self) -> None:
        super().load()
        self.form_class = partial(PlanForm, user=self.request.user)  # type: ignore[assignment]

    def crumbs(self) -> Crumbs:
        return self.way(_("Edit"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.record.get_absolute_url(), **kwargs)

    def save(self, form: Any) -> HttpResponse:
        return self.go(edit_plan(plan=self.record, **self.said(form)), _("Saved."))


class PlanCourses(_PlanPage, EditPage):
    """The courses of one year, and the ways to the other years."""

    permission = "training.plan_courses"
    template_name = "training/plan_year.html"
    year: FiscalYear

    def load(self) -> None:
        super().load()
        year = year_of(self.record, self.kwargs["year"])
        if year is None:
            raise Http404
        self.year = year
        courses = selectors.courses_visible_to(self.request.user).select_related("profile")
        offered = courses_to_plan(self.record, courses)
        self.form_class = partial(PlanYearForm, year=year, courses=offered)  # type: ignore[assignment]

    def get_title(self) -> Any:
        return _("Courses of %(year)s") % {"year": self.year}

    def crumbs(self) -> Crumbs:
        return self.way(self.get_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.record
        years = [(year, year_url(plan, str(int(year))), year == self.year) for year in period_of(plan)]
        return super().get_context_data(
            year=self.year,
            years=years,
            cancel_url=plan.get_absolute_url(),
            **kwargs,
        )

    def save(self, form: Any) -> HttpResponse:
        plan = plan_courses(
            plan=self.record,
            fiscal_year=self.year,
            total_k=form.cleaned_data["total_k"],
            courses=form.planned(),
            by=self.request.user,
            version=form.cleaned_data["version"] or 0,
        )
        if "next" in self.request.POST and self.year < plan.to_year:
            messages.success(self.request, _("%(year)s is planned.") % {"year": self.year})
            return HttpResponseRedirect(year_url(plan, str(int(self.year.next))))
        return self.go(plan, _("%(year)s is planned.") % {"year": self.year})


class _PlanVerb(_PlanPage, RecordVerbPage):
    """One verb."""

    form_class: type[VerbForm] = ReasonForm

    def crumbs(self) -> Crumbs:
        return self.way(self.get_verb_label())


class PlanDecide(_PlanVerb):
    permission = "training.decide_plan"
    verb_label = PLAN_FLOW["decide"].label
    form_class = DecideForm

    def facts(self) -> Facts:
        table = plan_table(selectors.plan_detail(self.request.user).get(pk=self.record.pk))
        return [
            (_("Period"), f"{self.record.from_year}～{self.record.to_year}"),
            (_("Courses"), "\n".join(row.course.name for row in table.rows) or _("None")),
            (_("What follows"), _("It gets its number. What is decided is revised before it is changed.")),
        ]

    def done(self, form: Any) -> HttpResponse:
        plan = decide_plan(plan=self.record, **self.said(form))
        return self.go(plan, _("Decided as %(number)s.") % {"number": plan.number})


class PlanEnd(_PlanVerb):
    permission = "training.end_plan"
    verb_label = PLAN_FLOW["end"].label

    def facts(self) -> Facts:
        return [(_("What follows"), _("What it was to bring counts no more in the gap. Its courses stay."))]

    def done(self, form: Any) -> HttpResponse:
        return self.go(end_plan(plan=self.record, **self.said(form)), _("The plan is ended."))


class PlanRevise(_PlanVerb):
    permission = "training.revise_plan"
    verb_label = PLAN_FLOW["revise"].label

    def facts(self) -> Facts:
        plan = self.record
        day = wareki.format_date(plan.decided_on) if plan.decided_on else "－"
        return [
            (_("Decided on"), " ".join(filter(None, (day, plan.approval_number)))),
            (_("What follows"), _("It is a draft again under its number, and needs a new decision.")),
        ]

    def done(self, form: Any) -> HttpResponse:
        return self.go(revise_plan(plan=self.record, **self.said(form)), _("It is a draft again."))


class PlanArchive(_PlanVerb):
    permission = "training.archive_plan"
    verb_label = PLAN_ACTS["archive"].label

    def done(self, form: Any) -> HttpResponse:
        archive_plan(plan=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("training:plan-list"))
