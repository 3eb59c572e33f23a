"""The status flow of an initiative. INITIATIVE_FLOW is the whole of it; INITIATIVE_ACTS leave the state as it is.

Being late is no state: it is computed from the end and from today.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.transitions import Flow, Transition, needs_words
from apps.roadmap.choices import OPEN_INITIATIVE, InitiativeStatus
from apps.roadmap.models import Initiative
from apps.roadmap.selectors.waiting import unfinished_before

Need = Callable[[Initiative, dict[str, Any]], str | None]
# The target of `resume`: the state before the end, which the history remembers.
BACK = "back"
STAYS = ""


def _needs_dates_and_lead(initiative: Initiative, _data: dict[str, Any]) -> str | None:
    """A plan says when and who."""
    if not (initiative.starts_on and initiative.ends_on):
        return _("A plan needs a start and an end: enter the dates first.")
    return None if initiative.lead_unit_id else _("A plan needs a lead unit.")


def _needs_reason_to_overtake(initiative: Initiative, data: dict[str, Any]) -> str | None:
    """What it needs first is not finished: it may begin all the same, but somebody says why."""
    unfinished = unfinished_before(initiative)
    if not unfinished or (data.get("reason") or "").strip():
        return None
    names = "、".join(other.title for other in unfinished)
    return _("What it needs first is not finished: %(names)s. Say why it starts all the same.") % {"names": names}


INITIATIVE_FLOW = Flow(
    "status",
    [
        Transition(
            verb="plan",
            label=gettext_lazy("Put into planning"),
            sources=(InitiativeStatus.CONCEPT,),
            target=InitiativeStatus.PLANNED,
            permission="roadmap.plan_initiative",
            needs=(_needs_dates_and_lead,),
        ),
        Transition(
            verb="start",
            label=gettext_lazy("Start the initiative"),
            sources=(InitiativeStatus.PLANNED,),
            target=InitiativeStatus.STARTED,
            permission="roadmap.start_initiative",
            needs=(_needs_dates_and_lead, _needs_reason_to_overtake),
        ),
        Transition(
            verb="go_on",
            label=gettext_lazy("Say that it is under way"),
            sources=(InitiativeStatus.STARTED,),
            target=InitiativeStatus.UNDERWAY,
            permission="roadmap.go_on_with_initiative",
        ),
        Transition(
            verb="achieve",
            label=gettext_lazy("Say that it is achieved"),
            sources=(InitiativeStatus.STARTED, InitiativeStatus.UNDERWAY),
            target=InitiativeStatus.ACHIEVED,
            permission="roadmap.achieve_initiative",
            needs=(needs_words("evidence", gettext_lazy("Say by what one sees that it is achieved.")),),
        ),
        Transition(
            verb="cancel",
            label=gettext_lazy("Cancel the initiative"),
            sources=OPEN_INITIATIVE,
            target=InitiativeStatus.CANCELLED,
            permission="roadmap.cancel_initiative",
            needs=(needs_words("reason", gettext_lazy("Say why.")),),
        ),
        Transition(
            verb="resume",
            label=gettext_lazy("Resume the initiative"),
            sources=(InitiativeStatus.ACHIEVED, InitiativeStatus.CANCELLED),
            target=BACK,
            permission="roadmap.resume_initiative",
            needs=(needs_words("reason", gettext_lazy("Say why.")),),
        ),
    ],
)

INITIATIVE_ACTS = Flow(
    "status",
    [
        Transition(
            verb="update",
            label=gettext_lazy("Write what has moved"),
            sources=OPEN_INITIATIVE,
            target=STAYS,
            permission="roadmap.write_initiative_update",
            needs=(needs_words("text", gettext_lazy("Say what has moved.")),),
        ),
        # What was left open when the goal was reached may still be reached, or taken out, later.
        Transition(
            verb="milestones",
            label=gettext_lazy("Add a milestone"),
            sources=(*OPEN_INITIATIVE, InitiativeStatus.ACHIEVED),
            target=STAYS,
            permission="roadmap.edit_milestones",
        ),
        Transition(
            verb="implementation",
            label=gettext_lazy("Record an own implementation"),
            sources=(*OPEN_INITIATIVE, InitiativeStatus.ACHIEVED),
            target=STAYS,
            permission="roadmap.record_implementation",
        ),
        Transition(
            verb="hurdle",
            label=gettext_lazy("Add a hurdle that it clears"),
            sources=(*OPEN_INITIATIVE, InitiativeStatus.ACHIEVED),
            target=STAYS,
            permission="roadmap.link_initiative_hurdles",
        ),
    ],
)
