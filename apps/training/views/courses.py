"""Courses: the list and the page of one."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.roadmap.selectors import hurdles_of, told_parts
from apps.training import selectors
from apps.training.filters import CourseFilter
from apps.training.models import Course
from apps.training.tables import CourseTable
from apps.training.views.crumbs import crumbs
from apps.training.views.lists import TrainingList, completed_in_all

COURSE_PARTS = (
    "curriculum",
    "sessions",
    "evaluations",
    "hurdle_links",
    "literacy_links",
    "skill_links",
    "raised_skills",
    "prerequisite_links",
)


class CourseList(TrainingList):
    permission = "training.view_courses"
    title = gettext_lazy("Courses")
    table_class = CourseTable
    filterset_class = CourseFilter
    file_name = "courses"
    empty_title = gettext_lazy("No course matches.")

    def get_queryset(self) -> QuerySet[Course]:
        return selectors.course_list(self.request.user)

    def notes(self, rows: QuerySet[Course]) -> list[str]:
        return completed_in_all(rows, "completed", Q(hides_people=True))


class CourseDetail(DetailPage):
    permission = "training.view_courses"
    template_name = "training/course_detail.html"

    def get_queryset(self) -> QuerySet[Course]:
        return selectors.course_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return crumbs((_("Courses"), reverse("training:course-list")), (self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        course, user = self.record, self.request.user
        return super().get_context_data(
            hours=sum((lesson.hours for lesson in course.curriculum.all()), Decimal(0)),
            hurdles=hurdles_of(course, user),
            entries=entries_of(course, parts=told_parts(course, COURSE_PARTS, user)),
            panels=panels_for("training:course-detail", course, user),
            **kwargs,
        )
