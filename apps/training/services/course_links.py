"""The way from course to course: what one completes before, and what comes next. Never a circle."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.roadmap.services.propagation import find_circle
from apps.training.models import Course, CoursePrerequisite
from apps.training.selectors.continuity import every_step

NEEDED = declare_event("training.prerequisite.added", gettext_lazy("Prerequisite added"))
NEEDED_NO_MORE = declare_event("training.prerequisite.removed", gettext_lazy("Prerequisite taken out"))
FOLLOWED = declare_event("training.course.followed", gettext_lazy("Next course chosen"))
FOLLOWED_NO_MORE = declare_event("training.course.followed_no_more", gettext_lazy("Next course taken out"))


def need_course(*, course: Course, needs: Course, by: Any, reason: str = "") -> CoursePrerequisite:
    """`needs` is completed first. A second click changes nothing; a circle is refused with its way."""
    require(by, "training.edit_course", course)
    with act(NEEDED, by=by, reason=reason):
        _lock_ways()
        if course.pk == needs.pk:
            raise Unmet(_("A course cannot be its own prerequisite."))
        if present := CoursePrerequisite.objects.filter(course=course, needs=needs).first():
            return present
        _refuse_circle(first=needs, then=course)
        return CoursePrerequisite.objects.create(course=course, needs=needs)


def need_course_no_more(*, course: Course, needs: Course, by: Any, reason: str = "") -> None:
    """One may take the course without `needs`. A second click changes nothing."""
    require(by, "training.edit_course", course)
    with act(NEEDED_NO_MORE, by=by, reason=reason):
        CoursePrerequisite.objects.filter(course=course, needs=needs).delete()


def follow_course(*, course: Course, after: Course, by: Any, reason: str = "") -> Course:
    """`after` comes next; another one that came next until now is replaced."""
    require(by, "training.edit_course", course)
    with act(FOLLOWED, by=by, reason=reason):
        _lock_ways()
        present = Course.objects.select_for_update().get(pk=course.pk)
        if course.pk == after.pk:
            raise Unmet(_("A course cannot follow itself."))
        if present.next_course_id != after.pk:
            _refuse_circle(first=present, then=after)
            save_version(present, version=present.version, changes={"next_course": after})
    return present


def follow_course_no_more(*, course: Course, by: Any, reason: str = "") -> Course:
    """Nothing is said to come next. A second click changes nothing."""
    require(by, "training.edit_course", course)
    with act(FOLLOWED_NO_MORE, by=by, reason=reason):
        present = Course.objects.select_for_update().get(pk=course.pk)
        if present.next_course_id:
            save_version(present, version=present.version, changes={"next_course": None})
    return present


def _refuse_circle(*, first: Course, then: Course) -> None:
    """Prerequisites and next courses are one way: whoever walks it must not come back to where it began."""
    steps = [step for step in every_step() if not _is_replaced(step, first, then)]
    if circle := find_circle(steps, (first.pk, then.pk)):
        named = Course.objects.in_bulk(circle)
        way = " → ".join(named[key].name for key in circle)
        raise Unmet(_("The courses would lead in a circle: %(way)s. Nobody could begin.") % {"way": way})


def _is_replaced(step: Any, first: Course, then: Course) -> bool:
    return bool(step == (first.pk, first.next_course_id) and then.pk != first.next_course_id)


def _lock_ways() -> None:
    """One change of the ways at a time, so that two halves of a circle cannot be made side by side."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('training_ways'))")
