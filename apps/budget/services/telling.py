"""Who is told what of a proposal besides its way through the stages."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import Proposal
from apps.core.history import declare_event
from apps.core.notices import tell, tell_watchers
from apps.core.registry import Event
from apps.organization.selectors import people_of

ASKED = declare_event("budget.proposal.owner_asked", gettext_lazy("Owning unit asked"))


def tell_the_owner(proposal: Proposal, *, by: Any) -> None:
    """The unit whose service the team's proposal is about learns of it, and is asked for its answer."""
    if proposal.owning_unit is None:
        return
    text = _("The promotion team proposes “%(name)s” for a service of your unit. Answer it, please.")
    tell(proposal, people=people_of(proposal.owning_unit), event=ASKED, text=text % {"name": proposal.name}, by=by)


def tell_the_asking_unit(proposal: Proposal, *, event: Event, text: str, by: Any) -> None:
    """The requesting unit and whoever watches the proposal."""
    tell_watchers(proposal, event=event, text=text, by=by, also=people_of(proposal.requesting_unit))
