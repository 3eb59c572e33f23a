"""What one may do with a call, in its page's head."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.budget.choices import WindowKind
from apps.core.menu import Act, as_buttons, grouped
from apps.core.permissions import permission_table, permitted

BUTTONS = 2
# Verb, permission, label, page; in the order in which they stand.
ACTS: tuple[tuple[str, str, Any, str], ...] = (
    ("announce", "budget.announce_grant", gettext_lazy("Announce the days"), "grant-announce"),
    ("edit", "budget.edit_grant", gettext_lazy("Edit"), "grant-edit"),
    ("requirement", "budget.edit_grant", gettext_lazy("Add a requirement"), "requirement-add"),
    ("candidate", "budget.edit_grant", gettext_lazy("Name a proposal that could ride on it"), "grant-candidate"),
    ("continue", "budget.create_grant", gettext_lazy("Enter the next call"), "grant-continue"),
    ("close", "budget.announce_grant", gettext_lazy("Close"), "grant-close"),
    ("archive", "budget.archive_grant", gettext_lazy("Archive"), "grant-archive"),
)
OVER = {"announce", "close", "candidate"}
GROUPS: dict[Any, tuple[str, ...]] = {
    gettext_lazy("What belongs to it"): ("requirement", "candidate"),
    gettext_lazy("Going on"): ("continue", "announce", "edit"),
    gettext_lazy("Ending it"): ("close", "archive"),
}


def grant_menu(grant: Any, user: Any) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not."""
    offered = [row for row in ACTS if grant.window != WindowKind.CLOSED or row[0] not in OVER]
    may = {row[0]: permitted(user, row[1], grant) for row in offered}
    acts = [Act(verb, label, _url(page, grant)) for verb, _permission, label, page in offered if may[verb]]
    told = {"announce", "edit"}
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary={"announce"} if grant.window == WindowKind.ASSUMED else ()),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [(row[2], permission_table[row[1]].who) for row in offered if row[0] in told and not may[row[0]]],
    }


def _url(page: str, grant: Any) -> str:
    return reverse(f"budget:{page}", args=[grant.address])
