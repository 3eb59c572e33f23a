"""A course goes on in the next fiscal year 継続: what it teaches, raises and needs goes with it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.training.models import Course
from apps.training.services.courses import refuse_without_plan_and_reason

CONTINUED = declare_event("training.course.continued", gettext_lazy("Continued from the year before"))
# What is said of the course itself, and goes with it as it is.
SAME = (
    "format",
    "profile_id",
    "participants",
    "recognises",
    "is_series",
    "objective",
    "continuity",
    "lead_unit_id",
)
# What hangs on it: sessions and what was measured belong to the year, and stay.
PARTS = (
    "curriculum",
    "raised_skills",
    "literacy_links",
    "skill_links",
    "prerequisite_links",
    "hurdle_links",
    "evaluations",
)


def continue_course(*, course: Course, uid: UUID, values: dict[str, Any], by: Any) -> Course:
    """The same course a year later, with curriculum, skills and prerequisites; it leads back to this one.

    `values`: name, plan, adhoc_reason. How it is measured goes with it, without what was measured.
    """
    require(by, "training.continue_course", course)
    refuse_without_plan_and_reason(values)
    with act(CONTINUED, by=by):
        Course.objects.select_for_update().get(pk=course.pk)
        if later := Course.objects.filter(continues=course, archived_at__isnull=True).first():
            raise Unmet(_("It goes on already in %(year)s.") % {"year": later.fiscal_year})
        same = {name: getattr(course, name) for name in SAME}
        made = Course.objects.create(uid=uid, fiscal_year=course.fiscal_year.next, continues=course, **same, **values)
        for part in PARTS:
            _copy_rows(part, course, made)
        _join_the_way(course, made)
    return made


def _copy_rows(part: str, course: Course, made: Course) -> None:
    for row in getattr(course, part).all():
        row.pk, row.course = None, made
        if part == "evaluations":
            row.actual = None
        row.save()


def _join_the_way(course: Course, made: Course) -> None:
    """The next course of the same year, if it goes on as well, whichever of both was continued first."""
    if course.next_course_id:
        later = Course.objects.filter(
            continues=course.next_course_id, fiscal_year=made.fiscal_year, archived_at__isnull=True
        ).first()
        save_version(made, version=made.version, changes={"next_course": later or course.next_course})
    for before in Course.objects.filter(
        next_course=course, fiscal_year=made.fiscal_year, archived_at__isnull=True
    ).exclude(pk=made.pk):
        save_version(before, version=before.version, changes={"next_course": made})
