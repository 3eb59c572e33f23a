"""Pages of the verbs that move a hurdle's state."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from apps.core.pages import Facts, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles.forms import ConfirmForm, DecisionForm, PartForm, QuestionForm, ReasonForm
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import shown_name, visible_to, waiting_resolution
from apps.hurdles.services import (
    ACTS,
    FLOW,
    defer_hurdle,
    draft_policy,
    organize_hurdle,
    reopen_hurdle,
    resolve_hurdle,
    resolve_hurdle_partly,
    resume_hurdle,
    return_hurdle,
    start_hurdle,
    submit_hurdle,
)
from apps.hurdles.views.crumbs import hurdle_crumbs
from apps.hurdles.views.menu import verb_url


def received_words(hurdle: Hurdle) -> str:
    """What one is told who has submitted a hurdle: its number, and what comes next."""
    return _("Received as %(number)s. The secretariat looks at it, and you are told what becomes of it.") % {
        "number": hurdle.number
    }


class HurdleVerb(RecordVerbPage):
    """One verb. The form carries the version of the hurdle that its reader saw: a second click is told so."""

    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, self.record.get_absolute_url()), (self.get_verb_label(), None))

    def other_way(self) -> tuple[Any, str] | None:
        """Label and address of the verb with which one decides otherwise."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(other_way=self.other_way(), **kwargs)


class HurdleSubmit(HurdleVerb):
    permission = "hurdles.submit_hurdle"
    verb_label = FLOW["submit"].label

    def done(self, form: Any) -> HttpResponse:
        hurdle = submit_hurdle(hurdle=self.record, **self.said(form))
        return self.go(hurdle, received_words(hurdle))


class HurdleOrganize(HurdleVerb):
    permission = "hurdles.organize_hurdle"
    verb_label = FLOW["organize"].label

    def done(self, form: Any) -> HttpResponse:
        return self.go(organize_hurdle(hurdle=self.record, **self.said(form)), _("Taken up."))


class HurdleReturn(HurdleVerb):
    permission = "hurdles.return_hurdle"
    verb_label = FLOW["return"].label
    form_class = QuestionForm

    def done(self, form: Any) -> HttpResponse:
        hurdle = return_hurdle(hurdle=self.record, **self.said(form))
        return self.go(hurdle, _("Returned to the section with your question."))


class HurdleDraftPolicy(HurdleVerb):
    permission = "hurdles.draft_policy"
    verb_label = FLOW["draft_policy"].label

    def done(self, form: Any) -> HttpResponse:
        return self.go(draft_policy(hurdle=self.record, **self.said(form)), _("A policy is being drafted."))


class HurdleStart(HurdleVerb):
    permission = "hurdles.start_hurdle"
    verb_label = FLOW["start"].label
    form_class = DecisionForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(start_hurdle(hurdle=self.record, **self.said(form)), _("Work has begun."))


class HurdleResolvePartly(HurdleVerb):
    permission = "hurdles.resolve_hurdle_partly"
    verb_label = FLOW["resolve_partly"].label
    form_class = PartForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(resolve_hurdle_partly(hurdle=self.record, **self.said(form)), _("Partly resolved."))


class HurdleResolve(HurdleVerb):
    permission = "hurdles.resolve_hurdle"
    verb_label = FLOW["resolve"].label
    form_class = ConfirmForm

    def facts(self) -> Facts:
        return evidence_facts(self.record, self.request.user)

    def other_way(self) -> tuple[Any, str]:
        return ACTS["refuse_resolution"].label, verb_url(self.record, "refuse_resolution")

    def done(self, form: Any) -> HttpResponse:
        resolve_hurdle(hurdle=self.record, **self.said(form))
        return self.go(self.record, _("Resolved. In a year the owning unit is asked whether it has lasted."))


class HurdleDefer(HurdleVerb):
    permission = "hurdles.defer_hurdle"
    verb_label = FLOW["defer"].label
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(defer_hurdle(hurdle=self.record, **self.said(form)), _("Deferred."))


class HurdleResume(HurdleVerb):
    permission = "hurdles.resume_hurdle"
    verb_label = FLOW["resume"].label
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(resume_hurdle(hurdle=self.record, **self.said(form)), _("Resumed."))


class HurdleReopen(HurdleVerb):
    permission = "hurdles.reopen_hurdle"
    verb_label = FLOW["reopen"].label
    form_class = ReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(reopen_hurdle(hurdle=self.record, **self.said(form)), _("Reopened."))


def evidence_facts(hurdle: Hurdle, viewer: Any) -> Facts:
    """What the first person has said, for the second one to look at."""
    resolution = waiting_resolution(hurdle)
    if resolution is None:
        return []
    return [
        (_("Said to be resolved by"), shown_name(hurdle, resolution.proposed_by, viewer)),
        (_("Evidence of the resolution"), resolution.evidence),
    ]
