"""Who pays for a proposal, how far each source has come, and what binds later years."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import FundingStatus, GrantMoney, StageKind
from apps.budget.forms.fundings import MoveForm, RejectForm, SettleForm
from apps.budget.models import ContinuingCost, Funding, GrantProgramme, Proposal
from apps.budget.selectors import proposal_page, yen_totals
from apps.budget.selectors.editing import is_editable, may_edit
from apps.budget.selectors.sources import beyond_call, calculation_of, with_and_without
from apps.budget.services.amounts import could_take_k
from apps.budget.services.funding_status import FUNDING_FLOW, move_funding, settle_rejection, waits_to_be_settled
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.views.crumbs import behind_proposal
from apps.budget.views.proposal_pages import ProposalPage
from apps.core.pages import DetailPage, Facts, VerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.organization.selectors import rules_of


def sources_of(proposal: Any, user: Any) -> dict[str, Any]:
    """What the section of the sources shows; `proposal` comes from `proposal_detail`."""
    eligible_yen, rules = yen_totals(proposal)["eligible_yen"], rules_of(proposal.fiscal_year)
    fundings = list(proposal.fundings.all())
    for funding in fundings:
        funding.proposal = proposal
    could_k = could_take_k(fundings, eligible_yen, rules)
    return {
        "sources": [
            {
                "funding": funding,
                "calculation": calculation_of(funding, eligible_yen, rules),
                "beyond_call": beyond_call(funding),
                "could_k": could_k.get(funding.pk),
                "moves": FUNDING_FLOW.possible(funding, user),
                "to_settle": waits_to_be_settled(funding) and permitted(user, "budget.change_funding", funding),
                "unsettled": waits_to_be_settled(funding),
            }
            for funding in fundings
        ],
        "with_and_without": with_and_without(proposal, proposal.request_k, fundings),
        "eligible_yen": eligible_yen,
        "may_edit": may_edit(proposal, user),
    }


class _ProposalSection(DetailPage):
    """A page about one section of a proposal; who sees the proposal reads it, who may edit finds the links."""

    permission = "budget.view_proposal"

    def get_queryset(self) -> QuerySet[Any]:
        return proposal_page(self.request.user)

    def crumbs(self) -> Crumbs:
        return behind_proposal(self.record, (self.title, None))

    def get_title(self) -> Any:
        return self.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, proposal = self.request.user, self.record
        return super().get_context_data(
            may_edit=may_edit(proposal, user),
            may_if_open=permitted(user, "budget.edit_proposal", proposal) and not is_editable(proposal),
            back_url=proposal.get_absolute_url(),
            **kwargs,
        )


class ProposalFunding(_ProposalSection):
    title = gettext_lazy("Sources of money")
    template_name = "budget/proposal_funding.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = sources_of(self.record, self.request.user)
        sources.pop("may_edit")
        return super().get_context_data(
            programmes=self.programmes(),
            may_be_returned=self.record.stage.kind in PROPOSAL_FLOW["return"].sources,
            is_withdrawn=self.record.stage.kind == StageKind.DROPPED,
            moves=any(each["moves"] for each in sources["sources"]),
            **sources,
            **kwargs,
        )

    def programmes(self) -> QuerySet[GrantProgramme]:
        """The calls that may still pay for it: not closed before the request, and money of its own."""
        rows = GrantProgramme.objects.filter(archived_at__isnull=True).exclude(status="closed")
        return rows.exclude(money=GrantMoney.ALLOCATION).order_by("closes_on", "pk")


class ProposalLaterYears(_ProposalSection):
    title = gettext_lazy("Later years")
    template_name = "budget/proposal_later_years.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        costs = [self.shares_of(cost) for cost in self.record.continuing_costs.all()]
        return super().get_context_data(costs=costs, **kwargs)

    def shares_of(self, cost: ContinuingCost) -> dict[str, Any]:
        """継続費 with its total, and whether the share of the own year is within the request as it stands now."""
        shares = list(cost.years.all())
        own_k = sum(share.amount_k for share in shares if share.fiscal_year == self.record.fiscal_year)
        total_k = sum(share.amount_k for share in shares)
        return {"row": cost, "total_k": total_k, "own_k": own_k, "other_than_request": own_k > self.record.request_k}


class _FundingPage(ProposalPage, VerbPage):
    """A page about one source of a proposal."""

    permission = "budget.change_funding"
    part: Any = None

    def load(self) -> None:
        super().load()
        self.part = self.record.fundings.filter(pk=self.kwargs["part"]).first()
        if self.part is None:
            raise Http404
        self.part.proposal = self.record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(facts=self.facts(), **kwargs)
        return {**context, "back_url": self.back_url()}

    def back_url(self) -> str:
        return reverse("budget:proposal-funding", args=[self.record.address])

    def facts(self) -> Facts:
        facts: Facts = [
            (_("Source of money"), f"{self.part.get_source_display()} {self.part.name}"),
            (_("State"), self.part.get_status_display()),
        ]
        if self.part.if_not_adopted:
            facts.append((_("If it is not adopted"), agreed_words(self.part, self.record)))
        return facts

    def back(self, message: Any) -> HttpResponse:
        self.go(self.record, message)
        return HttpResponseRedirect(self.back_url())


def agreed_words(funding: Funding, proposal: Proposal) -> str:
    """What was agreed on for the case that the money does not come."""
    words = str(funding.get_if_not_adopted_display())
    if funding.fallback_k is not None:
        remains = _("%(amount)s thousand yen of the request remain") % {"amount": f"{funding.fallback_k:,}"}
        words = f"{words}（{remains}）"
    return f"{words}\n{proposal.if_not_adopted}".strip()


class FundingMove(_FundingPage):
    """One verb of the flow of a source; `verb` comes from its address."""

    verb: str = ""

    def load(self) -> None:
        super().load()
        self.form_class = RejectForm if self.verb == "reject" else MoveForm

    def get_verb_label(self) -> Any:
        return FUNDING_FLOW[self.verb].label

    def done(self, form: Any) -> HttpResponse:
        funding = move_funding(
            funding=self.part, verb=self.verb, reason=form.cleaned_data["reason"], by=self.request.user
        )
        state = FundingStatus(funding.status).label
        return self.back(_("“%(source)s”: %(state)s.") % {"source": funding.name, "state": state})


class FundingSettle(_FundingPage):
    """What was done about a source that was not adopted."""

    verb_label = gettext_lazy("Say what was done without this money")
    form_class = SettleForm

    def done(self, form: Any) -> HttpResponse:
        settle_rejection(funding=self.part, words=form.cleaned_data["words"], by=self.request.user)
        return self.back(_("Settled."))
