"""Pages of the intent survey: the answers of a year with their sums, one answer, and who has not answered."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.filters import IntentFilter, SilentFilter
from apps.budget.models import Intent
from apps.budget.selectors import request_year, visible_intents, visible_to
from apps.budget.selectors.survey import is_late_answer, sections_without_answer, survey_of
from apps.budget.tables import IntentTable, SilentTable, start_of
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.intent_menu import intent_menu
from apps.budget.views.intent_pages import LIST_TITLE, intent_crumbs
from apps.core.fiscal import FiscalYear
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import TALK, talk_context
from apps.organization.models import Unit


class IntentList(ListPage):
    permission = "budget.view_intents"
    title = LIST_TITLE
    table_class = IntentTable
    filterset_class = IntentFilter
    template_name = "budget/intent_list.html"
    file_name = "intents"
    empty_title = gettext_lazy("No intent matches.")
    empty_text = gettext_lazy("You see what your own unit has answered to the survey in July.")

    def get_queryset(self) -> QuerySet[Intent]:
        return visible_intents(self.request.user)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Above the list the sums of the chosen year, or of that for which budgets are asked today."""
        asked = self.request.GET.get("year", "")
        year = FiscalYear(int(asked)) if asked and self.filterset.is_valid() else request_year()
        return super().get_context_data(survey=survey_of(year, self.request.user), **kwargs)

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "budget.create_intent"):
            return []
        return [{"label": _("Answer the intent survey"), "url": reverse("budget:intent-create"), "primary": True}]


class IntentSilent(ListPage):
    """Which sections have not answered? Open to all, as Excel too: whoever answers nothing is asked again."""

    permission = "budget.view_intents"
    title = gettext_lazy("Sections without an answer")
    table_class = SilentTable
    filterset_class = SilentFilter
    file_name = "sections-without-answer"
    empty_title = gettext_lazy("Every section has answered.")

    def get_queryset(self) -> QuerySet[Unit]:
        if self.request.GET.get("year"):
            return Unit.objects.select_related("parent")
        return sections_without_answer(request_year())

    def crumbs(self) -> Crumbs:
        return intent_crumbs((self.title, None))


class IntentDetail(DetailPage):
    permission = "budget.view_intents"
    template_name = "budget/intent_detail.html"

    def get_queryset(self) -> QuerySet[Intent]:
        return visible_intents(self.request.user).select_related("grant", "plan")

    def crumbs(self) -> Crumbs:
        return intent_crumbs((self.record.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intent, user = self.record, self.request.user
        return super().get_context_data(
            start=start_of(intent),
            late=is_late_answer(intent),
            proposal=visible_to(user).filter(pk=intent.proposal_id).first(),
            menu=intent_menu(intent, user),
            entries=entries_of(intent, attached=TALK),
            panels=panels_for("budget:intent-detail", intent, user),
            talk=talk_context(intent, user),
            **kwargs,
        )
