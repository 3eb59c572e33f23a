"""Pages of grant programmes, and how the generations of grants followed one another."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.filters import GrantFilter
from apps.budget.models import GrantProgramme
from apps.budget.selectors import grant_generations, grant_list, proposal_list
from apps.budget.tables import GrantTable
from apps.budget.views.crumbs import budget_crumbs
from apps.core.pages import DetailPage, ListPage, Page
from apps.core.pages.base import Crumbs


class GrantList(ListPage):
    permission = "budget.view_grants"
    title = gettext_lazy("Grant programmes")
    table_class = GrantTable
    filterset_class = GrantFilter
    template_name = "budget/proposal_list.html"
    file_name = "grants"
    empty_title = gettext_lazy("No grant programme matches.")

    def get_queryset(self) -> QuerySet[GrantProgramme]:
        return grant_list()

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Budget proposals"), reverse("budget:proposal-list")), (self.title, None))


class GrantDetail(DetailPage):
    permission = "budget.view_grants"
    template_name = "budget/grant_detail.html"

    def get_queryset(self) -> QuerySet[GrantProgramme]:
        return grant_list()

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Grant programmes"), reverse("budget:grant-list")), (self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = proposal_list(self.request.user).filter(grant=self.record)
        return super().get_context_data(proposals=mine, **kwargs)


class GrantReference(Page):
    """What became of a grant under other names, for whoever plans beyond this year's calls."""

    permission = "budget.view_grants"
    title = gettext_lazy("Generations of grants")
    template_name = "budget/grant_reference.html"

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Grant programmes"), reverse("budget:grant-list")), (self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(generations=grant_generations(), **kwargs)
