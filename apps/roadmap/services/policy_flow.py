"""The status flow of a policy. FLOW is the whole of it; ACTS are the verbs that leave the state as it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.transitions import Flow, Transition, needs_words
from apps.roadmap.choices import PolicyStatus
from apps.roadmap.models import Policy

Need = Callable[[Policy, dict[str, Any]], Any]
# The target of a verb that leaves the state as it is.
STAYS = ""


def _needs_text(policy: Policy, _data: dict[str, Any]) -> str | None:
    """What is reviewed and decided is a text."""
    return None if policy.versions.exists() else _("The policy has no text yet. Write it first.")


def _needs_day(policy: Policy, data: dict[str, Any]) -> str | None:
    """A day that has come, not before the policy was decided."""
    day: date | None = data.get("day")
    if day is None:
        return _("Say from which day on it is in force.")
    if day > clock.today():
        return _("It is in force once the day has come. Until then, write the day into the policy as planned.")
    if policy.status_since and day < policy.status_since:
        return _("It cannot be in force before it was decided.")
    return None


_needs_reason = needs_words("reason", gettext_lazy("Say why."))
# Neither at its goal nor taken back.
STANDING = (PolicyStatus.DRAFT, PolicyStatus.UNDER_REVIEW, PolicyStatus.DECIDED, PolicyStatus.IN_FORCE)
# Here bound units adopt it.
ADOPTABLE = (PolicyStatus.DECIDED, PolicyStatus.IN_FORCE, PolicyStatus.ACHIEVED)
REVIEWED_AS = gettext_lazy("Put it under consideration")

FLOW = Flow(
    "status",
    [
        Transition(
            verb="review",
            label=REVIEWED_AS,
            sources=(PolicyStatus.DRAFT,),
            target=PolicyStatus.UNDER_REVIEW,
            permission="roadmap.review_policy",
            needs=(_needs_text,),
        ),
        Transition(
            verb="return",
            label=gettext_lazy("Return to a draft"),
            sources=(PolicyStatus.UNDER_REVIEW,),
            target=PolicyStatus.DRAFT,
            permission="roadmap.return_policy",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="bring_into_force",
            label=gettext_lazy("Bring into force"),
            sources=(PolicyStatus.DECIDED,),
            target=PolicyStatus.IN_FORCE,
            permission="roadmap.bring_policy_into_force",
            needs=(_needs_day,),
        ),
        Transition(
            verb="achieve",
            label=gettext_lazy("Say that the goal is achieved"),
            sources=(PolicyStatus.IN_FORCE,),
            target=PolicyStatus.ACHIEVED,
            permission="roadmap.achieve_policy",
            needs=(needs_words("evidence", gettext_lazy("Say by what one sees that the goal is achieved.")),),
        ),
        Transition(
            verb="withdraw",
            label=gettext_lazy("Withdraw the policy"),
            sources=(PolicyStatus.UNDER_REVIEW, PolicyStatus.DECIDED, PolicyStatus.IN_FORCE),
            target=PolicyStatus.WITHDRAWN,
            permission="roadmap.withdraw_policy",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="resume",
            label=gettext_lazy("Resume as a draft"),
            sources=(PolicyStatus.WITHDRAWN,),
            target=PolicyStatus.DRAFT,
            permission="roadmap.resume_policy",
            needs=(_needs_reason,),
        ),
        # A decision is recorded in an upper app, which asks who may and by whom it was made: see Transition.
        Transition(
            verb="decide",
            label=gettext_lazy("Decide the policy"),
            sources=(PolicyStatus.UNDER_REVIEW,),
            target=PolicyStatus.DECIDED,
            internal=True,
            needs=(_needs_text,),
        ),
    ],
)

ACTS = Flow(
    "status",
    [
        Transition("edit", gettext_lazy("Edit"), STANDING, STAYS, "roadmap.edit_policy"),
        Transition(
            verb="write_text",
            label=gettext_lazy("Write a new version of the text"),
            sources=STANDING,
            target=STAYS,
            permission="roadmap.write_policy_text",
            needs=(needs_words("text", gettext_lazy("Write the text.")),),
        ),
        Transition(
            "link_hurdles", gettext_lazy("Add hurdles"), STANDING, STAYS, permission="roadmap.link_policy_hurdles"
        ),
        Transition(
            verb="unlink_hurdle",
            label=gettext_lazy("Take out of the policy"),
            sources=STANDING,
            target=STAYS,
            permission="roadmap.link_policy_hurdles",
            needs=(_needs_reason,),
        ),
        Transition("bind_units", gettext_lazy("Bind units"), STANDING, STAYS, permission="roadmap.bind_units"),
        Transition(
            verb="release_units",
            label=gettext_lazy("Release units"),
            sources=STANDING,
            target=STAYS,
            permission="roadmap.bind_units",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="adopt",
            label=gettext_lazy("Say that a unit has adopted it"),
            sources=ADOPTABLE,
            target=STAYS,
            permission="roadmap.adopt_policy",
            needs=(needs_words("note", gettext_lazy("Say what the unit does.")),),
        ),
        Transition(
            verb="undo_adoption",
            label=gettext_lazy("Undo the adoption"),
            sources=ADOPTABLE,
            target=STAYS,
            permission="roadmap.adopt_policy",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="archive",
            label=gettext_lazy("Archive"),
            sources=(PolicyStatus.DRAFT, PolicyStatus.WITHDRAWN),
            target=STAYS,
            permission="roadmap.archive_policy",
            needs=(_needs_reason,),
        ),
    ],
)
