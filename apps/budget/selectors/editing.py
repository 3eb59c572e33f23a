"""How long a proposal is its unit's to write: until the request is handed in."""

from typing import Any

from apps.budget.choices import StageKind
from apps.budget.models import Proposal
from apps.core.permissions import permitted

EDITABLE = (StageKind.DRAFT, StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW)
# From here on nothing becomes of it any more, or the council has voted.
AT_ITS_END = (StageKind.VOTED, StageKind.DROPPED)


def is_editable(proposal: Proposal) -> bool:
    """Whether its lines, sources and words may still change."""
    return proposal.archived_at is None and proposal.stage.kind in EDITABLE


def may_edit(proposal: Proposal, user: Any) -> bool:
    """Whether `user` may change it now."""
    return is_editable(proposal) and permitted(user, "budget.edit_proposal", proposal)
