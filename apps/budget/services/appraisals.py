"""The appraisal 査定 of each 節, its holds, and what is asked again after the result was told 復活要求.

The words and the amounts stand in the stage entry alone, never in the reason of the act, which the history shows to
everybody who sees the proposal.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.choices import StageKind
from apps.budget.models import BudgetStage, Proposal
from apps.budget.selectors.stages import Item, appraisal_stages, asked_for, next_appraisal, standing_amounts
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.services.proposal_telling import tell_finance_of_revival, tell_of_revival_appraised
from apps.budget.services.stage_entries import Entered, Said, locked, move, reach, reach_all, stage_for
from apps.core.history import act, declare_event
from apps.core.money import number
from apps.core.permissions import require
from apps.core.transitions import Unmet

APPRAISED = declare_event("budget.proposal.appraised", pgettext_lazy("act", "Appraised"))
HELD = declare_event("budget.proposal.held", pgettext_lazy("act", "Put on hold"))
RESUMED = declare_event("budget.proposal.resumed", gettext_lazy("Hold taken back"))
REVIVED = declare_event("budget.proposal.revived", pgettext_lazy("act", "Asked for again"))
REAPPRAISED = declare_event("budget.proposal.reappraised", pgettext_lazy("act", "Appraised again"))

APPRAISALS_TAKEN = declare_event(
    "budget.proposal.appraisals_taken", gettext_lazy("Appraisal taken over from the finance system")
)

MOST_K = 9_999_999_999
# By which verb a stage of this kind is reached.
VERBS: dict[str, str] = {StageKind.APPRAISAL: "appraise", StageKind.REVIVAL_APPRAISAL: "appraise_revival"}


def appraise_proposal(
    *,
    proposal: Proposal,
    amounts: Mapping[Item, int],
    by: Any,
    words: str = "",
    stage: BudgetStage | None = None,
    version: int | None = None,
) -> Proposal:
    """What each 節 comes to at the next stage of the appraisal, or once more at the present one.

    Whoever changes an amount says why, and so does who gives more than was asked.
    """
    with act(APPRAISED, by=by):
        now = locked(proposal)
        PROPOSAL_FLOW.check("appraise", now, by=by)
        reached = _stage_to_appraise(now, stage)
        given = _complete(now, amounts)
        _check_words(now, given, words)
        reach(proposal, now, reached, Said(version, words), by=by, amounts=given)
    return proposal


def refusal_to_appraise(proposal: Proposal, stage: BudgetStage, stages: Sequence[BudgetStage]) -> str:
    """Why it is not appraised at this stage now, whoever asks; nothing where it can be."""
    verb = VERBS[stage.kind]
    if proposal.stage.kind not in PROPOSAL_FLOW[verb].sources:
        return _("The proposal is at “%(stage)s”: it cannot be appraised here.") % {"stage": proposal.stage}
    try:
        PROPOSAL_FLOW.check(verb, proposal, by="finance_import")
        if verb == "appraise":
            _stage_to_appraise(proposal, stage, stages)
    except Unmet as refusal:
        return str(refusal)
    return ""


def take_over_appraisals(entered: Sequence[Entered], stage: BudgetStage, *, by: Any) -> None:
    """Appraisals of many locked proposals from the finance system, none of which `refusal_to_appraise` refuses.

    Within the act of their file, whose event is APPRAISALS_TAKEN: the history shows it to who sees the appraisal.
    """
    require(by, "budget.appraise_proposal")
    reach_all(entered, stage, by=by)
    if stage.kind == StageKind.REVIVAL_APPRAISAL:
        for each in entered:
            tell_of_revival_appraised(each.proposal, amount_k=each.amount_k, event=APPRAISALS_TAKEN, by=by)


def stages_to_appraise(proposal: Proposal, stages: Sequence[BudgetStage] | None = None) -> list[BudgetStage]:
    """The next stage of the appraisal, and the present one where it is appraised once more."""
    following = next_appraisal(proposal, appraisal_stages() if stages is None else stages)
    present = [proposal.stage] if proposal.stage.kind == PROPOSAL_FLOW["appraise"].target else []
    return [*([following] if following else []), *present]


def _stage_to_appraise(
    proposal: Proposal, wanted: BudgetStage | None, stages: Sequence[BudgetStage] | None = None
) -> BudgetStage:
    possible = stages_to_appraise(proposal, stages)
    if not possible:
        raise Unmet(_("The list of stages has no stage of the appraisal: an administrator enters one."))
    if wanted is not None and wanted not in possible:
        said = {"stage": wanted, "names": "、".join(map(str, possible))}
        raise Unmet(_("It cannot be appraised at “%(stage)s” now; next is: %(names)s.") % said)
    return wanted or possible[0]


def _complete(proposal: Proposal, amounts: Mapping[Item, int]) -> dict[Item, int]:
    """Every 節 with its amount: one that is not named keeps the amount that stands."""
    standing = standing_amounts(proposal)
    if unknown := [item for item in amounts if item not in standing]:
        raise Unmet(_("The request has no such expense item: %(names)s") % {"names": "、".join(map(str, unknown))})
    given = {**standing, **amounts}
    if wrong := next((item for item, amount_k in given.items() if not 0 <= amount_k <= MOST_K), None):
        said = {"item": wrong, "most": number(MOST_K)}
        raise Unmet(_("%(item)s: an amount lies between 0 and %(most)s thousand yen.") % said)
    return given


def _check_words(proposal: Proposal, given: Mapping[Item, int], words: str) -> None:
    if words.strip():
        return
    asked, standing = asked_for(proposal), standing_amounts(proposal)
    more = [item for item, amount_k in given.items() if amount_k > asked.get(item, 0)]
    if more:
        raise Unmet(_("This is more than was asked for: %(names)s. Say why.") % {"names": "、".join(map(str, more))})
    if given != standing:
        raise Unmet(_("An amount changes: say why."))


def hold_proposal(*, proposal: Proposal, words: str, by: Any, version: int | None = None) -> Proposal:
    """保留: it stays at its stage until the hold is taken back; hidden like the amounts."""
    return move(verb="hold", event=HELD, proposal=proposal, said=Said(version, words, held=True), by=by)


def resume_proposal(*, proposal: Proposal, by: Any, words: str = "", version: int | None = None) -> Proposal:
    """The hold is taken back."""
    return move(verb="resume", event=RESUMED, proposal=proposal, said=Said(version, words), by=by)


def revive_proposal(
    *, proposal: Proposal, amounts: Mapping[Item, int], words: str, by: Any, version: int | None = None
) -> Proposal:
    """復活要求: what each 節 is asked for again, from what was told up to what was asked at first."""
    with act(REVIVED, by=by, reason=words):
        now = locked(proposal)
        row = PROPOSAL_FLOW.check("revive", now, by=by, data={"words": words})
        told, asked, again = standing_amounts(now), asked_for(now), _complete(now, amounts)
        for item, amount_k in again.items():
            _check_revived(item, amount_k, told[item], max(asked.get(item, 0), told[item]))
        if again == told:
            raise Unmet(_("Nothing more is asked for than was told."))
        reach(proposal, now, stage_for(row, now), Said(version, words), by=by, amounts=again)
        tell_finance_of_revival(proposal, event=REVIVED, by=by)
    return proposal


def _check_revived(item: Item, amount_k: int, told_k: int, asked_k: int) -> None:
    if told_k <= amount_k <= asked_k:
        return
    said = {"item": item, "told": number(told_k), "asked": number(asked_k)}
    raise Unmet(_("%(item)s: between what was told (%(told)s) and what was asked at first (%(asked)s).") % said)


def appraise_revival(
    *, proposal: Proposal, amounts: Mapping[Item, int], by: Any, words: str = "", version: int | None = None
) -> Proposal:
    """復活査定: what stands of it in the end; until the bill is fixed a further one corrects it, which says why.

    The year is told by then, so the unit hears of it.
    """
    with act(REAPPRAISED, by=by):
        now = locked(proposal)
        row = PROPOSAL_FLOW.check("appraise_revival", now, by=by)
        given = _complete(now, amounts)
        _check_words(now, given, words)
        if now.stage.kind == StageKind.REVIVAL_APPRAISAL and not words.strip():
            raise Unmet(_("What was asked again is appraised already: say why once more."))
        entry = reach(proposal, now, stage_for(row, now), Said(version, words), by=by, amounts=given)
        tell_of_revival_appraised(proposal, amount_k=entry.amount_k, event=REAPPRAISED, by=by)
    return proposal
