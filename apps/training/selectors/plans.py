"""A training plan as a table: courses by fiscal year, and what each year costs in 千円."""

from dataclasses import dataclass

from apps.core.fiscal import FiscalYear
from apps.training.models import Course, TrainingPlan


@dataclass(frozen=True)
class PlanTable:
    """The years of a plan; each course with one mark a year; None is a cost that nobody has given."""

    years: list[FiscalYear]
    courses: list[tuple[Course, list[bool]]]
    costs_k: list[int | None]
    total_k: int


def plan_table(plan: TrainingPlan) -> PlanTable:
    """From the prefetched courses and costs; a year outside of the plan's period is shown where it is used."""
    planned = {(each.course_id, each.fiscal_year) for each in plan.planned_courses.all()}
    costs = {each.fiscal_year: each.cost_k for each in plan.costs.all()}
    period = {FiscalYear(year) for year in range(int(plan.from_year), int(plan.to_year) + 1)}
    years = sorted(period | costs.keys() | {year for _course, year in planned})
    courses = {each.course.pk: each.course for each in plan.planned_courses.all()}
    courses |= {course.pk: course for course in plan.courses.all()}
    shown = [course for _pk, course in sorted(courses.items()) if course.archived_at is None]
    return PlanTable(
        years,
        [(course, [(course.pk, year) in planned for year in years]) for course in shown],
        [costs.get(year) for year in years],
        sum(costs.values()),
    )
