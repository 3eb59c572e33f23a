"""Pages on which a course is added, changed, continued in the next fiscal year, and laid aside."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import Entry
from apps.core.pages import CreatePage, EditPage, Facts, RecordVerbPage, VerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles.selectors.dependencies import by_number
from apps.training import selectors
from apps.training.choices import CourseFormat, PlanStatus
from apps.training.forms.courses import ContinueForm, CourseForm
from apps.training.forms.words import ReasonForm
from apps.training.models import Course, TrainingPlan
from apps.training.services.course_copies import continue_course
from apps.training.services.courses import archive_course, create_course, edit_course
from apps.training.views.course_pages import CoursePage, course_crumbs, course_history


class CourseCreate(CreatePage):
    """`?plan=T-…` and `?hurdle=H-…` say from where one comes: they stand in the form already."""

    permission = "training.create_course"
    title = gettext_lazy("Add a course")
    template_name = "training/course_form.html"

    def load(self) -> None:
        self.form_class = partial(CourseForm, user=self.request.user)  # type: ignore[assignment]

    def crumbs(self) -> Crumbs:
        return course_crumbs((_("New"), None))

    def from_where(self) -> dict[str, Any]:
        """What the address names, where the person sees it."""
        user, asked = self.request.user, self.request.GET
        plans = selectors.plans_visible_to(user).exclude(status=PlanStatus.ENDED)
        plan = TrainingPlan.at_address(plans, asked.get("plan", "")).first()
        hurdle = by_number(user, asked.get("hurdle", ""))
        year = FiscalYear.of(clock.today())
        found: dict[str, Any] = {"fiscal_year": year, "format": CourseFormat.TRAINING}
        if hurdle:
            found |= {"hurdle": hurdle.number, "lead_unit": hurdle.owning_unit_id}
        if plan:
            found |= {"plan": plan.pk, "lead_unit": plan.lead_unit_id, "fiscal_year": max(year, plan.from_year)}
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = str(kwargs["form"]["hurdle"].value() or "")
        hurdle = by_number(self.request.user, number)
        return super().get_context_data(hurdle=hurdle, cancel_url=reverse("training:course-list"), **kwargs)

    def existing(self, uid: UUID) -> Course | None:
        return selectors.courses_visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        hurdle = by_number(user, form.cleaned_data["hurdle"])
        course = create_course(
            uid=form.cleaned_data["uid"], values=form.values(), hurdles=[hurdle] if hurdle else [], by=user
        )
        return self.go(course, _("“%(name)s” is added. Say next what it teaches.") % {"name": course.name})


class CourseEdit(CoursePage, EditPage):
    permission = "training.edit_course"
    template_name = "training/course_form.html"

    def load(self) -> None:
        super().load()
        self.form_class = partial(CourseForm, user=self.request.user)  # type: ignore[assignment]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.record.get_absolute_url(), **kwargs)

    def last_entry(self, present: Any) -> Entry:
        return course_history(present, self.request.user)[0]

    def save(self, form: Any) -> HttpResponse:
        course = edit_course(course=self.record, **self.said(form))
        return self.go(course, _("Saved."))


class CourseContinue(CoursePage, CreatePage, VerbPage):
    """The same course in the next fiscal year: what it teaches goes with it, and it leads back to this one."""

    permission = "training.continue_course"
    form_class = ContinueForm
    template_name = "components/verb_page.html"

    def load(self) -> None:
        super().load()
        self.form_class = partial(ContinueForm, user=self.request.user)  # type: ignore[assignment]

    def get_verb_label(self) -> Any:
        return _("Continue in %(year)s") % {"year": self.record.fiscal_year.next}

    def form_arguments(self) -> dict[str, Any]:
        arguments, course = super().form_arguments(), self.record
        arguments["initial"] |= {"name": course.name, "plan": self._plan(), "adhoc_reason": ""}
        return arguments

    def _plan(self) -> int | None:
        """The plan goes on with the course, where it still runs in the next year."""
        plan = self.record.plan
        runs = plan and plan.status != PlanStatus.ENDED and plan.to_year >= self.record.fiscal_year.next
        return plan.pk if runs else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=self.facts(), **kwargs)

    def facts(self) -> Facts:
        course = self.record
        goes = _("Curriculum, skills, areas and roles, prerequisites, hurdles, and how it is evaluated.")
        stays = _("Sessions and what was measured stay in %(year)s.") % {"year": course.fiscal_year}
        facts: Facts = [(_("What goes with it"), goes), (_("What stays"), stays)]
        if course.is_ad_hoc:
            facts.append((_("Until now outside of a plan"), course.adhoc_reason))
        return facts

    def existing(self, uid: UUID) -> Course | None:
        return selectors.courses_visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        uid, values = form.cleaned_data["uid"], form.values()
        made = continue_course(course=self.record, uid=uid, values=values, by=self.request.user)
        return self.go(made, _("The course goes on in %(year)s.") % {"year": made.fiscal_year})


class CourseArchive(CoursePage, RecordVerbPage):
    permission = "training.archive_course"
    verb_label = gettext_lazy("Archive")
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_course(course=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("training:course-list"))
