"""What meetings, decisions and directives show on the pages of lower apps."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.registry import PageAct, Panel, page_acts, panels
from apps.decisions.selectors import (
    decisions_of_policy,
    directives_about_hurdle,
    items_about_hurdle,
    items_about_proposal,
)
from apps.roadmap.services import POLICY_FLOW


def about_hurdle(hurdle: Any, user: Any) -> dict[str, Any] | None:
    """Where a hurdle was on the agenda, and the directives about it; nothing where there is neither."""
    items, directives = list(items_about_hurdle(hurdle, user)), list(directives_about_hurdle(hurdle, user))
    return {"items": items, "directives": directives} if items or directives else None


def about_proposal(proposal: Any, user: Any) -> dict[str, Any] | None:
    """Where a proposal was on the agenda."""
    items = list(items_about_proposal(proposal, user))
    return {"items": items} if items else None


def of_policy(policy: Any, user: Any) -> dict[str, Any] | None:
    """By which meeting or approval document a policy was decided."""
    decisions = list(decisions_of_policy(policy, user))
    return {"decisions": decisions} if decisions else None


panels.add(
    Panel(
        name="decisions.about_hurdle",
        page="hurdles:hurdle-detail",
        template="decisions/hurdle_panel.html",
        context=about_hurdle,
    )
)
panels.add(
    Panel(
        name="decisions.about_proposal",
        page="budget:proposal-detail",
        template="decisions/proposal_panel.html",
        context=about_proposal,
    )
)
panels.add(
    Panel(
        name="decisions.of_policy",
        page="roadmap:policy-detail",
        template="decisions/policy_panel.html",
        context=of_policy,
    )
)
page_acts.add(
    PageAct(
        name="decisions.record_decision",
        page="roadmap:policy-detail",
        label=_("Record the decision"),
        permission="decisions.record_decision",
        address=lambda policy: reverse("decisions:decision-record", args=[policy.address]),
        makes_sense=lambda policy: policy.status in POLICY_FLOW["decide"].sources,
    )
)
