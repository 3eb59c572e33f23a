"""What a training plan asks of the budget, year by year, and which proposal asks for it already."""

from dataclasses import dataclass
from typing import Any

from apps.budget.models import BudgetItem, Proposal
from apps.budget.selectors.proposals import visible_to
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.training.models import PlannedCourse, TrainingPlan


@dataclass(frozen=True)
class YearOfPlan:
    """The cost of a year in 千円, its courses, and the proposal that is there already, if the person sees it."""

    year: FiscalYear
    cost_k: int
    courses: list[PlannedCourse]
    proposal: Proposal | None

    @property
    def rest_k(self) -> int:
        """What the year costs besides its courses."""
        return self.cost_k - sum(each.cost_k or 0 for each in self.courses)


def costs_to_ask(plan: TrainingPlan) -> dict[FiscalYear, int]:
    """What this year and the years ahead cost, in 千円."""
    this_year = FiscalYear.of(clock.today())
    costs = plan.costs.filter(fiscal_year__gte=this_year, cost_k__gt=0).order_by("fiscal_year")
    return {row.fiscal_year: row.cost_k for row in costs}


def proposals_of_plan(plan: TrainingPlan) -> list[Proposal]:
    """All that ask for a year of the plan, the newest year first, whoever may see them."""
    rows = Proposal.objects.filter(archived_at__isnull=True, training_plan_links__plan=plan)
    return list(rows.order_by("-fiscal_year", "pk"))


def years_to_ask(plan: TrainingPlan, user: Any) -> list[YearOfPlan]:
    """The years for which one can ask, with what is there already."""
    courses: dict[FiscalYear, list[PlannedCourse]] = {}
    for row in plan.planned_courses.select_related("course").order_by("fiscal_year", "pk"):
        courses.setdefault(row.fiscal_year, []).append(row)
    seen = {row.fiscal_year: row for row in visible_to(user).filter(training_plan_links__plan=plan)}
    return [
        YearOfPlan(year, cost_k, courses.get(year, []), seen.get(year)) for year, cost_k in costs_to_ask(plan).items()
    ]


def usual_item(plan: TrainingPlan) -> BudgetItem | None:
    """Where the plan's money stood until now, or else that of its lead unit."""
    before = next(iter(proposals_of_plan(plan)), None)
    last = before or Proposal.objects.filter(requesting_unit=plan.lead_unit).order_by("-fiscal_year", "pk").first()
    return last.budget_item if last else None
