"""What one may do with a training plan, in its page's head."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted
from apps.core.registry import acts_for
from apps.training.models import TrainingPlan
from apps.training.selectors.plans import period_of
from apps.training.services.plan_flow import PLAN_ACTS, PLAN_FLOW

PAGE = "training:plan-detail"
BUTTONS = 3
PRIMARY = ("courses", "decide", "budget.proposal_from_plan")
ORDER = (*PRIMARY, "edit", "revise")
GROUPS: dict[Any, tuple[str, ...]] = {
    gettext_lazy("Going on"): (),
    gettext_lazy("Ending it"): ("end", "archive"),
}


def plan_menu(plan: TrainingPlan, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not."""
    offered = [*PLAN_FLOW.offered(plan), *PLAN_ACTS.offered(plan)]
    acts = [
        Act(row.verb, row.label, verb_url(plan, row.verb)) for row in offered if permitted(user, row.permission, plan)
    ]
    acts += [
        Act(each.name, each.label, each.address(plan))
        for each in acts_for(PAGE, plan)
        if permitted(user, each.permission, plan)
    ]
    acts = in_order(acts, ORDER)
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary=PRIMARY),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [
            (row.label, permission_table[row.permission].who)
            for row in offered
            if not permitted(user, row.permission, plan)
        ],
    }


def verb_url(plan: TrainingPlan, verb: str) -> str:
    """The page of a verb; courses are planned year by year, from the first year on."""
    if verb == "courses":
        return year_url(plan, str(int(period_of(plan)[0])))
    return reverse(f"training:plan-{verb}", args=[plan.address])


def year_url(plan: TrainingPlan, year: str) -> str:
    """The page on which the courses of a year are planned."""
    return reverse("training:plan-courses", args=[plan.address, year])
