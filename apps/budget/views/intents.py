"""Pages of the intent survey."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.filters import IntentFilter
from apps.budget.models import Intent
from apps.budget.selectors import visible_intents
from apps.budget.tables import IntentTable, start_of
from apps.budget.views.crumbs import budget_crumbs
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for

LIST_TITLE = _("Intent survey")


class IntentList(ListPage):
    permission = "budget.view_intents"
    title = LIST_TITLE
    table_class = IntentTable
    filterset_class = IntentFilter
    template_name = "budget/proposal_list.html"
    file_name = "intents"
    empty_title = _("No intent matches.")
    empty_text = _("You see what your own unit has answered to the survey in July.")

    def get_queryset(self) -> QuerySet[Intent]:
        return visible_intents(self.request.user)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))


class IntentDetail(DetailPage):
    permission = "budget.view_intents"
    template_name = "budget/intent_detail.html"

    def get_queryset(self) -> QuerySet[Intent]:
        return visible_intents(self.request.user)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((LIST_TITLE, reverse("budget:intent-list")), (self.record.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intent = self.record
        return super().get_context_data(
            start=start_of(intent),
            entries=entries_of(intent),
            panels=panels_for("budget:intent-detail", intent, self.request.user),
            **kwargs,
        )
