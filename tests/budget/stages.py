"""A city's stages, and proposals that stand at one of them."""

from datetime import date
from typing import Any

from apps.budget.choices import StageKind
from apps.budget.models import BudgetStage, Proposal, StageEntry
from apps.budget.selectors.stages import Item, asked_for
from apps.city.services.lists import STAGES
from apps.organization.models import CalendarEvent
from tests.factories import ProposalFactory, user_with

TODAY = date(2022, 10, 14)  # DEMO_TODAY
EARLY = (StageKind.DRAFT, StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW)


def all_stages() -> dict[str, BudgetStage]:
    """The stages of the city in their order, by name."""
    found = {}
    for order, (name, kind) in enumerate(STAGES.items(), start=1):
        found[name], _made = BudgetStage.objects.get_or_create(name=name, defaults={"order": order, "kind": kind})
    return found


def proposal_at(stage: str, *, entered: bool = True, **values: Any) -> Proposal:
    """A proposal at this stage; with entries at the request and at the stage, where they come after it."""
    stages, actor = all_stages(), values.pop("actor", None) or user_with("viewer")
    proposal = ProposalFactory(stage=stages[stage], **values)
    if entered and stages[stage].kind not in EARLY:
        for reached in dict.fromkeys(("要求提出", stage)):
            enter(proposal, reached, actor)
    return proposal


def enter(proposal: Proposal, name: str, actor: Any, *, amount_k: int | None = None, **values: Any) -> StageEntry:
    total_k = sum(asked_for(proposal).values()) if amount_k is None else amount_k
    return StageEntry.objects.create(
        proposal=proposal,
        stage=all_stages()[name],
        date=values.pop("date", TODAY),
        actor=actor,
        amount_k=total_k,
        **values,
    )


def only_item(proposal: Proposal) -> Item:
    """The one 節 of a factory's proposal."""
    return next(iter(asked_for(proposal)))


def calendar_day(title: str, day: date) -> None:
    CalendarEvent.objects.create(fiscal_year=2022, date=day, title=title, kind="BUDGET")
