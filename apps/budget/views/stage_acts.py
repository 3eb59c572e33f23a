"""The verbs of a proposal's way in its menu: which page, and when it leads somewhere."""

from collections.abc import Callable

from apps.budget.choices import StageKind
from apps.budget.models import Proposal
from apps.budget.selectors.stages import is_held
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.views.proposal_act import ProposalAct

# Those that people are told of who may not do them; of the appraisal nothing is said, not even that it is held.
TOLD = {"confirm", "coordinate", "submit", "return", "withdraw", "revive"}
FURTHER: dict[str, Callable[[Proposal], bool]] = {
    "hold": lambda proposal: not is_held(proposal),
    "resume": is_held,
    "hear": lambda proposal: proposal.stage.kind == StageKind.REQUEST and not is_held(proposal),
    "appraise": lambda proposal: not is_held(proposal),
    "appraise_revival": lambda proposal: not is_held(proposal),
}


def _when(verb: str) -> Callable[[Proposal], bool]:
    further = FURTHER.get(verb)
    sources = PROPOSAL_FLOW[verb].sources
    return lambda proposal: proposal.stage.kind in sources and (further is None or further(proposal))


STAGE_ACTS = tuple(
    ProposalAct(
        verb=row.verb,
        permission=row.permission,
        label=row.label,
        page=f"proposal-{row.verb.replace('_', '-')}",
        when=_when(row.verb),
        tells=row.verb in TOLD,
    )
    for row in PROPOSAL_FLOW.rows
    if not row.internal
)
# What leads on stands first.
FORWARD_VERBS = ("submit", "confirm", "appraise_revival", "appraise", "hear", "revive", "resume", "coordinate")
ENDING_VERBS = ("return", "hold", "withdraw")
