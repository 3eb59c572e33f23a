"""Small pages of what hangs on a call: points of its checklist, proposals that could ride on it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms.grant_parts import CandidateForm, RequirementForm, TakeOutForm
from apps.budget.models import GrantCandidate, Proposal
from apps.budget.selectors import proposal_list, visible_to
from apps.budget.selectors.grants import grants
from apps.budget.selectors.riding import could_ride, riding_calls
from apps.budget.services.grant_parts import (
    add_requirement,
    change_requirement,
    name_candidate,
    remove_candidate,
    remove_requirement,
    require_candidate,
)
from apps.budget.views.grant_writing import GrantPage
from apps.budget.views.proposal_pages import ProposalPage
from apps.core.pages import Facts, SeenPart, VerbPage


class _RequirementPage(GrantPage, VerbPage):
    permission = "budget.edit_grant"
    part: Any = None

    def load(self) -> None:
        super().load()
        if "part" in self.kwargs:
            self.part = self.record.checklist.filter(pk=self.kwargs["part"]).first()
            if self.part is None:
                raise Http404
            self.part.grant = self.record


class RequirementAdd(_RequirementPage):
    verb_label = gettext_lazy("Add a requirement")
    form_class = RequirementForm

    def done(self, form: Any) -> HttpResponse:
        _point, new = add_requirement(grant=self.record, values=form.values(), by=self.request.user)
        return self.go(self.record, _("Added.") if new else _("It stands there already."))


class RequirementChange(SeenPart, _RequirementPage):
    verb_label = gettext_lazy("Say whether it is met")
    form_class = RequirementForm

    def save(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        change_requirement(requirement=self.part, seen=seen, values=form.values(), by=self.request.user)
        return self.go(self.record, _("Saved."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        away = reverse("budget:requirement-remove", args=[self.record.address, self.part.pk])
        return super().get_context_data(other_way=(RequirementRemove.verb_label, away), **kwargs)


class RequirementRemove(_RequirementPage):
    verb_label = gettext_lazy("Take the requirement out")
    form_class = TakeOutForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts: Facts = [(_("Requirement"), self.part.text)]
        return super().get_context_data(facts=facts, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        remove_requirement(requirement=self.part, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Taken out."))


class GrantCandidateAdd(GrantPage, VerbPage):
    """From the page of a call: which proposal could ride on it. `?proposal=` comes from a suggestion."""

    permission = "budget.edit_grant"
    verb_label = gettext_lazy("Name a proposal that could ride on it")
    form_class = CandidateForm

    def form_arguments(self) -> dict[str, Any]:
        choices = could_ride(self.request.user, self.record)
        asked = self.request.GET.get("proposal", "")
        initial = choices.filter(uid=asked).first() if asked else None
        return {"choices": choices, "label": _("Budget proposal"), "initial": {"chosen": initial}}

    def done(self, form: Any) -> HttpResponse:
        proposal, note = form.cleaned_data["chosen"], form.cleaned_data["note"]
        _link, new = name_candidate(proposal=proposal, grant=self.record, note=note, by=self.request.user)
        return self.go(self.record, _("Added.") if new else _("It stands there already."))


class ProposalStepsPage(ProposalPage):
    """The pages about the steps and the calls of a proposal, which is read as a row of the list."""

    def get_queryset(self) -> QuerySet[Proposal]:
        return proposal_list(self.request.user)


class ProposalCandidateAdd(ProposalStepsPage, VerbPage):
    """From the page of a proposal: on which call it could ride."""

    permission = "budget.plan_steps"
    verb_label = gettext_lazy("Name a grant on which it could ride")
    form_class = CandidateForm

    def form_arguments(self) -> dict[str, Any]:
        taken = riding_calls(self.record) | set(self.record.candidate_links.values_list("grant_id", flat=True))
        choices = grants().exclude(pk__in=taken).exclude(shown_status="closed").order_by("closes_on", "pk")
        return {"choices": choices, "label": _("Grant programme")}

    def done(self, form: Any) -> HttpResponse:
        grant, note = form.cleaned_data["chosen"], form.cleaned_data["note"]
        _link, new = name_candidate(proposal=self.record, grant=grant, note=note, by=self.request.user)
        return self.go(self.record, _("Added.") if new else _("It stands there already."))


class CandidateRemove(GrantPage, VerbPage):
    """It could not ride on the call, after all."""

    permission = "budget.view_grants"
    verb_label = gettext_lazy("Take the possible grant out")
    form_class = TakeOutForm

    @cached_property
    def candidate(self) -> GrantCandidate:
        links = GrantCandidate.objects.filter(grant=self.record, proposal__in=visible_to(self.request.user))
        found = links.select_related("proposal", "grant").filter(pk=self.kwargs["part"]).first()
        if found is None:
            raise Http404
        return found

    def load(self) -> None:
        super().load()
        proposal, grant = self.candidate.proposal, self.candidate.grant
        require_candidate(proposal=proposal, grant=grant, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts: Facts = [(_("Budget proposal"), str(self.candidate.proposal)), (_("Note"), self.candidate.note or "－")]
        return super().get_context_data(facts=facts, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        remove_candidate(candidate=self.candidate, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Taken out."))
