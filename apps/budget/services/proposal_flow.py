"""The way of a proposal from drafting to the vote. PROPOSAL_FLOW is the whole of it, by what the stages mean.

The names and the order of the stages are the city's own; a verb goes by the kind of the stage. What is done for all
proposals of a year in one act is internal here (`services.budget_year`).
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.choices import IfNotAdopted, PlanStatus, PreReviewResult, Source, StageKind
from apps.budget.models import CostLine, IntroductionPlan, Proposal
from apps.budget.selectors.stage_days import revival_closes
from apps.budget.selectors.stages import is_held
from apps.core import clock, wareki
from apps.core.transitions import Flow, Transition, needs_words

STAYS = ""
IN_APPRAISAL = (StageKind.HEARING, StageKind.APPRAISAL)
# Until the budget bill is fixed a request can be taken back.
WITHDRAWABLE = (
    StageKind.SECTION,
    StageKind.DEPARTMENT,
    StageKind.PRE_REVIEW,
    StageKind.REQUEST,
    *IN_APPRAISAL,
    StageKind.NOTICE,
    StageKind.REVIVAL,
    StageKind.REVIVAL_APPRAISAL,
)
HOLDABLE = (StageKind.REQUEST, *IN_APPRAISAL, StageKind.REVIVAL)


def needs_costs(proposal: Proposal, _data: dict[str, Any]) -> str | None:
    """It asks for something, or ends (廃止) what the year before had."""
    costs = CostLine.objects.filter(request_line__proposal=proposal)
    if costs.exists() or proposal.request_lines.filter(previous_initial_k__gt=0).exists():
        return None
    return _("Enter the costs first: there is neither a cost line nor an amount of the previous year.")


def needs_words_if_not_adopted(proposal: Proposal, _data: dict[str, Any]) -> str | None:
    """不採択時の扱い is said for every source of the nation and of the prefecture."""
    subsidies = proposal.fundings.filter(source__in=(Source.NATIONAL, Source.PREFECTURE))
    unsaid = [""] if proposal.if_not_adopted.strip() else ["", IfNotAdopted.AS_WRITTEN]
    if missing := subsidies.filter(if_not_adopted__in=unsaid).first():
        return _("Say what happens if “%(name)s” is not adopted.") % {"name": missing.name}
    return None


def needs_reviewed_plan(proposal: Proposal, _data: dict[str, Any]) -> str | None:
    """What went to the preliminary review comes back from it before the request."""
    if proposal.pre_review_result == PreReviewResult.RETURNED:
        return _("The preliminary review has returned it: have it reviewed again first.")
    plans = IntroductionPlan.objects.filter(proposal=proposal, archived_at__isnull=True)
    for plan in plans.order_by("pk"):
        if plan.result == PreReviewResult.RETURNED or plan.status == PlanStatus.RETURNED:
            return _("The introduction plan “%(plan)s” was returned by the review.") % {"plan": plan}
        if not plan.result:
            return _("The introduction plan “%(plan)s” is not reviewed yet.") % {"plan": plan}
    return None


def needs_not_held(proposal: Proposal, _data: dict[str, Any]) -> str | None:
    return _("It is on hold: take the hold back first.") if is_held(proposal) else None


def needs_held(proposal: Proposal, _data: dict[str, Any]) -> str | None:
    return None if is_held(proposal) else _("It is not on hold.")


def needs_time_to_revive(proposal: Proposal, _data: dict[str, Any]) -> str | None:
    """復活要求 goes into a timetable of days; afterwards the finance section alone can move the day."""
    closes = revival_closes(proposal.fiscal_year)
    if closes is None or clock.today() <= closes:
        return None
    said = {"day": wareki.format_date(closes)}
    return _("One could ask again until %(day)s. Speak to the finance section.") % said


PROPOSAL_FLOW = Flow(
    "stage_kind",
    [
        Transition(
            verb="confirm",
            label=gettext_lazy("Confirm as the section"),
            sources=(StageKind.DRAFT,),
            target=StageKind.SECTION,
            permission="budget.confirm_proposal",
            needs=(needs_costs,),
        ),
        Transition(
            verb="coordinate",
            label=gettext_lazy("Enter the agreement of the department"),
            sources=(StageKind.SECTION, StageKind.PRE_REVIEW),
            target=StageKind.DEPARTMENT,
            permission="budget.coordinate_proposal",
        ),
        Transition(
            verb="submit",
            label=gettext_lazy("Hand in the request"),
            sources=(StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW),
            target=StageKind.REQUEST,
            permission="budget.submit_proposal",
            needs=(needs_costs, needs_words_if_not_adopted, needs_reviewed_plan),
        ),
        Transition(
            verb="return",
            label=pgettext_lazy("proposal", "Return for correction"),
            sources=(StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW, StageKind.REQUEST),
            target=StageKind.DRAFT,
            permission="budget.return_proposal",
            needs=(needs_words("reason", gettext_lazy("Say why.")),),
        ),
        Transition(
            verb="withdraw",
            label=gettext_lazy("Withdraw the request"),
            sources=WITHDRAWABLE,
            target=StageKind.DROPPED,
            permission="budget.withdraw_proposal",
            needs=(needs_words("reason", gettext_lazy("Say why.")),),
        ),
        Transition(
            verb="hear",
            label=gettext_lazy("Record the hearing"),
            sources=(StageKind.REQUEST, StageKind.HEARING),
            target=StageKind.HEARING,
            permission="budget.hear_proposal",
            needs=(needs_not_held, needs_words("words", gettext_lazy("Say what was heard."))),
        ),
        Transition(
            verb="appraise",
            label=gettext_lazy("Appraise"),
            sources=(StageKind.REQUEST, *IN_APPRAISAL),
            target=StageKind.APPRAISAL,
            permission="budget.appraise_proposal",
            needs=(needs_not_held,),
        ),
        Transition(
            verb="hold",
            label=gettext_lazy("Put on hold"),
            sources=HOLDABLE,
            target=STAYS,
            permission="budget.hold_proposal",
            needs=(needs_not_held, needs_words("words", gettext_lazy("Say why."))),
        ),
        Transition(
            verb="resume",
            label=gettext_lazy("Take back the hold"),
            sources=HOLDABLE,
            target=STAYS,
            permission="budget.hold_proposal",
            needs=(needs_held,),
        ),
        Transition(
            verb="disclose",
            label=gettext_lazy("Tell the result"),
            sources=(StageKind.REQUEST, *IN_APPRAISAL),
            target=StageKind.NOTICE,
            internal=True,
        ),
        Transition(
            verb="revive",
            label=gettext_lazy("Ask again for what was cut"),
            sources=(StageKind.NOTICE,),
            target=StageKind.REVIVAL,
            permission="budget.revive_proposal",
            needs=(needs_time_to_revive, needs_words("words", gettext_lazy("Say why it is needed all the same."))),
        ),
        Transition(
            verb="appraise_revival",
            label=gettext_lazy("Appraise what was asked again"),
            # Once more, where it has to be corrected, until the bill is fixed.
            sources=(StageKind.REVIVAL, StageKind.REVIVAL_APPRAISAL),
            target=StageKind.REVIVAL_APPRAISAL,
            permission="budget.appraise_proposal",
            needs=(needs_not_held,),
        ),
        Transition(
            verb="fix",
            label=gettext_lazy("Fix the budget bill"),
            sources=(StageKind.NOTICE, StageKind.REVIVAL_APPRAISAL),
            target=StageKind.FIXED,
            internal=True,
        ),
        Transition(
            verb="table",
            label=gettext_lazy("Bring the bill before the council"),
            sources=(StageKind.FIXED,),
            target=StageKind.BILL,
            internal=True,
        ),
        Transition(
            verb="vote",
            label=gettext_lazy("Record the vote"),
            sources=(StageKind.BILL,),
            target=StageKind.VOTED,
            internal=True,
        ),
    ],
)
