"""An introduction plan and its budget proposal: the link, the step from one to the other, and the review's result."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanStatus, ProposalKind
from apps.budget.models import BudgetItem, Intent, IntroductionPlan, Proposal
from apps.budget.selectors.plan_parts import is_renewal
from apps.budget.services.plan_flow import ACTS
from apps.budget.services.writing import create_draft
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.organization.selectors.lineage import lineage_today

LINKED = declare_event("budget.plan.proposal_linked", gettext_lazy("Budget proposal of the plan"))
DRAFTED = declare_event("budget.plan.proposal_drafted", gettext_lazy("Budget proposal drafted"))


def still_there(proposal: Proposal | None) -> Proposal | None:
    """The proposal, unless it was archived."""
    return proposal if proposal is not None and proposal.archived_at is None else None


def carry_review(*, plan: IntroductionPlan, by: Any) -> None:
    """The linked proposal says what the preliminary review says; call it within the act that changed the plan."""
    require(by, "budget.view_plans", plan)
    if plan.proposal_id is None or plan.status == PlanStatus.DRAFT:
        return
    row = Proposal.objects.select_for_update().filter(pk=plan.proposal_id, archived_at__isnull=True).first()
    if row is None:
        return
    changes = {
        "pre_review_on": plan.submitted_on or plan.reviewed_on,
        "pre_review_result": plan.result,
        "pre_review_comment": plan.review_words,
    }
    save_version(row, version=row.version, changes=changes)


def link_proposal(
    *, plan: IntroductionPlan, proposal: Proposal | None, by: Any, version: int | None = None
) -> IntroductionPlan:
    """To which proposal of the same section and year the plan belongs; what the review said follows it there."""
    ACTS.check("link_proposal", plan, by=by)
    if proposal is not None:
        _refuse_other(plan, proposal)
    before = plan.proposal_id
    with act(LINKED, by=by):
        changes = {"proposal": proposal}
        save_version(plan, version=plan.version if version is None else version, changes=changes)
        if before and (proposal is None or proposal.pk != before):
            _forget_review(before, plan)
        carry_review(plan=plan, by=by)
    return plan


def _refuse_other(plan: IntroductionPlan, proposal: Proposal) -> None:
    is_own = proposal.requesting_unit_id in lineage_today().own([plan.unit_id])
    if proposal.fiscal_year != plan.fiscal_year or not is_own or proposal.archived_at:
        raise Unmet(_("A plan belongs to a proposal of its own section and year."))


def _forget_review(key: int, plan: IntroductionPlan) -> None:
    """The proposal to which the plan no longer belongs says no more what its review said."""
    if IntroductionPlan.objects.filter(proposal=key, archived_at__isnull=True).exclude(pk=plan.pk).exists():
        return
    row = Proposal.objects.select_for_update().get(pk=key)
    nothing = {"pre_review_on": None, "pre_review_result": "", "pre_review_comment": ""}
    save_version(row, version=row.version, changes=nothing)


def draft_proposal_of_plan(*, plan: IntroductionPlan, name: str, budget_item: BudgetItem, by: Any) -> Proposal:
    """A draft that asks for what the plan introduces, or the proposal that the plan has already.

    Whoever comes second waits at the plan's row and is given what the first one has made.
    """
    ACTS.check("draft_proposal", plan, by=by)
    with transaction.atomic():
        plan = IntroductionPlan.objects.select_for_update().get(pk=plan.pk)
        if there := still_there(plan.proposal) or _proposal_of_intent(plan):
            return there
        if plan.archived_at:
            raise Unmet(_("The plan is archived."))
        hurdles = plan.hurdles.filter(archived_at__isnull=True).order_by("pk")
        parts = {"hurdle_links": [{"hurdle": hurdle} for hurdle in hurdles]}
        proposal = create_draft(values={**_values(plan, name), "budget_item": budget_item}, parts=parts, by=by)
        with act(DRAFTED, by=by):
            save_version(plan, version=plan.version, changes={"proposal": proposal})
            carry_review(plan=plan, by=by)
    return proposal


def _proposal_of_intent(plan: IntroductionPlan) -> Proposal | None:
    """What was drafted already from the intent that the plan came from."""
    intent = Intent.objects.filter(plan=plan, proposal__archived_at__isnull=True, proposal__isnull=False).first()
    if intent is None or intent.proposal is None or intent.proposal.fiscal_year != plan.fiscal_year:
        return None
    return intent.proposal


def _values(plan: IntroductionPlan, name: str) -> dict[str, Any]:
    """What goes over; the call is that of the intent survey, where the answers behind the plan name one."""
    hoped_for = set(Intent.objects.filter(plan=plan, grant__isnull=False).values_list("grant", flat=True))
    return {
        "fiscal_year": plan.fiscal_year,
        "name": name,
        "kind": ProposalKind.CONTINUED if is_renewal(plan) else ProposalKind.NEW,
        "requesting_unit": plan.unit,
        "purpose": plan.problem or plan.title,
        "outline": plan.content,
        "contract_plan": plan.procurement,
        "grant_id": hoped_for.pop() if len(hoped_for) == 1 else None,
        "hours_saved": plan.hours_saved or 0,
        "citizen_effect": plan.citizen_effect,
    }
