"""From the draft to the hearing: confirmed, agreed, handed in, returned, withdrawn, heard.

予算の編成 (地方自治法第211条) goes by the city's own 予算規則: who hands in and who returns is in the table of rights.
"""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.models import Proposal
from apps.budget.selectors.stages import asked_for
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.services.proposal_telling import tell_finance_of_withdrawal, tell_of_return
from apps.budget.services.stage_entries import Said, locked, move, reach, stage_for
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number

PREFIX = "B"
CONFIRMED = declare_event("budget.proposal.confirmed", gettext_lazy("Confirmed by the section"))
COORDINATED = declare_event("budget.proposal.coordinated", pgettext_lazy("proposal", "Agreed in the department"))
SUBMITTED = declare_event("budget.proposal.submitted", gettext_lazy("Handed in as a request"))
RETURNED = declare_event("budget.proposal.returned", pgettext_lazy("proposal", "Returned for correction"))
WITHDRAWN = declare_event("budget.proposal.withdrawn", gettext_lazy("Request withdrawn"))
HEARD = declare_event("budget.proposal.heard", gettext_lazy("Hearing held"))


def confirm_proposal(*, proposal: Proposal, by: Any, version: int | None = None) -> Proposal:
    """The manager of the section stands for what the draft says 課長確認."""
    return move(verb="confirm", event=CONFIRMED, proposal=proposal, said=Said(version), by=by)


def coordinate_proposal(*, proposal: Proposal, by: Any, words: str = "", version: int | None = None) -> Proposal:
    """What the department agreed on 部内調整."""
    return move(verb="coordinate", event=COORDINATED, proposal=proposal, said=Said(version, words), by=by)


def submit_proposal(*, proposal: Proposal, by: Any, version: int | None = None) -> Proposal:
    """Handed in 要求提出: it gets its number, once, and the amounts of each 節 are kept from here on.

    After the calendar's day it still works; the page says that it is late.
    """
    with act(SUBMITTED, by=by):
        now = locked(proposal)
        row = PROPOSAL_FLOW.check("submit", now, by=by)
        number = now.number or next_number(PREFIX, FiscalYear.of(clock.today()))
        said = Said(version)
        reach(proposal, now, stage_for(row, now), said, by=by, amounts=asked_for(now), more={"number": number})
    return proposal


def return_proposal(*, proposal: Proposal, reason: str, by: Any, version: int | None = None) -> Proposal:
    """Back to the unit for correction, until the hearing; a number that it has stays."""
    with act(RETURNED, by=by, reason=reason):
        now = locked(proposal)
        row = PROPOSAL_FLOW.check("return", now, by=by, data={"reason": reason})
        reach(proposal, now, stage_for(row, now), Said(version, reason), by=by)
        tell_of_return(proposal, event=RETURNED, reason=reason, by=by)
    return proposal


def withdraw_proposal(*, proposal: Proposal, reason: str, by: Any, version: int | None = None) -> Proposal:
    """Taken back 取下げ: nothing is asked for any more."""
    with act(WITHDRAWN, by=by, reason=reason):
        now = locked(proposal)
        row = PROPOSAL_FLOW.check("withdraw", now, by=by, data={"reason": reason})
        reach(proposal, now, stage_for(row, now), Said(version, reason), by=by, total_k=0)
        if now.number:
            tell_finance_of_withdrawal(proposal, event=WITHDRAWN, reason=reason, by=by)
    return proposal


def hear_proposal(*, proposal: Proposal, words: str, by: Any, version: int | None = None) -> Proposal:
    """What was asked and answered at the hearing 財政課ヒアリング; hidden until the result is told."""
    return move(verb="hear", event=HEARD, proposal=proposal, said=Said(version, words), by=by)
