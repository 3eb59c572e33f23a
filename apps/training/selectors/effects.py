"""What the training plans are to bring: people who will belong to a profile, by year.

Counted are the people whom plans that are neither archived nor ended want to complete courses that make them one of
the profile. What an estimate or a count holds already is not counted a second time.
"""

from collections.abc import Mapping

from django.db.models import QuerySet, Sum

from apps.core.fiscal import FiscalYear
from apps.training.choices import PlanStatus
from apps.training.models import PlannedCourse, TrainingPlan

Planned = dict[int, dict[FiscalYear, int]]


def courses_that_count() -> QuerySet[PlannedCourse]:
    """The planned courses that make people one of their profile."""
    return PlannedCourse.objects.filter(
        plan__archived_at__isnull=True,
        plan__status__in=(PlanStatus.DRAFT, PlanStatus.DECIDED),
        course__archived_at__isnull=True,
        course__recognises=True,
        people__isnull=False,
    )


def planned_people(plan: TrainingPlan | None = None) -> Planned:
    """By profile and year, how many people the plans (or one plan) want to complete such a course."""
    rows = courses_that_count()
    if plan is not None:
        rows = rows.filter(plan=plan)
    found: Planned = {}
    for profile, year, people in rows.order_by().values_list("course__profile", "fiscal_year").annotate(Sum("people")):
        found.setdefault(profile, {})[year] = people
    return found


def effect_after(planned: Mapping[FiscalYear, int], after: FiscalYear, until: FiscalYear) -> int:
    """The planned people of the years after the one, up to the other."""
    return sum(people for year, people in planned.items() if after < year <= until)


def effect_from(planned: Mapping[FiscalYear, int], this_year: FiscalYear, recognised: int, until: FiscalYear) -> int:
    """Where people are counted: what this year still is to bring, and the years after it."""
    if until < this_year:
        return 0
    return max(planned.get(this_year, 0) - recognised, 0) + effect_after(planned, this_year, until)
