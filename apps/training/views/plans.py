"""Training plans: the list and the page of one."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.training import selectors
from apps.training.filters import PlanFilter
from apps.training.models import TrainingPlan
from apps.training.tables import PlanTable
from apps.training.views.crumbs import crumbs
from apps.training.views.lists import TrainingList

PLAN_PARTS = ("costs", "planned_courses", "unit_links", "profile_links")


class PlanList(TrainingList):
    permission = "training.view_plans"
    title = gettext_lazy("Training plans")
    table_class = PlanTable
    filterset_class = PlanFilter
    file_name = "training-plans"
    empty_title = gettext_lazy("No training plan matches.")

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plan_list(self.request.user)


class PlanDetail(DetailPage):
    permission = "training.view_plans"
    template_name = "training/plan_detail.html"

    def get_queryset(self) -> QuerySet[TrainingPlan]:
        return selectors.plan_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or self.record.name
        return crumbs((_("Training plans"), reverse("training:plan-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.record, self.request.user
        return super().get_context_data(
            table=selectors.plan_table(plan),
            entries=entries_of(plan, parts=PLAN_PARTS),
            panels=panels_for("training:plan-detail", plan, user),
            **kwargs,
        )
