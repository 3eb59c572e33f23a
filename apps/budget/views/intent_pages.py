"""Pages with which the intent survey is answered, and an answer goes on."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.forms import IntentForm, ReadinessForm, ReasonForm
from apps.budget.models import Intent, Proposal
from apps.budget.selectors import request_year, visible_intents
from apps.budget.selectors.survey import survey_end
from apps.budget.services import (
    archive_intent,
    change_readiness,
    create_intent,
    draft_plan_of_intent,
    draft_proposal_of_intent,
    edit_intent,
)
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.drafting import DraftProposalPage, facts_of
from apps.core import clock
from apps.core.pages import CreatePage, EditPage, RecordVerbPage, VerbPage
from apps.core.pages.base import Crumbs

LIST_TITLE = gettext_lazy("Intent survey")
# What is taken over, and to where; what stays is said, too.
PLAN_TAKES = (
    gettext_lazy("Year, section and title are taken over as they are."),
    gettext_lazy("The note goes to “What is introduced”."),
    gettext_lazy("Source of money, grant programme and rough amount go to “Sources of money”, as text."),
    gettext_lazy("The other parts are written there."),
)
PROPOSAL_TAKES = (
    gettext_lazy("Year, section and grant programme are taken over as they are."),
    gettext_lazy("The note goes to “Purpose”; without a note the title does."),
    gettext_lazy("Rough amount, source of money and readiness stay with the answer; costs are entered there."),
)


def intent_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return budget_crumbs((LIST_TITLE, reverse("budget:intent-list")), *further)


class IntentCreate(CreatePage):
    """What does the section mean to start? After the survey has ended it is taken, too, and said to be late."""

    permission = "budget.create_intent"
    title = gettext_lazy("Answer the intent survey")
    template_name = "budget/intent_form.html"
    form_class = IntentForm

    def crumbs(self) -> Crumbs:
        return intent_crumbs((_("New"), None))

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "user": self.request.user}

    def existing(self, uid: UUID) -> Intent | None:
        return visible_intents(self.request.user).filter(uid=uid).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = request_year()
        until, is_assumed = survey_end(year)
        late = until if until < clock.today() else None
        return super().get_context_data(year=year, until=until, late=late, is_assumed=is_assumed, **kwargs)

    def create(self, form: Any) -> HttpResponse:
        intent = create_intent(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        return self.go(intent, _("The answer is kept."))


class IntentPage:
    """Where it is found, and the way to it; what the person may not see does not exist."""

    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[Intent]:
        return visible_intents(self.request.user)

    def here(self, label: Any) -> Crumbs:
        return intent_crumbs((self.record.title, self.record.get_absolute_url()), (label, None))


class IntentVerb(IntentPage, RecordVerbPage):
    def crumbs(self) -> Crumbs:
        return self.here(self.get_verb_label())


class IntentEdit(IntentPage, EditPage):
    permission = "budget.edit_intent"
    template_name = "budget/intent_form.html"
    form_class = IntentForm
    verb_label: ClassVar[Any] = gettext_lazy("Edit")

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def save(self, form: Any) -> HttpResponse:
        intent = edit_intent(intent=self.record, **self.said(form))
        return self.go(intent, _("Saved."))


class IntentReadiness(IntentVerb):
    """How far is it now?"""

    permission = "budget.edit_intent"
    verb_label = gettext_lazy("Change the readiness")
    form_class = ReadinessForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(change_readiness(intent=self.record, **self.said(form)), _("Saved."))


class IntentArchive(IntentVerb):
    permission = "budget.archive_intent"
    verb_label = gettext_lazy("Archive")
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        archive_intent(intent=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.title})
        return HttpResponseRedirect(reverse("budget:intent-list"))


class IntentDraftPlan(IntentPage, VerbPage):
    """One step from the intent to an introduction plan, once."""

    permission = "budget.draft_from_intent"
    verb_label = gettext_lazy("Write an introduction plan from it")

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=facts_of(PLAN_TAKES), **kwargs)

    def done(self, form: Any) -> HttpResponse:
        plan = draft_plan_of_intent(intent=self.record, by=self.request.user)
        return HttpResponseRedirect(plan.get_absolute_url())


class IntentDraftProposal(IntentPage, DraftProposalPage):
    """One step from the intent to a draft proposal, once."""

    permission = "budget.draft_from_intent"
    verb_label = gettext_lazy("Draft a budget proposal")
    takes = PROPOSAL_TAKES

    def crumbs(self) -> Crumbs:
        return self.here(self.verb_label)

    def draft(self, **chosen: Any) -> Proposal:
        return draft_proposal_of_intent(intent=self.record, by=self.request.user, **chosen)
