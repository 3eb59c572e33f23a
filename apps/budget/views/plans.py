"""Pages of introduction plans."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.filters import PlanFilter
from apps.budget.selectors import plan_detail, plan_list
from apps.budget.tables import PlanTable, result_chip
from apps.budget.views.crumbs import budget_crumbs
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for

LIST_TITLE = _("Introduction plans")


class PlanList(ListPage):
    permission = "budget.view_plans"
    title = LIST_TITLE
    table_class = PlanTable
    filterset_class = PlanFilter
    template_name = "budget/proposal_list.html"
    file_name = "introduction-plans"
    empty_title = _("No introduction plan matches.")
    empty_text = _("You see the introduction plans of your own unit.")

    def get_queryset(self) -> QuerySet[Any]:
        return plan_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))


class PlanDetail(DetailPage):
    permission = "budget.view_plans"
    template_name = "budget/plan_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return plan_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((LIST_TITLE, reverse("budget:plan-list")), (self.record.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.record
        return super().get_context_data(
            chip=result_chip(plan),
            points=list(plan.points.all()),
            entries=entries_of(plan, parts=("points",)),
            panels=panels_for("budget:plan-detail", plan, self.request.user),
            **kwargs,
        )
