"""The answer of the unit whose service a proposal of the promotion team is about."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import OwnerStance
from apps.budget.models import Proposal
from apps.budget.selectors.editing import AT_ITS_END
from apps.budget.services.telling import tell_the_asking_unit
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet

ANSWERED = declare_event("budget.proposal.answered", gettext_lazy("Answered by the owning unit"))


def waits_for_owner(proposal: Proposal) -> bool:
    """Whether the owning unit may answer: as long as the proposal has not come to its end; again, too."""
    return proposal.owning_unit_id is not None and proposal.stage.kind not in AT_ITS_END


def answer_proposal(
    *, proposal: Proposal, stance: str, words: str = "", by: Any, version: int | None = None
) -> Proposal:
    """Agrees, agrees with conditions, or disagrees; a condition and a disagreement are said in words."""
    require(by, "budget.answer_proposal", proposal)
    if not waits_for_owner(proposal):
        raise Unmet(_("Nothing is left to answer: the proposal has come to its end."))
    if stance not in OwnerStance.values:
        raise Unmet(_("Say whether your unit agrees."))
    if stance != OwnerStance.AGREE and not words.strip():
        raise Unmet(_("Say the condition, or why your unit disagrees."))
    answer = {"owner_stance": stance, "owner_words": words, "owner_answered_on": clock.today()}
    with act(ANSWERED, by=by, reason=words):
        save_version(proposal, version=proposal.version if version is None else version, changes=answer)
        said = {"unit": proposal.owning_unit, "name": proposal.name, "stance": OwnerStance(stance).label}
        text = _("%(unit)s has answered the proposal “%(name)s”: %(stance)s.") % said
        tell_the_asking_unit(proposal, event=ANSWERED, text=text, by=by)
    return proposal
