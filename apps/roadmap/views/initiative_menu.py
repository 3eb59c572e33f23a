"""What one may do with an initiative, in its page's head: what is next as buttons, the rest in a menu of groups."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted
from apps.core.transitions import Transition
from apps.roadmap.choices import OPEN_INITIATIVE
from apps.roadmap.models import Initiative
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS, INITIATIVE_FLOW

BUTTONS = 3
# The first of these that one may do is the one primary button.
PRIMARY = ("plan", "start", "go_on", "update", "resume")
# What one does most often stands first.
ORDER = (*PRIMARY, "achieve", "edit", "reschedule", "milestones", "hurdle", "implementation")
# The pages of the verbs that are not called after them.
PAGES = {
    "milestones": "milestone-add",
    "implementation": "implementation-record",
    "hurdle": "initiative-hurdles",
}
# What leaves the state as it is and stands in no flow: verb, permission, label, page.
FURTHER: tuple[tuple[str, str, Any, str], ...] = (
    ("edit", "roadmap.edit_initiative", gettext_lazy("Edit"), "initiative-edit"),
    ("reschedule", "roadmap.reschedule_initiative", gettext_lazy("Move the dates"), "initiative-reschedule"),
    ("link", "roadmap.link_initiatives", gettext_lazy("Link initiatives"), "initiative-links"),
    ("archive", "roadmap.archive_initiative", gettext_lazy("Archive"), "initiative-archive"),
)
# The dates of what is at its end stay as they are.
WHILE_OPEN = {"reschedule"}
FORWARD = gettext_lazy("Going on")
# In this order; what no group names goes on.
GROUPS: dict[Any, tuple[str, ...]] = {
    FORWARD: (),
    gettext_lazy("What belongs to it"): ("milestones", "hurdle", "implementation"),
    gettext_lazy("Dates and dependencies"): ("reschedule", "link"),
    gettext_lazy("Ending it"): ("cancel", "archive"),
}


def initiative_menu(initiative: Initiative, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not."""
    offered = _offered(initiative)
    acts = [_act(initiative, row.verb, row.label) for row in offered if permitted(user, row.permission, initiative)]
    acts += [
        Act(verb, label, reverse(f"roadmap:{page}", args=[initiative.address]))
        for verb, permission, label, page in FURTHER
        if (verb not in WHILE_OPEN or initiative.status in OPEN_INITIATIVE) and permitted(user, permission, initiative)
    ]
    acts = in_order(acts, ORDER)
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary=PRIMARY),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [
            (row.label, permission_table[row.permission].who)
            for row in offered
            if not permitted(user, row.permission, initiative)
        ],
    }


def _offered(initiative: Initiative) -> list[Transition]:
    """The verbs that lead somewhere from here; only what the team does itself has implementations."""
    rows = [*INITIATIVE_FLOW.offered(initiative), *INITIATIVE_ACTS.offered(initiative)]
    return [row for row in rows if row.verb != "implementation" or initiative.by_team]


def verb_url(initiative: Initiative, verb: str) -> str:
    """The page of a verb of the flow."""
    page = PAGES.get(verb, f"initiative-{verb.replace('_', '-')}")
    return reverse(f"roadmap:{page}", args=[initiative.address])


def _act(initiative: Initiative, verb: str, label: Any) -> Act:
    return Act(verb, label, verb_url(initiative, verb))
