"""Whether a course leads anywhere: its next session, its next course, its going on in the next fiscal year."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from apps.core.models import found
from apps.training.models import Course, CoursePrerequisite, CourseSkill, Session
from apps.training.selectors.records import coming, course_list, courses_visible_to

# For courses that went through `with_continuity`.
GOES_ON = Q(next_session_on__isnull=False) | Q(next_course__isnull=False) | Q(goes_on_in__isnull=False)


def with_continuity(courses: QuerySet[Any]) -> QuerySet[Any]:
    """Courses with `next_session_on`, the day of the next session, and `goes_on_in`, the year of the continuation."""
    sessions = coming(Session.objects.filter(course=OuterRef("pk"), archived_at__isnull=True))
    later = Course.objects.filter(continues=OuterRef("pk"), archived_at__isnull=True).order_by()
    return courses.annotate(
        next_session_on=Subquery(sessions.values("date")[:1]), goes_on_in=Subquery(later.values("fiscal_year")[:1])
    )


def continuing_list(user: Any) -> QuerySet[Any]:
    """The list of courses with what each of them leads to."""
    return with_continuity(course_list(user)).select_related("next_course")


def standard_counts(user: Any) -> dict[str, int]:
    """How many visible courses stand in no plan, and after how many of them nothing comes."""
    courses = with_continuity(courses_visible_to(user)).order_by()
    return courses.aggregate(adhoc=Count("pk", filter=Q(plan__isnull=True)), nowhere=Count("pk", filter=~GOES_ON))


def raised_by(course: Course) -> list[CourseSkill]:
    """The skills that it raises, each with its level and the version of the standard that it is of."""
    return list(course.raised_skills.select_related("skill__standard"))


@dataclass(frozen=True)
class Way:
    """What comes before a course, and what after it; the same course in the years around it."""

    before: list[Course]
    after: list[Course]
    earlier_year: Course | None
    later_year: Course | None


def way_of(course: Course, user: Any) -> Way:
    """Prerequisites and those that lead here; the next course and those that need this one. Archived ones are gone."""
    visible = courses_visible_to(user).order_by("fiscal_year", "pk")
    related = visible.filter(
        Q(needed_by_links__course=course)
        | Q(next_course=course)
        | Q(previous_courses=course)
        | Q(prerequisite_links__needs=course)
    ).distinct()
    first = set(course.prerequisite_links.order_by().values_list("needs_id", flat=True))
    before = [each for each in related if each.pk in first or each.next_course_id == course.pk]
    return Way(
        before=before,
        after=[each for each in related if each not in before],
        earlier_year=visible.filter(pk=course.continues_id).first() if course.continues_id else None,
        later_year=visible.filter(continues=course).first(),
    )


def courses_needing(course: Course) -> QuerySet[Course]:
    """The courses that one may take only after this one."""
    return Course.objects.filter(prerequisite_links__needs=course, archived_at__isnull=True).order_by("pk")


def courses_leading_to(course: Course) -> QuerySet[Course]:
    """The courses after which this one comes next."""
    return Course.objects.filter(next_course=course, archived_at__isnull=True).order_by("pk")


def every_step() -> list[tuple[int, int]]:
    """All steps from a course to one that comes after it, through archived ones, too: a circle is one all the same."""
    needed = CoursePrerequisite.objects.order_by().values_list("needs_id", "course_id")
    following = Course.objects.filter(next_course__isnull=False).order_by().values_list("pk", "next_course_id")
    return sorted({*needed, *following})


def courses_to_link(course: Course, user: Any, words: str, most: int = 20) -> list[Course]:
    """Visible courses with these words that could come before or after."""
    from_here = courses_visible_to(user).exclude(pk=course.pk).select_related("lead_unit", "profile")
    return list(found(from_here, words)[:most]) if words.strip() else []
