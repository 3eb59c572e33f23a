"""Pages of the verbs by which a proposal comes from the draft to the end of its appraisal."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from apps.budget.forms.stages import (
    AppraisalForm,
    CoordinationForm,
    HearingForm,
    HoldForm,
    ResumeForm,
    RevivalAppraisalForm,
    RevivalForm,
    StageReasonForm,
)
from apps.budget.models import Proposal
from apps.budget.selectors.stage_days import request_closes, revival_closes
from apps.budget.selectors.stages import asked_for, last_entry, standing_amounts, with_course
from apps.budget.services.appraisals import (
    appraise_proposal,
    appraise_revival,
    hold_proposal,
    resume_proposal,
    revive_proposal,
)
from apps.budget.services.proposal_flow import PROPOSAL_FLOW
from apps.budget.services.proposal_stages import (
    confirm_proposal,
    coordinate_proposal,
    hear_proposal,
    return_proposal,
    submit_proposal,
    withdraw_proposal,
)
from apps.budget.views.proposal_pages import ProposalVerb
from apps.core import clock, money, wareki
from apps.core.history import entries_of
from apps.core.pages import Facts


class StageVerb(ProposalVerb):
    """One verb of the flow."""

    verb: ClassVar[str]

    def get_verb_label(self) -> Any:
        return PROPOSAL_FLOW[self.verb].label

    def refusal(self) -> str:
        return PROPOSAL_FLOW.refusal(self.verb, self.record)

    def get_queryset(self) -> QuerySet[Proposal]:
        return with_course(super().get_queryset())

    def asked(self) -> tuple[Any, Any]:
        """What is asked for, as a fact."""
        return _("Request"), thousand_yen(sum(asked_for(self.record).values()))


class AmountsVerb(StageVerb):
    """A verb with an amount for each 節. Who has saved meanwhile is shown with amounts and words beside one's own."""

    template_name = "budget/proposal_amounts.html"

    def stale(self, form: Any, present: Any) -> HttpResponse:
        self.record = self.get_queryset().get(pk=present.pk)
        if self.refusal():
            return self.show(form, status=409)
        last = entries_of(self.record)[0]
        conflict = {"by": last.actor, "at": last.at, "entry": last_entry(self.record)}
        context = self.get_context_data(form=form.moved_to(self.record), conflict=conflict)
        return self.render_to_response(context, status=409)


def thousand_yen(amount_k: int) -> str:
    return _("%(amount)s thousand yen") % {"amount": money.number(amount_k)}


class ProposalConfirm(StageVerb):
    permission = "budget.confirm_proposal"
    verb = "confirm"

    def facts(self) -> Facts:
        return [(_("Requesting unit"), self.record.requesting_unit), self.asked()]

    def done(self, form: Any) -> HttpResponse:
        return self.go(confirm_proposal(proposal=self.record, **self.said(form)), _("It is confirmed."))


class ProposalCoordinate(StageVerb):
    permission = "budget.coordinate_proposal"
    verb = "coordinate"
    form_class = CoordinationForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(coordinate_proposal(proposal=self.record, **self.said(form)), _("It is entered."))


class ProposalSubmit(StageVerb):
    permission = "budget.submit_proposal"
    verb = "submit"

    def facts(self) -> Facts:
        facts: Facts = [(_("Requesting unit"), self.record.requesting_unit), self.asked()]
        if closes := request_closes(self.record.fiscal_year):
            facts.append((_("To be handed in by"), wareki.format_date(closes)))
        notes = [self.late(), self.without_code()]
        return facts + [(_("Note"), note) for note in notes if note]

    def late(self) -> str:
        """A sentence where the day has passed: it is taken all the same, and said."""
        closes = request_closes(self.record.fiscal_year)
        if closes is None or clock.today() <= closes:
            return ""
        return _("The day for handing in has passed: %(day)s. It is handed in late.") % {
            "day": wareki.format_date(closes)
        }

    def without_code(self) -> str:
        if self.record.project_code:
            return ""
        return _("It has no project code yet: the finance section gives it one.")

    def done(self, form: Any) -> HttpResponse:
        notes = [self.late(), self.without_code()]
        proposal = submit_proposal(proposal=self.record, **self.said(form))
        done = _("It is handed in as %(number)s.") % {"number": proposal.number}
        return self.go(proposal, " ".join(filter(None, (done, *notes))))


class ProposalReturn(StageVerb):
    permission = "budget.return_proposal"
    verb = "return"
    form_class = StageReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(return_proposal(proposal=self.record, **self.said(form)), _("It is returned."))


class ProposalWithdraw(StageVerb):
    permission = "budget.withdraw_proposal"
    verb = "withdraw"
    form_class = StageReasonForm

    def facts(self) -> Facts:
        return [self.asked()]

    def done(self, form: Any) -> HttpResponse:
        return self.go(withdraw_proposal(proposal=self.record, **self.said(form)), _("It is withdrawn."))


class ProposalHear(StageVerb):
    permission = "budget.hear_proposal"
    verb = "hear"
    form_class = HearingForm

    def facts(self) -> Facts:
        return [(_("Requesting unit"), self.record.requesting_unit), self.asked()]

    def done(self, form: Any) -> HttpResponse:
        return self.go(hear_proposal(proposal=self.record, **self.said(form)), _("The hearing is recorded."))


class ProposalHold(StageVerb):
    permission = "budget.hold_proposal"
    verb = "hold"
    form_class = HoldForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(hold_proposal(proposal=self.record, **self.said(form)), _("It is on hold."))


class ProposalResume(StageVerb):
    permission = "budget.hold_proposal"
    verb = "resume"
    form_class = ResumeForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(resume_proposal(proposal=self.record, **self.said(form)), _("The hold is taken back."))


class ProposalAppraise(AmountsVerb):
    permission = "budget.appraise_proposal"
    verb = "appraise"
    form_class = AppraisalForm

    def done(self, form: Any) -> HttpResponse:
        proposal = appraise_proposal(proposal=self.record, **self.said(form))
        said = {"stage": proposal.stage, "amount": thousand_yen(sum(standing_amounts(proposal).values()))}
        return self.go(proposal, _("%(stage)s: %(amount)s.") % said)


class ProposalRevive(AmountsVerb):
    permission = "budget.revive_proposal"
    verb = "revive"
    form_class = RevivalForm

    def facts(self) -> Facts:
        closes = revival_closes(self.record.fiscal_year)
        return [(_("One may ask again until"), wareki.format_date(closes))] if closes else []

    def done(self, form: Any) -> HttpResponse:
        return self.go(revive_proposal(proposal=self.record, **self.said(form)), _("It is asked for again."))


class ProposalAppraiseRevival(AmountsVerb):
    permission = "budget.appraise_proposal"
    verb = "appraise_revival"
    form_class = RevivalAppraisalForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(appraise_revival(proposal=self.record, **self.said(form)), _("It is appraised again."))
