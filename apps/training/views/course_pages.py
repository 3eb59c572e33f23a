"""What the pages about one course share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from apps.core.history import Entry, entries_of
from apps.core.pages.base import Crumbs
from apps.roadmap.selectors import told_parts
from apps.training.models import Course
from apps.training.selectors import courses_visible_to
from apps.training.views.crumbs import crumbs

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


def course_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    """Training › Courses › what follows."""
    return crumbs((_("Courses"), reverse("training:course-list")), *further)


def course_history(course: Course, user: Any) -> list[Entry]:
    """Newest first; hurdles that the person may not see are not named."""
    return entries_of(course, parts=told_parts(course, COURSE_PARTS, user))


class CoursePage:
    """Where it is found, and the way to a page behind its own; for what has a title."""

    request: Any
    record: Any
    get_title: Any

    def get_queryset(self) -> QuerySet[Course]:
        return courses_visible_to(self.request.user).select_related("lead_unit", "profile", "plan")

    def crumbs(self) -> Crumbs:
        return course_crumbs((self.record.name, self.record.get_absolute_url()), (self.get_title(), None))
