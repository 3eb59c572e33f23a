"""A training plan as a table: courses by fiscal year, and what each year costs in 千円; and what it is to bring."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from apps.core.fiscal import FiscalYear
from apps.training.models import Course, PlannedCourse, TrainingPlan
from apps.training.selectors.effects import planned_people
from apps.training.selectors.gaps import Gap, ProfileGaps, gap_table


@dataclass(frozen=True)
class PlanRow:
    """A course with what is planned of it in each year of the table."""

    course: Course
    cells: list[PlannedCourse | None]

    @property
    def people(self) -> int | None:
        """Of all years together; None where no year says."""
        return _sum([cell.people if cell else None for cell in self.cells])


@dataclass(frozen=True)
class PlanTable:
    """The years of a plan; each course with one cell a year; None is a cost that nobody has given."""

    years: list[FiscalYear]
    rows: list[PlanRow]
    costs_k: list[int | None]
    total_k: int

    @property
    def courses(self) -> list[tuple[Course, list[bool]]]:
        """Each course with one mark a year."""
        return [(row.course, [cell is not None for cell in row.cells]) for row in self.rows]

    @property
    def courses_k(self) -> list[int | None]:
        """What the courses of each year cost together, as far as it is said."""
        columns = [[row.cells[at] for row in self.rows] for at in range(len(self.years))]
        return [_sum([cell.cost_k if cell else None for cell in cells]) for cells in columns]

    @property
    def has_course_costs(self) -> bool:
        return any(cost is not None for cost in self.courses_k)


def _sum(numbers: list[int | None]) -> int | None:
    said = [number for number in numbers if number is not None]
    return sum(said) if said else None


def period_of(plan: TrainingPlan) -> list[FiscalYear]:
    """The years of the plan."""
    return [FiscalYear(year) for year in range(int(plan.from_year), int(plan.to_year) + 1)]


def plan_table(plan: TrainingPlan) -> PlanTable:
    """From the prefetched courses and costs; a year outside of the plan's period is shown where it is used."""
    planned = {(each.course_id, each.fiscal_year): each for each in plan.planned_courses.all()}
    costs = {each.fiscal_year: each.cost_k for each in plan.costs.all()}
    years = sorted({*period_of(plan), *costs, *(year for _course, year in planned)})
    courses = {each.course.pk: each.course for each in plan.planned_courses.all()}
    courses |= {course.pk: course for course in plan.courses.all()}
    shown = [course for _pk, course in sorted(courses.items()) if course.archived_at is None]
    return PlanTable(
        years,
        [PlanRow(course, [planned.get((course.pk, year)) for year in years]) for course in shown],
        [costs.get(year) for year in years],
        sum(costs.values()),
    )


def courses_to_plan(plan: TrainingPlan, user_courses: QuerySet[Course]) -> QuerySet[Course]:
    """What a year of the plan may hold: its own courses, those planned already, and those of plans for its profiles."""
    own = Q(plan=plan) | Q(pk__in=plan.planned_courses.values("course"))
    others = Q(plan__isnull=False, profile__in=plan.profile_links.values("profile"))
    return user_courses.filter(own | others).order_by("-fiscal_year", "pk")


@dataclass(frozen=True)
class PlanEffect:
    """A profile in a year: what is short, how many people this plan brings, and what is short after all plans."""

    gap: Gap
    brings: int | None


@dataclass(frozen=True)
class ProfileEffects:
    """The years of one profile."""

    line: ProfileGaps
    effects: list[PlanEffect]


@dataclass(frozen=True)
class EffectTable:
    """What a plan does about the gap, over the years of the gap's table that are its own."""

    years: list[FiscalYear]
    lines: list[ProfileEffects]


def effects_of(plan: TrainingPlan) -> EffectTable:
    """For the profiles that the plan trains and those that its courses lead to."""
    brings: dict[int, dict[FiscalYear, int]] = planned_people(plan)
    table, period = gap_table(), set(period_of(plan))
    trained = {profile.pk for profile in plan.profiles.all()} | brings.keys()
    lines = [
        ProfileEffects(
            line,
            [PlanEffect(gap, brings.get(line.profile.pk, {}).get(gap.year)) for gap in line.gaps if gap.year in period],
        )
        for line in table.lines
        if line.profile.pk in trained
    ]
    return EffectTable([year for year in table.years if year in period], lines)


def year_of(plan: TrainingPlan, text: str) -> FiscalYear | None:
    """The year of the period that an address names as 2023; None for anything else."""
    return next((year for year in period_of(plan) if str(int(year)) == text), None)


def parts_of_year(plan: TrainingPlan, year: FiscalYear) -> dict[str, Any]:
    """The total of a year and its planned courses."""
    total = plan.costs.filter(fiscal_year=year).first()
    planned = plan.planned_courses.filter(fiscal_year=year).select_related("course").order_by("pk")
    return {"total_k": total.cost_k if total else None, "planned": list(planned)}
