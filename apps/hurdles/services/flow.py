"""The status flow of a hurdle. FLOW is the whole of it; ACTS are the verbs that leave the state as it is."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.transitions import Flow, Transition, needs_words
from apps.hurdles.choices import OPEN, HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.services.survivors import refusal_to_merge, refusal_to_undo

Need = Callable[[Hurdle, dict[str, Any]], str | None]
# The target of a verb that undoes: the state before, which the record of the act remembers (`status_before`).
BACK = "back"
# The target of a verb that leaves the state as it is.
STAYS = ""


def _needs_title_and_obstacle(hurdle: Hurdle, _data: dict[str, Any]) -> str | None:
    return None if hurdle.title and hurdle.obstacle else _("A hurdle needs a title and what is in the way.")


def _needs_owner(hurdle: Hurdle, _data: dict[str, Any]) -> str | None:
    return None if hurdle.owning_unit_id else _("Decide first whose it is: the hurdle has no owning unit.")


def _needs_decision_to_skip(hurdle: Hurdle, data: dict[str, Any]) -> str | None:
    """After a policy the work may begin; before it somebody has to have decided that it may."""
    if hurdle.status == HurdleStatus.POLICY_SET or data.get("decision", "").strip():
        return None
    return _("Name the decision that allows to begin without a decided policy.")


def _needs_waiting_resolution(hurdle: Hurdle, _data: dict[str, Any]) -> str | None:
    if hurdle.resolutions.filter(confirmed__isnull=True).exists():
        return None
    return _("Nobody has said that this hurdle is resolved.")


def _needs_no_waiting_resolution(hurdle: Hurdle, _data: dict[str, Any]) -> str | None:
    if hurdle.resolutions.filter(confirmed__isnull=True).exists():
        return _("This hurdle is already said to be resolved; a second person looks at it.")
    return None


_needs_reason = needs_words("reason", gettext_lazy("Say why."))
_needs_answer = needs_words("answer", gettext_lazy("Write an answer."))
# The verb "target" where no date is promised yet.
PROMISE_LABEL = gettext_lazy("Promise a date")
# Where work goes on, or could.
_AT_WORK = (
    HurdleStatus.ORGANIZING,
    HurdleStatus.DRAFTING_POLICY,
    HurdleStatus.AT_HEADQUARTERS,
    HurdleStatus.POLICY_SET,
    HurdleStatus.IN_PROGRESS,
    HurdleStatus.PARTLY_RESOLVED,
    HurdleStatus.PETITIONED,
)
RESOLVABLE = (
    HurdleStatus.POLICY_SET,
    HurdleStatus.IN_PROGRESS,
    HurdleStatus.PARTLY_RESOLVED,
    HurdleStatus.PETITIONED,
    HurdleStatus.ORGANIZING,
)

FLOW = Flow(
    "status",
    [
        Transition(
            verb="submit",
            label=gettext_lazy("Submit"),
            sources=(HurdleStatus.DRAFT, HurdleStatus.RETURNED),
            target=HurdleStatus.SUBMITTED,
            permission="hurdles.submit_hurdle",
            needs=(_needs_title_and_obstacle,),
        ),
        Transition(
            verb="organize",
            label=gettext_lazy("Take up"),
            sources=(HurdleStatus.SUBMITTED,),
            target=HurdleStatus.ORGANIZING,
            permission="hurdles.organize_hurdle",
        ),
        Transition(
            verb="return",
            label=gettext_lazy("Return with a question"),
            sources=(HurdleStatus.SUBMITTED, HurdleStatus.ORGANIZING),
            target=HurdleStatus.RETURNED,
            permission="hurdles.return_hurdle",
            needs=(needs_words("question", gettext_lazy("Say what you ask of the section.")),),
        ),
        Transition(
            verb="draft_policy",
            label=gettext_lazy("Begin to draft a policy"),
            sources=(HurdleStatus.ORGANIZING,),
            target=HurdleStatus.DRAFTING_POLICY,
            permission="hurdles.draft_policy",
            needs=(_needs_owner,),
        ),
        Transition(
            verb="start",
            label=gettext_lazy("Begin the work"),
            sources=(
                HurdleStatus.ORGANIZING,
                HurdleStatus.DRAFTING_POLICY,
                HurdleStatus.AT_HEADQUARTERS,
                HurdleStatus.POLICY_SET,
                HurdleStatus.PETITIONED,
            ),
            target=HurdleStatus.IN_PROGRESS,
            permission="hurdles.start_hurdle",
            needs=(_needs_decision_to_skip,),
        ),
        Transition(
            verb="resolve_partly",
            label=gettext_lazy("Say that it is partly resolved"),
            sources=(HurdleStatus.IN_PROGRESS, HurdleStatus.PETITIONED),
            target=HurdleStatus.PARTLY_RESOLVED,
            permission="hurdles.resolve_hurdle_partly",
            needs=(
                needs_words("solved", gettext_lazy("Say what is solved.")),
                needs_words("remains", gettext_lazy("Say what remains.")),
            ),
        ),
        Transition(
            verb="resolve",
            label=gettext_lazy("Confirm the resolution"),
            sources=RESOLVABLE,
            target=HurdleStatus.RESOLVED,
            permission="hurdles.resolve_hurdle",
            needs=(_needs_waiting_resolution,),
        ),
        Transition(
            verb="defer",
            label=gettext_lazy("Defer"),
            sources=(HurdleStatus.SUBMITTED, *_AT_WORK),
            target=HurdleStatus.DEFERRED,
            permission="hurdles.defer_hurdle",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="resume",
            label=gettext_lazy("Resume"),
            sources=(HurdleStatus.DEFERRED,),
            target=HurdleStatus.ORGANIZING,
            permission="hurdles.resume_hurdle",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="reopen",
            label=gettext_lazy("Reopen"),
            sources=(HurdleStatus.RESOLVED,),
            target=HurdleStatus.IN_PROGRESS,
            permission="hurdles.reopen_hurdle",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="merge",
            label=gettext_lazy("Merge into another hurdle"),
            sources=OPEN,
            target=HurdleStatus.MERGED,
            permission="hurdles.merge_hurdle",
            needs=(refusal_to_merge, needs_words("reason", gettext_lazy("Say why the two are the same."))),
        ),
        Transition(
            verb="unmerge",
            label=gettext_lazy("Undo the merge"),
            sources=(HurdleStatus.MERGED,),
            target=BACK,
            permission="hurdles.unmerge_hurdle",
            needs=(refusal_to_undo,),
        ),
        # What follows from an upper app's record: see Transition.
        Transition(
            verb="put_before_headquarters",
            label=gettext_lazy("Put before the headquarters meeting"),
            sources=(HurdleStatus.ORGANIZING, HurdleStatus.DRAFTING_POLICY),
            target=HurdleStatus.AT_HEADQUARTERS,
            internal=True,
        ),
        Transition(
            verb="set_policy",
            label=gettext_lazy("Decide the policy"),
            sources=(
                HurdleStatus.ORGANIZING,
                HurdleStatus.DRAFTING_POLICY,
                HurdleStatus.AT_HEADQUARTERS,
                HurdleStatus.PETITIONED,
            ),
            target=HurdleStatus.POLICY_SET,
            internal=True,
        ),
        Transition(
            verb="petition",
            label=gettext_lazy("Petition the nation"),
            sources=(
                HurdleStatus.ORGANIZING,
                HurdleStatus.DRAFTING_POLICY,
                HurdleStatus.AT_HEADQUARTERS,
                HurdleStatus.POLICY_SET,
                HurdleStatus.IN_PROGRESS,
            ),
            target=HurdleStatus.PETITIONED,
            internal=True,
        ),
    ],
)

ACTS = Flow(
    "status",
    [
        Transition(
            verb="progress",
            label=gettext_lazy("Write progress"),
            sources=_AT_WORK,
            target=STAYS,
            permission="hurdles.write_progress",
            needs=(needs_words("text", gettext_lazy("Say what has moved.")),),
        ),
        Transition(
            verb="target",
            label=gettext_lazy("Change the date"),
            sources=OPEN,
            target=STAYS,
            permission="hurdles.move_target",
        ),
        Transition(
            verb="decide_move",
            label=gettext_lazy("Decide on the date"),
            sources=OPEN,
            target=STAYS,
            permission="hurdles.decide_move",
            needs=(_needs_answer,),
        ),
        Transition(
            verb="next_action",
            label=gettext_lazy("Decide what is next"),
            sources=OPEN,
            target=STAYS,
            permission="hurdles.plan_next_action",
        ),
        Transition(
            verb="propose_resolution",
            label=gettext_lazy("Say that it is resolved"),
            sources=RESOLVABLE,
            target=STAYS,
            permission="hurdles.propose_resolution",
            needs=(
                _needs_no_waiting_resolution,
                needs_words("evidence", gettext_lazy("Say by what one sees that it is resolved.")),
            ),
        ),
        Transition(
            verb="refuse_resolution",
            label=gettext_lazy("Refuse the resolution"),
            sources=RESOLVABLE,
            target=STAYS,
            permission="hurdles.refuse_resolution",
            needs=(_needs_waiting_resolution, _needs_answer),
        ),
        Transition(
            verb="answer_lasting",
            label=gettext_lazy("Answer whether it has lasted"),
            sources=(HurdleStatus.RESOLVED,),
            target=STAYS,
            permission="hurdles.answer_lasting",
        ),
    ],
)
