"""What one may do with a proposal, in its page's head: what is next as buttons, the rest in a menu of groups.

Each part of the budget adds its rows to ACTS; a verb that ORDER names can stand as a button.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.budget.models import Proposal
from apps.budget.selectors.editing import is_editable
from apps.budget.services.answering import waits_for_owner
from apps.budget.services.project_codes import takes_code
from apps.budget.services.writing import may_be_archived
from apps.budget.views.proposal_act import ProposalAct
from apps.budget.views.stage_acts import ENDING_VERBS, FORWARD_VERBS, STAGE_ACTS
from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted

BUTTONS = 3


ACTS: tuple[ProposalAct, ...] = (
    *STAGE_ACTS,
    ProposalAct("edit", "budget.edit_proposal", gettext_lazy("Edit"), "proposal-edit", is_editable, tells=True),
    ProposalAct("costs", "budget.edit_proposal", gettext_lazy("Edit the costs"), "proposal-costs", is_editable),
    ProposalAct("funding", "budget.change_funding", gettext_lazy("Sources of money"), "proposal-funding"),
    ProposalAct(
        "answer",
        "budget.answer_proposal",
        gettext_lazy("Answer as the owning unit"),
        "proposal-answer",
        waits_for_owner,
        tells=True,
    ),
    ProposalAct("serves", "budget.edit_proposal", gettext_lazy("What it serves"), "proposal-serves", is_editable),
    ProposalAct(
        "workload", "budget.edit_proposal", gettext_lazy("Hours of tasks saved"), "proposal-workload", is_editable
    ),
    ProposalAct(
        "evidence",
        "budget.edit_proposal",
        gettext_lazy("Add evidence of the citizens' view"),
        "proposal-evidence-add",
        is_editable,
    ),
    ProposalAct(
        "later_years", "budget.edit_proposal", gettext_lazy("Later years"), "proposal-later-years", is_editable
    ),
    ProposalAct("outcomes", "budget.measure_outcome", gettext_lazy("Outcome indicators"), "proposal-outcomes"),
    ProposalAct("code", "budget.give_project_code", gettext_lazy("Give the project code"), "proposal-code", takes_code),
    ProposalAct("copy", "budget.edit_proposal", gettext_lazy("Go on with it in the next year"), "proposal-copy"),
    ProposalAct("forms", "budget.fill_form", gettext_lazy("Fill a form of the city"), "form-list", names=True),
    ProposalAct("archive", "budget.archive_proposal", gettext_lazy("Archive"), "proposal-archive", may_be_archived),
    ProposalAct("plan_steps", "budget.plan_steps", gettext_lazy("Plan the steps"), "proposal-steps"),
    ProposalAct(
        "candidate",
        "budget.plan_steps",
        gettext_lazy("Name a grant on which it could ride"),
        "proposal-candidate",
    ),
)
# What one does most often stands first; the first of PRIMARY that one may do is the one primary button.
PRIMARY: tuple[str, ...] = ("answer", *FORWARD_VERBS)
ORDER: tuple[str, ...] = (*PRIMARY, "edit", "costs", "funding")
FORWARD = gettext_lazy("Going on")
# In this order; what no group names goes on.
GROUPS: dict[Any, tuple[str, ...]] = {
    FORWARD: (),
    gettext_lazy("What belongs to it"): (
        "serves",
        "workload",
        "evidence",
        "later_years",
        "outcomes",
        "funding",
        "plan_steps",
        "candidate",
    ),
    gettext_lazy("Ending it"): (*ENDING_VERBS, "archive"),
}


def proposal_menu(proposal: Proposal, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not."""
    offered = [row for row in ACTS if row.when(proposal)]
    may = {row.verb: permitted(user, row.permission, proposal) for row in offered}
    acts = in_order((_act(proposal, row) for row in offered if may[row.verb]), ORDER)
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary=PRIMARY),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [
            (row.label, permission_table[row.permission].who) for row in offered if row.tells and not may[row.verb]
        ],
    }


def _act(proposal: Proposal, row: ProposalAct) -> Act:
    page = f"budget:{row.page}"
    url = f"{reverse(page)}?proposal={proposal.address}" if row.names else reverse(page, args=[proposal.address])
    return Act(row.verb, row.label, url)
