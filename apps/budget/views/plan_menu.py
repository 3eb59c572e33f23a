"""What one may do with an introduction plan, in its page's head: what is next as buttons, the rest in a menu."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanStatus
from apps.budget.models import IntroductionPlan
from apps.budget.selectors.plan_parts import missing_in
from apps.budget.services import PLAN_ACTS, PLAN_FLOW
from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted

# The first of these that one may do is the one primary button.
PRIMARY = ("submit", "review", "edit")
# These stand as buttons until the review is done.
ORDER = (*PRIMARY, "return", "link_hurdles")
PRIMARY_OF_REVIEWED = ("draft_proposal",)
BUTTONS = 2
# In this order; what no group names goes on.
GROUPS: dict[Any, tuple[str, ...]] = {
    gettext_lazy("Going on"): (),
    gettext_lazy("Hurdles and proposal"): ("link_hurdles", "link_proposal", "draft_proposal"),
    gettext_lazy("Priority case"): ("mark_priority", "unmark_priority"),
    gettext_lazy("Taking back"): ("return", "reopen", "archive"),
}


def plan_menu(plan: IntroductionPlan, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not.

    Before the review is done a budget proposal is no next step: it can be drafted, from the menu.
    """
    offered = in_order(_acts(plan), _order(plan))
    acts = [act for act in offered if permitted(user, act.permission, plan)]
    first = [act for act in acts if act.verb in ORDER or plan.status == PlanStatus.REVIEWED][:BUTTONS]
    return {
        "buttons": as_buttons(first, primary=PRIMARY_OF_REVIEWED if plan.status == PlanStatus.REVIEWED else PRIMARY),
        "groups": grouped([act for act in acts if act not in first], GROUPS),
        "others": [(act.label, permission_table[act.permission].who) for act in offered if act not in acts],
    }


def _acts(plan: IntroductionPlan) -> list[Act]:
    """The verbs that make sense now."""
    sense = {
        "mark_priority": not plan.priority_case,
        "unmark_priority": plan.priority_case,
        "draft_proposal": plan.proposal_id is None,
    }
    rows = [row for row in (*PLAN_FLOW.offered(plan), *PLAN_ACTS.offered(plan)) if sense.get(row.verb, True)]
    return [Act(row.verb, row.label, verb_url(plan, row.verb), row.permission) for row in rows]


def _order(plan: IntroductionPlan) -> tuple[str, ...]:
    """A plan in which something is missing is written first; a reviewed one goes on to its proposal."""
    if plan.status == PlanStatus.REVIEWED:
        return ("draft_proposal", *ORDER)
    return ("edit", *ORDER) if missing_in(plan) else ORDER


def verb_url(plan: IntroductionPlan, verb: str) -> str:
    """The page of a verb."""
    return reverse(f"budget:plan-{verb.replace('_', '-')}", args=[plan.uid])
