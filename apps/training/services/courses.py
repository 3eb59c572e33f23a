"""A new course, what it says, its going on in the next year, and laying it aside."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.models import Hurdle
from apps.training.choices import TO_COME, EnrolmentState, PlanStatus
from apps.training.models import Course, CourseHurdle, Enrolment, PlannedCourse
from apps.training.selectors.continuity import courses_leading_to, courses_needing
from apps.training.services.course_hurdles import refuse_gone

CREATED = declare_event("training.course.created", gettext_lazy("Added"))
EDITED = declare_event("training.course.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("training.course.archived", gettext_lazy("Archived"))


def create_course(*, uid: UUID, values: dict[str, Any], by: Any, hurdles: Iterable[Hurdle] = ()) -> Course:
    """A course in a plan, or outside of it with a reason; with the hurdles that it helps to clear.

    Raises IntegrityError for a second record of the same uid: the same form sent twice makes nothing.
    """
    require(by, "training.create_course")
    refuse_without_plan_and_reason(values)
    wanted = list(hurdles)
    for hurdle in wanted:
        refuse_gone(hurdle)
    with act(CREATED, by=by):
        course = Course.objects.create(uid=uid, **values)
        for hurdle in wanted:
            CourseHurdle.objects.create(course=course, hurdle=hurdle)
    return course


def refuse_without_plan_and_reason(values: dict[str, Any]) -> None:
    """計画外(単発) is allowed, but never without saying why."""
    if not values.get("plan") and not (values.get("adhoc_reason") or "").strip():
        raise Unmet(_("Choose the training plan, or say why the course is held outside of any plan."))
    if values.get("plan"):
        values["adhoc_reason"] = ""


def edit_course(*, course: Course, version: int, values: dict[str, Any], by: Any) -> Course:
    """Changes what it says. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "training.edit_course", course)
    refuse_without_plan_and_reason(values)
    _refuse_to_leave_a_plan_that_holds_it(course, values["plan"])
    _refuse_another_way_of_completing(course, values)
    for name, value in values.items():
        setattr(course, name, value)
    with act(EDITED, by=by):
        save_version(course, version=version, changes={**values, "search_key": course.make_search_key()})
    return course


def _refuse_to_leave_a_plan_that_holds_it(course: Course, plan: Any) -> None:
    """The years of a plan are changed on the plan: as long as they name the course, it stays in the plan."""
    if course.plan_id in (None, plan.pk if plan else None):
        return
    _refuse_while_planned(PlannedCourse.objects.filter(course=course, plan=course.plan_id))


def _refuse_another_way_of_completing(course: Course, values: dict[str, Any]) -> None:
    """Skills, recognitions and certificates rest on it: what completes the course stays once somebody has."""
    changed = values.get("is_series", course.is_series) != course.is_series
    rolls = Enrolment.objects.filter(session__course=course, state=EnrolmentState.COMPLETED, archived_at__isnull=True)
    if changed and rolls.exists():
        raise Unmet(_("Whether the course is a series cannot change any more: people have completed sessions of it."))


def _refuse_while_planned(rows: QuerySet[PlannedCourse]) -> None:
    held = list(rows.select_related("plan").order_by("fiscal_year"))
    if held:
        years = "、".join(each.fiscal_year.short for each in held)
        raise Unmet(
            _("“%(plan)s” holds the course in %(years)s. Take it out there first.")
            % {"plan": held[0].plan, "years": years}
        )


def archive_course(*, course: Course, reason: str, by: Any, version: int | None = None) -> Course:
    """Lays it aside with a reason. Not while other courses lead to it or need it, nor while sessions are to come."""
    require(by, "training.archive_course", course)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    with act(ARCHIVED, by=by, reason=reason):
        _refuse_while_others_count_on_it(course)
        version = course.version if version is None else version
        save_version(course, version=version, changes={"archived_at": clock.now()})
    return course


def _refuse_while_others_count_on_it(course: Course) -> None:
    others = [*courses_needing(course), *courses_leading_to(course)]
    if others:
        names = "、".join(dict.fromkeys(other.name for other in others))
        raise Unmet(
            _("These courses need it or lead to it: %(names)s. Take the link away before you archive it.")
            % {"names": names}
        )
    if course.sessions.filter(archived_at__isnull=True, state__in=TO_COME).exists():
        raise Unmet(_("Sessions are still to come. Hold them or call them off first."))
    live = PlannedCourse.objects.filter(course=course, plan__archived_at__isnull=True)
    _refuse_while_planned(live.exclude(plan__status=PlanStatus.ENDED))
