"""Pages on which a proposal is drafted, changed, gone on with in the next year, answered, and laid aside."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.proposals import AnswerForm, ProposalForm, ProposalReasonForm
from apps.budget.models import Proposal
from apps.budget.selectors import request_year, visible_intents, visible_plans, visible_to
from apps.budget.selectors.appraisal import sees_appraisal_of
from apps.budget.services.answering import answer_proposal
from apps.budget.services.writing import archive_proposal, create_draft, edit_proposal, refuse_closed, why_it_stays
from apps.budget.views.crumbs import behind_proposal, proposal_crumbs
from apps.budget.views.proposal_history import proposal_history
from apps.budget.views.proposal_pages import ProposalVerb
from apps.core.history import Entry
from apps.core.pages import CreatePage, EditPage, Facts
from apps.core.pages.base import Crumbs
from apps.core.transitions import Unmet
from apps.core.wareki import format_date
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors.dependencies import by_number

# What a proposal may begin with, by its name in the address: what of it a person sees, and the page of the step.
ORIGINS = (
    ("intent", visible_intents, "budget:intent-draft-proposal"),
    ("plan", visible_plans, "budget:plan-draft-proposal"),
)


def _at(rows: QuerySet[Any], asked: str) -> Any:
    try:
        uid = UUID(asked)
    except ValueError:
        return None
    return rows.filter(uid=uid).first()


class ProposalCreate(CreatePage):
    """`?hurdle=H-…` says from where one comes, and is linked; `?intent=…` and `?plan=…` lead to the step from there."""

    permission = "budget.create_proposal"
    title = gettext_lazy("Draft a budget proposal")
    template_name = "budget/proposal_form.html"

    def load(self) -> None:
        user: Any = self.request.user
        self.form_class = partial(ProposalForm, user=user)  # type: ignore[assignment]
        self.hurdle: Hurdle | None = by_number(user, self.request.GET.get("hurdle", ""))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """From an intent or an introduction plan there is one way, which links the two and begins nothing twice."""
        for name, rows, page in ORIGINS:
            if origin := _at(rows(request.user), request.GET.get(name, "")):
                return HttpResponseRedirect(reverse(page, args=[origin.uid]))
        return super().get(request, *args, **kwargs)

    def crumbs(self) -> Crumbs:
        return proposal_crumbs((_("New"), None))

    def form_arguments(self) -> dict[str, Any]:
        arguments = super().form_arguments()
        arguments["initial"] |= {"fiscal_year": request_year()}
        return arguments

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hurdle=self.hurdle, cancel_url=reverse("budget:proposal-list"), **kwargs)

    def existing(self, uid: UUID) -> Proposal | None:
        return visible_to(self.request.user).filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        parts = {"hurdle_links": [{"hurdle": self.hurdle}]} if self.hurdle else {}
        proposal = create_draft(uid=form.cleaned_data["uid"], values=form.values(), parts=parts, by=self.request.user)
        return self.go(proposal, _("Drafted. Now enter its costs and its sources."))


class ProposalEdit(EditPage):
    permission = "budget.edit_proposal"
    template_name = "budget/proposal_form.html"

    def load(self) -> None:
        super().load()
        self.form_class = partial(ProposalForm, user=self.request.user)  # type: ignore[assignment]

    def get_queryset(self) -> QuerySet[Proposal]:
        return visible_to(self.request.user).select_related("stage").prefetch_related("supporting_units")

    def crumbs(self) -> Crumbs:
        return behind_proposal(self.record, (_("Edit"), None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cancel_url=self.record.get_absolute_url(), closed=closed_words(self.record), **kwargs
        )

    def last_entry(self, present: Any) -> Entry:
        sees = sees_appraisal_of(self.request.user, present)
        return proposal_history(present, self.request.user, sees=sees)[0]

    def save(self, form: Any) -> HttpResponse:
        proposal = edit_proposal(proposal=self.record, **self.said(form))
        if not visible_to(self.request.user).filter(pk=proposal.pk).exists():
            messages.success(self.request, _("Saved."))
            return HttpResponseRedirect(reverse("budget:proposal-list"))
        return self.go(proposal, _("Saved."))


def closed_words(proposal: Proposal) -> str:
    """Why it cannot be changed any more; empty as long as it can."""
    try:
        refuse_closed(proposal)
    except Unmet as refusal:
        return str(refusal)
    return ""


class ProposalArchive(ProposalVerb):
    permission = "budget.archive_proposal"
    verb_label = gettext_lazy("Archive")
    form_class = ProposalReasonForm

    def refusal(self) -> str:
        return why_it_stays(self.record)

    def done(self, form: Any) -> HttpResponse:
        archive_proposal(proposal=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("budget:proposal-list"))


class ProposalAnswer(ProposalVerb):
    permission = "budget.answer_proposal"
    verb_label = gettext_lazy("Answer as the owning unit")
    form_class = AnswerForm

    def facts(self) -> Facts:
        facts: Facts = [
            (_("Purpose"), self.record.purpose),
            (_("As citizens see it"), self.record.citizen_view or "－"),
        ]
        if self.record.owner_stance:
            day = format_date(self.record.owner_answered_on)
            facts.append((_("Answered until now"), f"{self.record.get_owner_stance_display()}（{day}）"))
        return facts

    def done(self, form: Any) -> HttpResponse:
        return self.go(answer_proposal(proposal=self.record, **self.said(form)), _("Your answer is kept."))
