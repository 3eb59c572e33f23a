"""Pages of introduction plans: the list, and one plan."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports.plan_paper import filled_parts
from apps.budget.filters import PlanFilter
from apps.budget.selectors import plan_detail, plan_list
from apps.budget.selectors.criteria import earlier_review
from apps.budget.selectors.plan_parts import is_renewal, missing_in
from apps.budget.services.plan_flow import WRITABLE
from apps.budget.tables import PlanTable, result_chip
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.plan_menu import plan_menu
from apps.budget.views.plan_next import next_step
from apps.budget.views.plan_pages import LIST_TITLE, plan_crumbs
from apps.core.history import Entry, entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import TALK, talk_context
from apps.hurdles.selectors import sees_every_link
from apps.roadmap.selectors import hurdles_of


class PlanList(ListPage):
    permission = "budget.view_plans"
    title = LIST_TITLE
    table_class = PlanTable
    filterset_class = PlanFilter
    template_name = "budget/plan_list.html"
    file_name = "introduction-plans"
    empty_title = gettext_lazy("No introduction plan matches.")
    empty_text = gettext_lazy("You see the introduction plans of your own unit.")

    def get_queryset(self) -> QuerySet[Any]:
        return plan_list(self.request.user)

    @property
    def is_priority(self) -> bool:
        """The list of priority cases 重要案件 has its own heading, and says why each is one."""
        return self.request.GET.get("priority") == "yes"

    def get_title(self) -> Any:
        return _("Priority cases") if self.is_priority else self.title

    @property
    def column_keys(self) -> list[str] | None:
        chosen = super().column_keys
        if chosen is not None:
            return chosen
        further = self.asked_columns()
        return [*PlanTable.default_columns, *further] if further else None

    def asked_columns(self) -> list[str]:
        """What the filters ask about stands in the table."""
        asked = ["priority_reason"] if self.is_priority else []
        return [*asked, "current_system", "current_until"] if self.request.GET.get("ends") else asked

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.get_title(), None))

    def actions(self) -> list[dict[str, Any]]:
        user = self.request.user
        every = (
            ("budget.create_plan", _("Write an introduction plan"), "budget:plan-create", True),
            ("budget.edit_criteria", _("Criteria of the preliminary review"), "budget:criteria-list", False),
        )
        return [
            {"label": label, "url": reverse(name), "primary": primary}
            for permission, label, name, primary in every
            if permitted(user, permission)
        ]


class PlanDetail(DetailPage):
    permission = "budget.view_plans"
    template_name = "budget/plan_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return plan_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return plan_crumbs((self.record.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, user = self.record, self.request.user
        return super().get_context_data(
            chip=result_chip(plan),
            menu=plan_menu(plan, user),
            parts=filled_parts(plan),
            next=next_step(plan, missing_in(plan) if plan.status in WRITABLE else [], user),
            renewal=is_renewal(plan),
            hurdles=hurdles_of(plan, user),
            points=list(plan.points.all()),
            earlier=earlier_review(plan),
            entries=self.history(),
            panels=panels_for("budget:plan-detail", plan, user),
            talk=talk_context(plan, user),
            **kwargs,
        )

    def history(self) -> list[Entry]:
        """The history; that of the links to hurdles is told to those only who see each of them."""
        told = sees_every_link(self.record, "hurdle_links", self.request.user)
        parts = ("points", "hurdle_links") if told else ("points",)
        return entries_of(self.record, parts=parts, attached=TALK)
