"""Pages of proposals."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.filters import ProposalFilter
from apps.budget.selectors import proposal_list, proposal_page, served_by, yen_totals
from apps.budget.selectors.appraisal import sees_appraisal_of
from apps.budget.selectors.appraisal_section import appraisal_section
from apps.budget.selectors.cost_section import cost_columns
from apps.budget.selectors.investment_view import investment_of
from apps.budget.selectors.proposals import WIDE_ROLES
from apps.budget.selectors.stages import is_held, with_entries
from apps.budget.selectors.told import is_decided_otherwise, told_result
from apps.budget.selectors.way import return_of, way_of
from apps.budget.tables import ProposalTable
from apps.budget.views.backward import backward_context
from apps.budget.views.crumbs import budget_crumbs, proposal_crumbs
from apps.budget.views.investment_words import words_of
from apps.budget.views.proposal_history import proposal_history
from apps.budget.views.proposal_menu import proposal_menu
from apps.budget.views.proposal_money import sources_of
from apps.core.pages import DetailPage, ListPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import panels_for
from apps.core.talk import talk_context


class ProposalList(ListPage):
    permission = "budget.view_proposals"
    title = gettext_lazy("Budget proposals")
    table_class = ProposalTable
    filterset_class = ProposalFilter
    template_name = "budget/proposal_list.html"
    file_name = "proposals"
    empty_title = gettext_lazy("No proposal matches.")
    empty_text = gettext_lazy("You see the proposals of your own unit.")

    def get_queryset(self) -> QuerySet[Any]:
        return proposal_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user: Any = self.request.user
        if user.holds(*WIDE_ROLES):
            context["empty_text"] = _("You see the proposals of all units.")
        return context

    def actions(self) -> list[dict[str, Any]]:
        user = self.request.user
        acts = []
        if permitted(user, "budget.create_proposal"):
            acts.append({"label": _("Draft a budget proposal"), "url": reverse("budget:proposal-create")})
        if permitted(user, "budget.export_request"):
            acts.append({"label": _("Take away the budget request"), "url": reverse("budget:request-export")})
        return [{**each, "primary": place == 0} for place, each in enumerate(acts)]


class ProposalDetail(DetailPage):
    permission = "budget.view_proposal"
    template_name = "budget/proposal_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return with_entries(proposal_page(self.request.user))

    def crumbs(self) -> Crumbs:
        return proposal_crumbs((self.record.number or str(self.record), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user = self.record, self.request.user
        investment = investment_of(proposal)
        lines = list(proposal.request_lines.all())
        return super().get_context_data(
            lines=lines,
            result=told_result(proposal),
            decided_otherwise=is_decided_otherwise(proposal),
            columns=cost_columns(lines),
            yen=yen_totals(proposal),
            is_held=self.sees_appraisal and is_held(proposal),
            steps=way_of(proposal, sees=self.sees_appraisal),
            returned=return_of(proposal),
            backward=backward_context(proposal, user),
            investment=investment,
            investment_words=words_of(investment, proposal.fiscal_year),
            menu=proposal_menu(proposal, user),
            talk=talk_context(proposal, user),
            appraisal=appraisal_section(proposal, sees=self.sees_appraisal),
            entries=proposal_history(proposal, user, sees=self.sees_appraisal),
            panels=panels_for("budget:proposal-detail", proposal, user),
            **sources_of(proposal, user),
            **served_by(proposal, user),
            **kwargs,
        )

    @cached_property
    def sees_appraisal(self) -> bool:
        """Whether the reader sees the amounts and words of its appraisal; asked once a page."""
        return sees_appraisal_of(self.request.user, self.record)
