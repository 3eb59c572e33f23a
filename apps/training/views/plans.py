"""Training plans: the list and the page of one."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.training import selectors
from apps.training.filters import PlanFilter
from apps.training.models import TrainingPlan
from apps.training.selectors.plans import effects_of, period_of
from apps.training.services.plan_flow import PLAN_ACTS
from apps.training.tables import PlanTable
from apps.training.views.crumbs import plan_crumbs
from apps.training.views.lists import TrainingList
from apps.training.views.plan_menu import plan_menu, year_url
from apps.training.views.plan_writing import PLAN_PARTS


class PlanList(TrainingList):
    permission = "training.view_plans"
    title = gettext_lazy("Training plans")
    table_class = PlanTable
    filterset_class = PlanFilter
    file_name = "training-plans"
    empty_title = gettext_lazy("No training plan matches.")

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plan_list(self.request.user)

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "training.create_plan"):
            return []
        return [{"label": _("Draft a training plan"), "url": reverse("training:plan-create"), "primary": True}]


class PlanDetail(DetailPage):
    permission = "training.view_plans"
    template_name = "training/plan_detail.html"

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plan_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or self.record.name
        return plan_crumbs((name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.record, self.request.user
        table = selectors.plan_table(plan)
        return super().get_context_data(
            table=table,
            heads=self.heads(table.years),
            effects=effects_of(plan),
            menu=plan_menu(plan, user),
            entries=entries_of(plan, parts=PLAN_PARTS),
            panels=panels_for("training:plan-detail", plan, user),
            **kwargs,
        )

    def heads(self, years: list[FiscalYear]) -> list[tuple[FiscalYear, str]]:
        """Each year of the table with the page on which its courses are planned, for those who may."""
        plan, user = self.record, self.request.user
        may = any(row.verb == "courses" for row in PLAN_ACTS.possible(plan, user))
        period = set(period_of(plan))
        return [(year, year_url(plan, str(int(year))) if may and year in period else "") for year in years]
