"""What the budget shows on the pages of lower apps."""

from typing import Any

from apps.budget.selectors import proposal_list
from apps.core.registry import Panel, panels


def proposals_of_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """The proposals that serve a hurdle; nothing where there are none to see."""
    proposals = list(proposal_list(user).filter(hurdles=hurdle))
    return {"proposals": proposals} if proposals else None


panels.add(
    Panel(
        name="budget.proposals_of_hurdle",
        page="hurdles:hurdle-detail",
        template="budget/hurdle_panel.html",
        context=proposals_of_hurdle,
    )
)
