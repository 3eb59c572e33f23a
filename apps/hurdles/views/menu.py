"""What one may do with a hurdle, in its page's head: what is next as buttons, the rest in a menu of groups."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.menu import Act, as_buttons, grouped, in_order
from apps.core.permissions import permission_table, permitted
from apps.core.registry import acts_for
from apps.core.transitions import Transition
from apps.hurdles.choices import OPEN, SOLVED, HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.services import PROMISE_LABEL, offered_verbs

RECORD_LABEL = gettext_lazy("Record how it was solved")
BUNDLE_LABEL = gettext_lazy("Create a common hurdle")
ASK_LABEL = gettext_lazy("Ask the owning unit for its view")
# The first of these that one may do is the one primary button.
PRIMARY = (
    "submit",
    "answer_owner_view",
    "organize",
    "decide_move",
    "resolve",
    "answer_lasting",
    "ask_owner_view",
    "progress",
    "next_action",
    "resume",
)
# What one does most often stands first.
ORDER = (
    *PRIMARY,
    "target",
    "propose_resolution",
    "refuse_resolution",
    "record_solved_case",
    "edit",
    "return",
    "draft_policy",
    "start",
)
BUTTONS = 3
FORWARD = gettext_lazy("Going on")
# In this order; what no group names goes on.
GROUPS: dict[Any, tuple[str, ...]] = {
    FORWARD: (),
    gettext_lazy("Dates and who acts"): ("target", "decide_move", "next_action"),
    gettext_lazy("Views"): ("ask_owner_view", "answer_owner_view", "ask_again", "answer_for_owner"),
    gettext_lazy("Merging and deferring"): ("create_common_hurdle", "merge", "unmerge", "defer"),
}


def menu_of(hurdle: Hurdle, user: Any, *, voices: dict[str, Any]) -> dict[str, Any]:
    """The buttons, the groups of the menu, and who may do what this person may not. `voices`: the owner's views."""
    offered = offered_verbs(hurdle)
    acts = in_order([*_flow_acts(hurdle, user, offered), *_other_acts(hurdle, user, voices)], ORDER)
    return {
        "buttons": as_buttons(acts[:BUTTONS], primary=PRIMARY),
        "groups": grouped(acts[BUTTONS:], GROUPS),
        "others": [
            (act_label(hurdle, row), permission_table[row.permission].who)
            for row in offered
            if not permitted(user, row.permission, hurdle)
        ],
    }


def verb_url(hurdle: Hurdle, verb: str) -> str:
    """The page of a verb of the flow."""
    return reverse(f"hurdles:hurdle-{verb.replace('_', '-')}", args=[hurdle.address])


def bundle_url(hurdle: Hurdle) -> str:
    """The page that bundles this hurdle under a new name."""
    return f"{reverse('hurdles:common-hurdle-create')}?{urlencode({'hurdle': hurdle.number or ''})}"


def _flow_acts(hurdle: Hurdle, user: Any, offered: Iterable[Transition]) -> list[Act]:
    rows = [row for row in offered if permitted(user, row.permission, hurdle)]
    return [Act(row.verb, act_label(hurdle, row), verb_url(hurdle, row.verb)) for row in rows]


def act_label(hurdle: Hurdle, row: Transition) -> Any:
    """A first date is promised, not changed."""
    return PROMISE_LABEL if row.verb == "target" and not hurdle.target_date else row.label


def _voice_acts(hurdle: Hurdle, user: Any, voices: dict[str, Any], page: Any) -> list[tuple[Any, str, Any, str]]:
    """The owner's view: the first question is what comes next, and so is the owner's own answer."""
    label = _("Ask again") if voices["owner_views"] else ASK_LABEL
    is_next = not voices["owner_views"] and hurdle.status in {HurdleStatus.SUBMITTED, HurdleStatus.ORGANIZING}
    is_own = hurdle.owning_unit_id in user.unit_ids
    return [
        (voices["may_ask"], "ask_owner_view" if is_next else "ask_again", label, page("owner-view-ask")),
        (
            voices["may_answer"],
            "answer_owner_view" if is_own else "answer_for_owner",
            _("Give your view") if is_own else _("Answer on behalf of the owning unit"),
            page("owner-view-answer"),
        ),
    ]


def _other_acts(hurdle: Hurdle, user: Any, voices: dict[str, Any]) -> list[Act]:
    """What this person may do besides the flow: change, ask, tell how it was solved, bundle, upper apps."""

    def may(verb: str) -> bool:
        return permitted(user, f"hurdles.{verb}", hurdle)

    def page(name: str) -> str:
        return reverse(f"hurdles:{name}", args=[hurdle.address])

    acts = (
        (may("edit_hurdle"), "edit", _("Edit"), page("hurdle-edit")),
        *_voice_acts(hurdle, user, voices, page),
        (
            hurdle.status in SOLVED and may("record_solved_case"),
            "record_solved_case",
            RECORD_LABEL,
            page("solved-case-record"),
        ),
        (
            hurdle.status in OPEN and may("create_common_hurdle"),
            "create_common_hurdle",
            BUNDLE_LABEL,
            bundle_url(hurdle),
        ),
    )
    upper = [each for each in acts_for("hurdles:hurdle-detail", hurdle) if permitted(user, each.permission, hurdle)]
    return [
        *(Act(verb, label, url) for makes_sense, verb, label, url in acts if makes_sense),
        *(Act(each.name, each.label, each.address(hurdle)) for each in upper),
    ]
