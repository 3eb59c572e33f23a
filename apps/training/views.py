"""Pages of the training: which people are missing, and the plans, courses and sessions that answer it."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for, standpoint_today
from apps.roadmap.selectors import hurdles_of, told_parts
from apps.training import figures, selectors
from apps.training.filters import CourseFilter, PlanFilter, SessionFilter
from apps.training.models import Course, Session, TrainingPlan
from apps.training.tables import CourseTable, PlanTable, SessionTable

PLAN_PARTS = ("costs", "planned_courses", "unit_links", "profile_links")
COURSE_PARTS = ("curriculum", "sessions", "evaluations", "hurdle_links", "literacy_links", "skill_links")
# What fits beside the table; the list shows all.
SESSIONS_AHEAD = 6


def _crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [
        (_("My work"), reverse("dashboards:my-work")),
        (_("Training"), reverse("training:overview")),
        *further,
    ]


class Overview(Page):
    """Which people are we short of, and what do we do?"""

    permission = "training.view_training"
    title = gettext_lazy("Training")
    template_name = "training/overview.html"

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sessions = selectors.coming(selectors.session_list(user))
        return super().get_context_data(
            stats=self.stats(),
            gaps=selectors.gap_table(),
            plans=selectors.plan_list(user).order_by("-from_year", "pk"),
            sessions=sessions[:SESSIONS_AHEAD],
            **kwargs,
        )

    def stats(self) -> list[dict[str, Any]]:
        """The figures of this fiscal year; those of courses say of how many."""
        here = standpoint_today(self.request.user)
        shown = (figures.GAP, figures.COURSES_AD_HOC, figures.SESSIONS_HELD, figures.COMPLETED)
        courses = _("of %(count)s courses") % {"count": figures.COURSES.count(here)}
        return [
            {
                "label": figure.label,
                "value": figure.count(here),
                "unit": figure.unit,
                "url": figure.link(here),
                "note": courses if figure is figures.COURSES_AD_HOC else here.year,
            }
            for figure in shown
        ]


class _TrainingList(ListPage):
    template_name = "training/record_list.html"
    empty_text = gettext_lazy("Take a filter away.")

    def crumbs(self) -> Crumbs:
        return _crumbs((self.title, None))


class PlanList(_TrainingList):
    permission = "training.view_plans"
    title = gettext_lazy("Training plans")
    table_class = PlanTable
    filterset_class = PlanFilter
    file_name = "training-plans"
    empty_title = gettext_lazy("No training plan matches.")

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plan_list(self.request.user)


class CourseList(_TrainingList):
    permission = "training.view_courses"
    title = gettext_lazy("Courses")
    table_class = CourseTable
    filterset_class = CourseFilter
    file_name = "courses"
    empty_title = gettext_lazy("No course matches.")

    def get_queryset(self) -> QuerySet[Course]:
        return selectors.course_list(self.request.user)


class SessionList(_TrainingList):
    permission = "training.view_sessions"
    title = gettext_lazy("Sessions")
    table_class = SessionTable
    filterset_class = SessionFilter
    file_name = "sessions"
    empty_title = gettext_lazy("No session matches.")

    def get_queryset(self) -> QuerySet[Session]:
        return selectors.session_list(self.request.user)


class PlanDetail(DetailPage):
    permission = "training.view_plans"
    template_name = "training/plan_detail.html"

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plan_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or self.record.name
        return _crumbs((_("Training plans"), reverse("training:plan-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.record, self.request.user
        return super().get_context_data(
            table=selectors.plan_table(plan),
            entries=entries_of(plan, parts=PLAN_PARTS),
            panels=panels_for("training:plan-detail", plan, user),
            **kwargs,
        )


class CourseDetail(DetailPage):
    permission = "training.view_courses"
    template_name = "training/course_detail.html"

    def get_queryset(self) -> QuerySet[Course]:
        return selectors.course_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Courses"), reverse("training:course-list")), (self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        course, user = self.record, self.request.user
        return super().get_context_data(
            hours=sum((lesson.hours for lesson in course.curriculum.all()), Decimal(0)),
            hurdles=hurdles_of(course, user),
            entries=entries_of(course, parts=told_parts(course, COURSE_PARTS, user)),
            panels=panels_for("training:course-detail", course, user),
            **kwargs,
        )


class SessionDetail(DetailPage):
    permission = "training.view_sessions"
    template_name = "training/session_detail.html"

    def get_queryset(self) -> QuerySet[Session]:
        return selectors.session_list(self.request.user)

    def crumbs(self) -> Crumbs:
        course = self.record.course
        return _crumbs(
            (_("Courses"), reverse("training:course-list")),
            (course.name, course.get_absolute_url()),
            (self.record.title or _("Session"), None),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session, user = self.record, self.request.user
        held = selectors.was_held(session)
        return super().get_context_data(
            attended=session.attended if held else None,
            completed=session.completed if held else None,
            lacks_result=selectors.lacks_result(session),
            entries=entries_of(session),
            panels=panels_for("training:session-detail", session, user),
            **kwargs,
        )
