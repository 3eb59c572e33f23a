"""Pages of grant programmes, and how the generations of grants followed one another."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.filters import GrantFilter
from apps.budget.selectors import grant_detail, grant_generations, grant_list
from apps.budget.selectors.riding import candidates_seen_by, moved_days, riding_seen_by, suggested, unseen_days
from apps.budget.services.grants import contract_warning
from apps.budget.tables import GrantTable
from apps.budget.tables.grants import days_left, state_chip, state_of
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.grant_menu import grant_menu
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage, Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import TALK, talk_context


class GrantList(ListPage):
    permission = "budget.view_grants"
    title = gettext_lazy("Grant programmes")
    table_class = GrantTable
    filterset_class = GrantFilter
    template_name = "budget/proposal_list.html"
    file_name = "grants"
    empty_title = gettext_lazy("No grant programme matches.")

    def get_queryset(self) -> QuerySet[Any]:
        return grant_list()

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def actions(self) -> list[dict[str, Any]]:
        if not permitted(self.request.user, "budget.create_grant"):
            return []
        return [{"label": _("Enter a grant programme"), "url": reverse("budget:grant-create"), "primary": True}]


class GrantDetail(DetailPage):
    permission = "budget.view_grants"
    template_name = "budget/grant_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return grant_detail()

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Grant programmes"), reverse("budget:grant-list")), (self.record.name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grant, user = self.record, self.request.user
        may_edit = permitted(user, "budget.edit_grant", grant)
        moved, riding = moved_days(grant), list(riding_seen_by(user, grant))
        for proposal in riding:
            proposal.unseen = unseen_days(proposal, grant)
        return super().get_context_data(
            menu=grant_menu(grant, user),
            days_left=days_left(grant),
            state={"label": state_of(grant), "chip": state_chip(grant)},
            warning=contract_warning(grant),
            moved=moved,
            proposals=riding,
            candidates=list(candidates_seen_by(user, grant)),
            suggested=suggested(user, grant) if may_edit else [],
            may_edit=may_edit,
            next_calls=[call for call in grant.followed_by.all() if not call.archived_at],
            talk=talk_context(grant, user),
            entries=entries_of(grant, parts=("checklist",), attached=TALK),
            panels=panels_for("budget:grant-detail", grant, user),
            **kwargs,
        )


class GrantReference(Page):
    """What became of a grant under other names, for whoever plans beyond this year's calls."""

    permission = "budget.view_grants"
    title = gettext_lazy("Generations of grants")
    template_name = "budget/grant_reference.html"

    def crumbs(self) -> Crumbs:
        return budget_crumbs((_("Grant programmes"), reverse("budget:grant-list")), (self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(generations=grant_generations(), **kwargs)
