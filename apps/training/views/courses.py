"""Courses: the list and the page of one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.lists.tokens import StandardSearch
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.roadmap.selectors import hurdles_of
from apps.training import selectors
from apps.training.filters import CourseFilter
from apps.training.models import Course
from apps.training.selectors.continuity import (
    continuing_list,
    raised_by,
    standard_counts,
    way_of,
    with_continuity,
)
from apps.training.tables import CourseTable
from apps.training.views.course_menu import course_menu
from apps.training.views.course_pages import course_crumbs, course_history
from apps.training.views.lists import TrainingList, completed_in_all

STANDARD = (
    StandardSearch("adhoc", gettext_lazy("Outside of a plan"), {"adhoc": "yes"}),
    StandardSearch("nowhere", gettext_lazy("Nothing comes after it"), {"goes_on": "no"}),
)


class CourseList(TrainingList):
    permission = "training.view_courses"
    title = gettext_lazy("Courses")
    table_class = CourseTable
    filterset_class = CourseFilter
    file_name = "courses"
    empty_title = gettext_lazy("No course matches.")

    def get_queryset(self) -> QuerySet[Course]:
        return continuing_list(self.request.user)

    @cached_property
    def column_keys(self) -> list[str] | None:
        """Of courses outside of a plan the reasons are shown besides."""
        with_reasons = (
            [*CourseTable.default_columns, "adhoc_reason"] if self.request.GET.get("adhoc") == "yes" else None
        )
        return super().column_keys or with_reasons

    def standard_searches(self) -> Sequence[StandardSearch]:
        return STANDARD

    def standard_counts(self) -> Mapping[str, int]:
        return standard_counts(self.request.user)

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "training.create_course"):
            return []
        return [{"label": _("Add a course"), "url": reverse("training:course-create"), "primary": True}]

    def notes(self, rows: QuerySet[Course]) -> list[str]:
        return completed_in_all(rows, "completed", Q(hides_people=True))


class CourseDetail(DetailPage):
    permission = "training.view_courses"
    template_name = "training/course_detail.html"

    def get_queryset(self) -> QuerySet[Course]:
        return with_continuity(selectors.course_detail(self.request.user))

    def crumbs(self) -> Crumbs:
        return course_crumbs((self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        course, user = self.record, self.request.user
        return super().get_context_data(
            hours=sum((lesson.hours for lesson in course.curriculum.all()), Decimal(0)),
            hurdles=hurdles_of(course, user),
            way=way_of(course, user),
            raised=raised_by(course),
            may_edit=permitted(user, "training.edit_course", course),
            may_evaluate=permitted(user, "training.record_evaluation", course),
            may_link_hurdles=permitted(user, "training.link_course_hurdles", course),
            menu=course_menu(course, user),
            entries=course_history(course, user),
            panels=panels_for("training:course-detail", course, user),
            **kwargs,
        )
