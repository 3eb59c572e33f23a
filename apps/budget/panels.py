"""What the budget shows on the pages of lower apps."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.selectors import proposals_named
from apps.budget.selectors.from_plan import costs_to_ask
from apps.core.registry import PageAct, Panel, page_acts, panels
from apps.training.choices import PlanStatus


def _panel(kind: str, page: str, lookup: str) -> Panel:
    """The panel of one page: the proposals that serve its record; nothing where there are none to see."""

    def context(record: Any, user: Any) -> dict[str, Any] | None:
        proposals = list(proposals_named(user).filter(**{lookup: record}).order_by("fiscal_year", "project_code"))
        return {"proposals": proposals} if proposals else None

    return Panel(f"budget.proposals_of_{kind}", page, "budget/proposal_panel.html", context)


panels.add(_panel("hurdle", "hurdles:hurdle-detail", "hurdles"))
panels.add(_panel("initiative", "roadmap:initiative-detail", "initiative_links__initiative"))
panels.add(_panel("course", "training:course-detail", "course_links__course"))
panels.add(_panel("training_plan", "training:plan-detail", "training_plan_links__plan"))
page_acts.add(
    PageAct(
        name="budget.proposal_from_plan",
        page="training:plan-detail",
        label=_("Draft a budget proposal"),
        permission="budget.draft_from_plan",
        address=lambda plan: reverse("budget:proposal-from-plan", args=[plan.address]),
        makes_sense=lambda plan: plan.status != PlanStatus.ENDED and bool(costs_to_ask(plan)),
    )
)
