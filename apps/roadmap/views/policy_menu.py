"""What one may do with a policy, in its page's head: what is next as buttons, the rest in a menu of groups."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted
from apps.core.registry import acts_for
from apps.roadmap.choices import PolicyStatus
from apps.roadmap.models import Policy
from apps.roadmap.services import POLICY_ACTS, POLICY_FLOW

PAGE = "roadmap:policy-detail"
# The first of these that one may do is the one primary button; what an upper app offers comes before them.
PRIMARY = ("review", "bring_into_force", "adopt", "achieve", "resume")
ORDER = (*PRIMARY, "edit", "write_text", "link_hurdles", "bind_units")
BUTTONS = 3
FORWARD = gettext_lazy("Going on")
# In this order; what no group names goes on.
GROUPS: dict[Any, tuple[str, ...]] = {
    FORWARD: (),
    gettext_lazy("Text and facts"): ("edit", "write_text", "link_hurdles"),
    gettext_lazy("Units"): ("bind_units", "release_units", "adopt"),
    gettext_lazy("Taking back"): ("return", "withdraw", "archive"),
}
# These are offered beside the hurdle and the unit that they are about.
BESIDE_A_ROW = {"unlink_hurdle", "undo_adoption"}


def menu_of(policy: Policy, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not. `bound`, `adopted`: its units."""
    upper = _upper_acts(policy)
    # What an upper app offers is what comes next.
    first = (*(act.verb for act in upper), *_first(policy))
    offered = in_order([*upper, *_own_acts(policy)], (*first, *ORDER))
    acts = [act for act in offered if permitted(user, act.permission, policy)]
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary=first),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [(act.label, permission_table[act.permission].who) for act in offered if act not in acts],
    }


def _upper_acts(policy: Policy) -> list[Act]:
    return [Act(each.name, each.label, each.address(policy), each.permission) for each in acts_for(PAGE, policy)]


def _own_acts(policy: Any) -> list[Act]:
    """The verbs that make sense now."""
    sense = {
        "review": bool(policy.versions.all()),
        "release_units": bool(policy.bound),
        "adopt": policy.adopted < policy.bound,
    }
    rows = [row for row in (*POLICY_FLOW.offered(policy), *POLICY_ACTS.offered(policy)) if sense.get(row.verb, True)]
    return [
        Act(row.verb, row.label, verb_url(policy, row.verb), row.permission)
        for row in rows
        if row.verb not in BESIDE_A_ROW
    ]


def verb_url(policy: Policy, verb: str) -> str:
    """The page of a verb."""
    return reverse(f"roadmap:policy-{verb.replace('_', '-')}", args=[policy.address])


def _first(policy: Any) -> tuple[str, ...]:
    """A draft without a text needs one before anything else."""
    is_bare = policy.status == PolicyStatus.DRAFT and not policy.versions.all()
    return ("write_text", *PRIMARY) if is_bare else PRIMARY
