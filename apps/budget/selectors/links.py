"""What a proposal serves, as far as the person may see it."""

from typing import Any

from django.db.models import QuerySet

from apps.budget.models import Proposal
from apps.budget.selectors.plans import visible_plans
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.roadmap.selectors import initiatives_visible_to
from apps.training.selectors import courses_visible_to, plans_visible_to


def served_by(proposal: Proposal, user: Any) -> dict[str, QuerySet[Any]]:
    """The hurdles, initiatives, courses and training plans of a proposal, and the plan that was reviewed before it."""
    return {
        "hurdles": visible_hurdles(user).filter(proposals=proposal).order_by("number"),
        "initiatives": initiatives_visible_to(user).filter(proposal_links__proposal=proposal).order_by("number"),
        "courses": courses_visible_to(user).filter(proposal_links__proposal=proposal).order_by("pk"),
        "training_plans": plans_visible_to(user).filter(proposal_links__proposal=proposal).order_by("pk"),
        "introduction_plans": visible_plans(user).filter(proposal=proposal).order_by("pk"),
    }
