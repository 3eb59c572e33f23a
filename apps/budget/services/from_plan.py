"""One step from a training plan to a draft proposal: the money of one of its years."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.budget.choices import CostKind, ProposalKind
from apps.budget.models import BudgetItem, ExpenseItem, Proposal
from apps.budget.selectors.from_plan import costs_to_ask, proposals_of_plan
from apps.budget.services.proposals import Cost, Item, ProposalDraft, create_proposal
from apps.budget.services.writing import first_stage
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.money import YEN_PER_K
from apps.core.permissions import require
from apps.core.transitions import Unmet
from apps.hurdles.models import Hurdle
from apps.training.choices import PlanStatus
from apps.training.models import PlannedCourse, TrainingPlan


def draft_from_plan(
    *, plan: TrainingPlan, fiscal_year: FiscalYear, budget_item: BudgetItem, expense_item: ExpenseItem, by: Any
) -> Proposal:
    """A draft that asks for what a year of the plan costs, or the proposal that asks for it already.

    Whoever comes second waits at the plan's row and is given what the first one has made.
    """
    require(by, "budget.draft_from_plan", plan)
    with transaction.atomic():
        plan = TrainingPlan.objects.select_for_update().get(pk=plan.pk)
        before = proposals_of_plan(plan)
        if there := next((each for each in before if each.fiscal_year == fiscal_year), None):
            return there
        if plan.archived_at or plan.status == PlanStatus.ENDED:
            raise Unmet(_("The plan has ended or is archived: no more money is asked for it."))
        total_k = costs_to_ask(plan).get(fiscal_year)
        if total_k is None:
            raise Unmet(_("The plan says no cost for %(year)s.") % {"year": fiscal_year})
        if not ExpenseItem.objects.of(fiscal_year).filter(pk=expense_item.pk).exists():
            raise Unmet(
                _("In %(year)s there is no expense item “%(item)s”.") % {"year": fiscal_year, "item": expense_item}
            )
        planned = list(plan.planned_courses.filter(fiscal_year=fiscal_year).select_related("course").order_by("pk"))
        earlier = next((each for each in before if each.fiscal_year < fiscal_year), None)
        draft = ProposalDraft(
            values={**_values(plan, fiscal_year, earlier), "budget_item": budget_item},
            items=[Item(expense_item, "", _costs(planned, total_k))],
            parts=_parts(plan, planned, total_k, by),
        )
        draft.values["stage"] = draft.parts["stage_entries"][0]["stage"]
        proposal = create_proposal(draft=draft, by=by)
        proposal.supporting_units.set(plan.supporting_units.all())
    return proposal


def _values(plan: TrainingPlan, fiscal_year: FiscalYear, earlier: Proposal | None) -> dict[str, Any]:
    """A project that was asked for before goes on under its code and name."""
    purpose = plan.aim or _("The courses of %(year)s by the training plan “%(plan)s”.")
    return {
        "fiscal_year": fiscal_year,
        "project_code": _free_code(plan, fiscal_year, earlier),
        "name": earlier.name if earlier else plan.name,
        "kind": ProposalKind.CONTINUED if earlier else ProposalKind.NEW,
        "requesting_unit": plan.lead_unit,
        "purpose": purpose if plan.aim else purpose % {"year": fiscal_year, "plan": plan.name},
    }


def _free_code(plan: TrainingPlan, fiscal_year: FiscalYear, earlier: Proposal | None) -> str:
    """The code of the year before, where nobody else has it; else the next free one of the lead unit."""
    taken = set(Proposal.objects.filter(fiscal_year=fiscal_year).values_list("project_code", flat=True))
    if earlier and earlier.project_code not in taken:
        return earlier.project_code
    codes = (f"{plan.lead_unit.code}-{number:03d}" for number in range(1, len(taken) + 2))
    return next(code for code in codes if code not in taken)


def _costs(planned: list[PlannedCourse], total_k: int) -> list[Cost]:
    """One line for each course with a cost, and one for the rest: together they are the total of the year."""
    lines = [(str(each.course)[:200], each.cost_k) for each in planned if each.cost_k]
    rest = total_k - sum(cost_k for _name, cost_k in lines)
    if rest < 0:
        raise Unmet(_("The courses of the year cost more than the year in all: mend the plan first."))
    if rest:
        lines.append((_("Other costs of the training plan"), rest))
    return [
        Cost(name, Decimal(cost_k * YEN_PER_K), Decimal(1), _("set"), 1, CostKind.RUNNING, eligible=False)
        for name, cost_k in lines
    ]


def _parts(plan: TrainingPlan, planned: list[PlannedCourse], total_k: int, by: Any) -> dict[str, Any]:
    """The first stage of today, and all that the proposal serves."""
    courses = {each.course_id: each.course for each in planned}
    hurdles = Hurdle.objects.filter(archived_at__isnull=True, course_links__course__in=courses).distinct()
    return {
        "stage_entries": [{"stage": first_stage(), "date": clock.today(), "actor": by, "amount_k": total_k}],
        "training_plan_links": [{"plan": plan}],
        "course_links": [{"course": course} for course in courses.values()],
        "initiative_links": [{"initiative": plan.initiative}] if plan.initiative else [],
        "hurdle_links": [{"hurdle": hurdle} for hurdle in hurdles.order_by("pk")],
    }
