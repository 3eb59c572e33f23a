"""Writing a training plan, planning the courses of its years, and laying it aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.money import number
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.training.models import Course, PlanCost, PlannedCourse, PlanProfile, PlanUnit, TrainingPlan
from apps.training.services.plan_flow import PLAN_ACTS

CREATED = declare_event("training.plan.created", gettext_lazy("Training plan drafted"))
EDITED = declare_event("training.plan.edited", gettext_lazy("Changed"))
PLANNED = declare_event("training.plan.courses_planned", gettext_lazy("Courses of a year planned"))
ARCHIVED = declare_event("training.plan.archived", gettext_lazy("Archived"))

LINKS = ("supporting_units", "profiles")
LONGEST = 20


@dataclass(frozen=True)
class Planned:
    """A course that a year holds, how many people are to complete it, and what it costs in 千円."""

    course: Course
    people: int | None = None
    cost_k: int | None = None


def create_plan(*, uid: UUID, values: dict[str, Any], by: Any) -> TrainingPlan:
    """A draft, which has no number yet. Raises IntegrityError for a second record of the same uid."""
    require(by, "training.create_plan")
    _refuse_period(values["from_year"], values["to_year"])
    fields = {name: value for name, value in values.items() if name not in LINKS}
    with act(CREATED, by=by):
        plan = TrainingPlan.objects.create(uid=uid, status_since=clock.today(), **fields)
        _sync_links(plan, values)
    return plan


def _refuse_period(first: FiscalYear, last: FiscalYear) -> None:
    if last < first:
        raise Unmet(_("A plan cannot end before it begins."))
    if int(last) - int(first) >= LONGEST:
        raise Unmet(_("A plan lasts %(count)d years at the most.") % {"count": LONGEST})


def edit_plan(*, plan: TrainingPlan, version: int, values: dict[str, Any], by: Any) -> TrainingPlan:
    """Changes what a draft says; no year of it that holds courses or a cost falls out of the period."""
    PLAN_ACTS.check("edit", plan, by=by)
    _refuse_period(values["from_year"], values["to_year"])
    fields = {name: value for name, value in values.items() if name not in LINKS}
    with act(EDITED, by=by):
        _refuse_lost_years(plan, values["from_year"], values["to_year"])
        for name, value in fields.items():
            setattr(plan, name, value)
        save_version(plan, version=version, changes={**fields, "search_key": plan.make_search_key()})
        _sync_links(plan, values)
    return plan


def _refuse_lost_years(plan: TrainingPlan, first: FiscalYear, last: FiscalYear) -> None:
    rows: tuple[QuerySet[Any], ...] = (plan.costs.all(), plan.planned_courses.all())
    used = {year for each in rows for year in each.order_by().values_list("fiscal_year", flat=True)}
    if lost := sorted(year for year in used if not first <= year <= last):
        names = "、".join(str(year) for year in lost)
        raise Unmet(_("These years have courses or a cost: %(years)s. Empty them first.") % {"years": names})


def _sync_links(plan: TrainingPlan, values: dict[str, Any]) -> None:
    """Adds and takes away until those are linked that are wanted; the lead unit supports nobody."""
    units = {unit.pk for unit in values.get("supporting_units", ())} - {plan.lead_unit_id}
    for model, name, wanted in (
        (PlanUnit, "unit", units),
        (PlanProfile, "profile", {profile.pk for profile in values.get("profiles", ())}),
    ):
        links: QuerySet[Any] = model._default_manager.filter(plan=plan)
        present = set(links.order_by().values_list(name, flat=True))
        links.filter(**{f"{name}__in": present - wanted}).delete()
        for key in sorted(wanted - present):
            model._default_manager.create(plan=plan, **{f"{name}_id": key})


def plan_courses(
    *,
    plan: TrainingPlan,
    fiscal_year: FiscalYear,
    total_k: int | None,
    courses: Sequence[Planned],
    by: Any,
    version: int,
) -> TrainingPlan:
    """What one year of a draft holds, and what it costs in all: the costs of its courses are at most that."""
    PLAN_ACTS.check("courses", plan, by=by)
    if not plan.from_year <= fiscal_year <= plan.to_year:
        raise Unmet(_("%(year)s lies outside of the plan's period.") % {"year": fiscal_year})
    _refuse_twice(courses)
    _refuse_more_than_total(fiscal_year, total_k, courses)
    with act(PLANNED, by=by):
        save_version(plan, version=version, changes={})
        _write_total(plan, fiscal_year, total_k)
        _write_courses(plan, fiscal_year, courses)
    return plan


def _refuse_twice(courses: Sequence[Planned]) -> None:
    keys = [each.course.pk for each in courses]
    for each in courses:
        if keys.count(each.course.pk) > 1:
            raise Unmet(_("“%(course)s” stands there twice.") % {"course": each.course})


def _refuse_more_than_total(year: FiscalYear, total_k: int | None, courses: Sequence[Planned]) -> None:
    of_courses = sum(each.cost_k or 0 for each in courses)
    said = {"year": year, "courses": number(of_courses), "total": number(total_k or 0)}
    if total_k is None and of_courses:
        raise Unmet(_("The courses of %(year)s cost %(courses)s thousand yen. Give the total of the year.") % said)
    if total_k is not None and of_courses > total_k:
        raise Unmet(
            _(
                "The courses of %(year)s cost %(courses)s thousand yen together, more than the total of the year, "
                "%(total)s thousand yen."
            )
            % said
        )


def _write_total(plan: TrainingPlan, year: FiscalYear, total_k: int | None) -> None:
    row = PlanCost.objects.filter(plan=plan, fiscal_year=year).first()
    if total_k is None:
        if row:
            row.delete()
    elif row is None:
        PlanCost.objects.create(plan=plan, fiscal_year=year, cost_k=total_k)
    elif row.cost_k != total_k:
        row.cost_k = total_k
        row.save(update_fields=["cost_k"])


def _write_courses(plan: TrainingPlan, year: FiscalYear, courses: Sequence[Planned]) -> None:
    """What has not changed is not written, so that the history tells what has."""
    rows = {row.course_id: row for row in PlannedCourse.objects.filter(plan=plan, fiscal_year=year)}
    wanted = {each.course.pk: each for each in courses}
    PlannedCourse.objects.filter(pk__in=[row.pk for key, row in rows.items() if key not in wanted]).delete()
    for key, each in wanted.items():
        row = rows.get(key) or PlannedCourse(plan=plan, course=each.course, fiscal_year=year)
        if row.pk and (row.people, row.cost_k) == (each.people, each.cost_k):
            continue
        row.people, row.cost_k = each.people, each.cost_k
        row.save()


def archive_plan(*, plan: TrainingPlan, reason: str, by: Any, version: int) -> TrainingPlan:
    """Lays a draft or an ended plan aside with a reason; not while courses stand in it."""
    PLAN_ACTS.check("archive", plan, by=by, data={"reason": reason})
    with act(ARCHIVED, by=by, reason=reason):
        if names := [course.name for course in plan.courses.filter(archived_at__isnull=True).order_by("pk")]:
            raise Unmet(
                _("These courses stand in it: %(names)s. It stays while they do.") % {"names": "、".join(names)}
            )
        save_version(plan, version=version, changes={"archived_at": clock.now()})
    return plan
