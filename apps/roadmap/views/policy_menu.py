"""What one may do with a policy, in its page's head: what is next as buttons, the rest in a menu of groups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

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


@dataclass(frozen=True)
class Act:
    """One link of the head."""

    verb: str
    label: Any
    url: str
    permission: str
    look: str = "second"


def menu_of(policy: Policy, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not. `bound`, `adopted`: its units."""
    offered = _in_order([*_upper_acts(policy), *_own_acts(policy)], policy)
    acts = [act for act in offered if permitted(user, act.permission, policy)]
    return {
        "buttons": _with_primary(acts[:BUTTONS], policy),
        "groups": _grouped(acts[BUTTONS:]),
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


def _in_order(acts: Iterable[Act], policy: Policy) -> list[Act]:
    """What an upper app offers is what comes next; then what is done most often."""
    order = (*_first(policy), *ORDER)
    rank = {verb: place for place, verb in reversed(list(enumerate(order)))}
    return sorted(acts, key=lambda act: -1 if "." in act.verb else rank.get(act.verb, len(order)))


def _with_primary(acts: list[Act], policy: Policy) -> list[Act]:
    is_next = bool(acts) and ("." in acts[0].verb or acts[0].verb in _first(policy))
    return [replace(acts[0], look="primary"), *acts[1:]] if is_next else acts


def _grouped(acts: Iterable[Act]) -> list[tuple[Any, list[Act]]]:
    """The acts by group, without empty groups."""
    of_verb = {verb: name for name, verbs in GROUPS.items() for verb in verbs}
    groups: dict[Any, list[Act]] = {name: [] for name in GROUPS}
    for act in acts:
        groups[of_verb.get(act.verb, FORWARD)].append(act)
    return [(name, found) for name, found in groups.items() if found]
