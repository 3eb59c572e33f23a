"""What one may do with an answer to the intent survey, in its page's head."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.budget.models import Intent
from apps.core.menu import Act, as_buttons, grouped
from apps.core.permissions import permission_table, permitted

BUTTONS = 2
PRIMARY = ("draft_plan", "readiness", "edit")
GROUPS: dict[Any, tuple[str, ...]] = {gettext_lazy("Going on"): (), gettext_lazy("Taking back"): ("archive",)}
ROWS = (
    ("draft_plan", gettext_lazy("Write an introduction plan from it"), "budget.draft_from_intent"),
    ("readiness", gettext_lazy("Change the readiness"), "budget.edit_intent"),
    ("edit", gettext_lazy("Edit"), "budget.edit_intent"),
    ("draft_proposal", gettext_lazy("Draft a budget proposal"), "budget.draft_from_intent"),
    ("archive", gettext_lazy("Archive"), "budget.archive_intent"),
)


def intent_menu(intent: Intent, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not."""
    done = {"draft_plan": _is_there(intent.plan), "draft_proposal": _is_there(intent.proposal)}
    offered = [_act(intent, *row) for row in ROWS if not done.get(row[0])]
    acts = [act for act in offered if permitted(user, act.permission, intent)]
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary=PRIMARY),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [(act.label, permission_table[act.permission].who) for act in offered if act not in acts],
    }


def _is_there(record: Any) -> bool:
    return record is not None and record.archived_at is None


def _act(intent: Intent, verb: str, label: Any, permission: str) -> Act:
    return Act(verb, label, reverse(f"budget:intent-{verb.replace('_', '-')}", args=[intent.uid]), permission)
