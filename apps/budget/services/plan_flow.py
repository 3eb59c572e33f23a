"""The way of an introduction plan 導入計画書: FLOW is the whole of it.

ACTS are the verbs that leave the state as it is.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanStatus, PreReviewResult
from apps.budget.models import IntroductionPlan
from apps.budget.selectors.plan_parts import missing_in
from apps.core.transitions import Flow, Transition, needs_words

# The target of a verb that leaves the state as it is.
STAYS = ""
WRITABLE = (PlanStatus.DRAFT, PlanStatus.RETURNED)
EVERY = tuple(PlanStatus)
# What a review can come to; to return is a verb of its own.
VERDICTS = (PreReviewResult.FIT, PreReviewResult.CONDITIONAL, PreReviewResult.NOT_APPLICABLE)

_needs_reason = needs_words("reason", gettext_lazy("Say why."))


def _needs_all_parts(plan: IntroductionPlan, _data: dict[str, Any]) -> str | None:
    missing = missing_in(plan)
    return _("Still missing: %(parts)s.") % {"parts": "、".join(missing)} if missing else None


def _needs_verdict(_plan: IntroductionPlan, data: dict[str, Any]) -> str | None:
    return None if data.get("result") in VERDICTS else _("Say what the review came to.")


def _needs_conditions(_plan: IntroductionPlan, data: dict[str, Any]) -> str | None:
    is_open = data.get("result") == PreReviewResult.CONDITIONAL and not (data.get("words") or "").strip()
    return _("Say on which conditions.") if is_open else None


def _needs_change(wanted: bool) -> Any:
    """A mark is set once; who comes second is told so."""
    message = gettext_lazy("It is marked already.") if wanted else gettext_lazy("It is not marked.")
    return lambda plan, _data: str(message) if plan.priority_case == wanted else None


FLOW = Flow(
    "status",
    [
        Transition(
            verb="submit",
            label=gettext_lazy("Hand in for review"),
            sources=WRITABLE,
            target=PlanStatus.SUBMITTED,
            permission="budget.submit_plan",
            needs=(_needs_all_parts,),
        ),
        # A plan that is reviewed can be judged again: of two who judge at once the second sees both and decides.
        Transition(
            verb="review",
            label=gettext_lazy("Review"),
            sources=(PlanStatus.SUBMITTED, PlanStatus.REVIEWED),
            target=PlanStatus.REVIEWED,
            permission="budget.review_plan",
            needs=(_needs_verdict, _needs_conditions),
        ),
        Transition(
            verb="return",
            label=gettext_lazy("Return"),
            sources=(PlanStatus.SUBMITTED,),
            target=PlanStatus.RETURNED,
            permission="budget.return_plan",
            needs=(_needs_reason,),
        ),
        Transition(
            verb="reopen",
            label=gettext_lazy("Return the reviewed plan"),
            sources=(PlanStatus.REVIEWED,),
            target=PlanStatus.RETURNED,
            permission="budget.reopen_plan",
            needs=(_needs_reason,),
        ),
    ],
)

ACTS = Flow(
    "status",
    [
        Transition("edit", gettext_lazy("Edit"), WRITABLE, STAYS, "budget.edit_plan"),
        Transition("link_hurdles", gettext_lazy("Hurdles that it clears"), WRITABLE, STAYS, "budget.edit_plan"),
        Transition("link_proposal", gettext_lazy("Budget proposal of the plan"), EVERY, STAYS, "budget.link_plan"),
        Transition("draft_proposal", gettext_lazy("Draft a budget proposal"), EVERY, STAYS, "budget.link_plan"),
        Transition(
            verb="mark_priority",
            label=gettext_lazy("Mark as a priority case"),
            sources=EVERY,
            target=STAYS,
            permission="budget.mark_priority",
            needs=(_needs_reason, _needs_change(wanted=True)),
        ),
        Transition(
            verb="unmark_priority",
            label=gettext_lazy("Take the mark of a priority case away"),
            sources=EVERY,
            target=STAYS,
            permission="budget.mark_priority",
            needs=(_needs_reason, _needs_change(wanted=False)),
        ),
        Transition(
            verb="archive",
            label=gettext_lazy("Archive"),
            sources=WRITABLE,
            target=STAYS,
            permission="budget.archive_plan",
            needs=(_needs_reason,),
        ),
    ],
)


def refusal_to_move(row: Transition, plan: IntroductionPlan) -> str:
    """Why the verb leads nowhere from where the plan stands; or nothing."""
    flow = FLOW if row in FLOW.rows else ACTS
    return flow.refusal(row.verb, plan)
