"""What the pages about one introduction plan share."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.models import IntroductionPlan
from apps.budget.selectors import visible_plans
from apps.budget.services.plan_flow import refusal_to_move
from apps.budget.views.crumbs import budget_crumbs
from apps.core.pages import RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.core.transitions import Transition

LIST_TITLE = _("Introduction plans")


def plan_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return budget_crumbs((LIST_TITLE, reverse("budget:plan-list")), *further)


class PlanPage:
    """Where it is found, and the way to it; what the person may not see does not exist."""

    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[IntroductionPlan]:
        return visible_plans(self.request.user).select_related("unit")

    def here(self, label: Any) -> Crumbs:
        """The way to a page behind the plan's own."""
        return plan_crumbs((self.record.title, self.record.get_absolute_url()), (label, None))


class PlanVerb(PlanPage, RecordVerbPage):
    """One verb. The form carries the version of the plan that its reader saw: a second click is told so."""

    row: Transition

    def get_verb_label(self) -> Any:
        return self.row.label

    def refusal(self) -> str:
        return refusal_to_move(self.row, self.record)

    def crumbs(self) -> Crumbs:
        return self.here(self.get_verb_label())
