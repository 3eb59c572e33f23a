"""How far a source of money has come. FUNDING_FLOW is the whole of it.

The money of a grant is decided on after the request (domain: the timing trap), so these verbs are open at every stage
of the proposal.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import FundingStatus, StageKind
from apps.budget.models import Funding
from apps.budget.services.amounts import lock, recompute
from apps.budget.services.telling import tell_the_asking_unit
from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.registry import Event
from apps.core.transitions import Flow, Transition, Unmet, needs_words

PLANNED = declare_event("budget.funding.planned", gettext_lazy("To be applied for"))
APPLIED = declare_event("budget.funding.applied", gettext_lazy("Applied for the money"))
ADOPTED = declare_event("budget.funding.adopted", gettext_lazy("The application was adopted"))
GRANTED = declare_event("budget.funding.granted", gettext_lazy("The money was granted"))
REJECTED = declare_event("budget.funding.rejected", gettext_lazy("The application was not adopted"))
SETTLED = declare_event("budget.funding.settled", gettext_lazy("Settled what becomes of it without the money"))

FUNDING_FLOW = Flow(
    "status",
    [
        Transition(
            verb="plan",
            label=gettext_lazy("Say that it is to be applied for"),
            sources=(FundingStatus.ASSUMED,),
            target=FundingStatus.PLANNED,
            permission="budget.change_funding",
        ),
        Transition(
            verb="apply",
            label=gettext_lazy("Say that it was applied for"),
            sources=(FundingStatus.ASSUMED, FundingStatus.PLANNED),
            target=FundingStatus.APPLIED,
            permission="budget.change_funding",
        ),
        Transition(
            verb="adopt",
            label=gettext_lazy("Say that it was adopted"),
            sources=(FundingStatus.APPLIED,),
            target=FundingStatus.ADOPTED,
            permission="budget.change_funding",
        ),
        Transition(
            verb="grant",
            label=gettext_lazy("Say that it was granted"),
            sources=(FundingStatus.APPLIED, FundingStatus.ADOPTED),
            target=FundingStatus.GRANTED,
            permission="budget.change_funding",
        ),
        Transition(
            verb="reject",
            label=gettext_lazy("Say that it was not adopted"),
            sources=(FundingStatus.ASSUMED, FundingStatus.PLANNED, FundingStatus.APPLIED, FundingStatus.ADOPTED),
            target=FundingStatus.REJECTED,
            permission="budget.change_funding",
            needs=(needs_words("reason", gettext_lazy("Say why it does not come.")),),
        ),
    ],
)
EVENTS = {"plan": PLANNED, "apply": APPLIED, "adopt": ADOPTED, "grant": GRANTED, "reject": REJECTED}


def move_funding(*, funding: Funding, verb: str, by: Any, reason: str = "") -> Funding:
    """One move of the flow. What is not adopted brings nothing: general revenue is computed anew."""
    with act(EVENTS[verb], by=by, reason=reason):
        proposal = lock(funding.proposal)
        funding.refresh_from_db()
        row = FUNDING_FLOW.check(verb, funding, by=by, data={"reason": reason})
        _write(funding, status=row.target, status_on=clock.today(), status_words=reason)
        if verb == "reject":
            recompute(proposal=proposal)
        _tell(funding, EVENTS[verb], by=by)
    funding.refresh_from_db()
    return funding


def waits_to_be_settled(funding: Funding) -> bool:
    """Whether it was not adopted and nobody has said yet what was done about it."""
    dropped = funding.proposal.stage.kind == StageKind.DROPPED
    return funding.status == FundingStatus.REJECTED and funding.settled_on is None and not dropped


def settle_rejection(*, funding: Funding, words: str, by: Any) -> Funding:
    """Says what was done as it had been agreed on: reduced, forgone, paid from general revenue, or supplementary."""
    require(by, "budget.change_funding", funding)
    with act(SETTLED, by=by, reason=words):
        lock(funding.proposal)
        funding.refresh_from_db()
        if not waits_to_be_settled(funding):
            raise Unmet(_("It was settled already, or there is nothing to settle."))
        if not words.strip():
            raise Unmet(_("Say what was done."))
        _write(funding, settled_on=clock.today(), status_words=words)
    return funding


def _write(funding: Funding, **values: Any) -> None:
    for name, value in values.items():
        setattr(funding, name, value)
    funding.save(update_fields=list(values))


def _tell(funding: Funding, event: Event, *, by: Any) -> None:
    words = {"source": funding.name, "name": funding.proposal.name, "state": funding.get_status_display()}
    text = _("“%(source)s” of the proposal “%(name)s”: %(state)s.") % words
    tell_the_asking_unit(funding.proposal, event=event, text=text, by=by)
