"""Pages of the verbs that leave the state as it is: dates, next action, progress, resolution."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from apps.core import wareki
from apps.core.pages import Facts
from apps.hurdles.choices import MoveState
from apps.hurdles.forms import (
    LastingForm,
    MoveDecisionForm,
    NextActionForm,
    ProgressForm,
    PromiseForm,
    ProposalForm,
    RefusalForm,
    TargetForm,
)
from apps.hurdles.selectors import resolution_to_ask, shown_name, waiting_move
from apps.hurdles.services import (
    ACTS,
    PROMISE_LABEL,
    answer_lasting,
    decide_move,
    move_target,
    plan_next_action,
    promise_target,
    propose_resolution,
    refuse_resolution,
    write_progress,
)
from apps.hurdles.views.verbs import HurdleVerb, evidence_facts


class HurdleTarget(HurdleVerb):
    permission = "hurdles.move_target"
    verb_label = ACTS["target"].label
    form_class: type[PromiseForm] = TargetForm

    def load(self) -> None:
        super().load()
        if not self.record.target_date:
            self.form_class = PromiseForm

    def get_verb_label(self) -> Any:
        return self.verb_label if self.record.target_date else PROMISE_LABEL

    def facts(self) -> Facts:
        dates = [
            (_("Target date"), self.record.target_date),
            (_("First agreed date"), self.record.first_target_date),
        ]
        return [(label, wareki.format_date(day)) for label, day in dates if day]

    def done(self, form: Any) -> HttpResponse:
        if not self.record.target_date:
            promise_target(hurdle=self.record, **self.said(form))
            return self.go(self.record, _("The date is promised."))
        move = move_target(hurdle=self.record, **self.said(form))
        if move.state == MoveState.WAITING:
            return self.go(self.record, _("The later date waits for the secretariat."))
        return self.go(self.record, _("The date has moved; the first agreed one is kept."))


class HurdleDecideMove(HurdleVerb):
    permission = "hurdles.decide_move"
    verb_label = ACTS["decide_move"].label
    form_class = MoveDecisionForm

    def facts(self) -> Facts:
        move = waiting_move(self.record)
        if move is None:
            return []
        return [
            (_("Later date asked for by"), shown_name(self.record, move.asked_by, self.request.user)),
            (_("Date until then"), wareki.format_date(move.old_date) if move.old_date else ""),
            (_("New date"), wareki.format_date(move.new_date)),
            (_("Reason"), move.reason),
        ]

    def done(self, form: Any) -> HttpResponse:
        move = decide_move(hurdle=self.record, **self.said(form))
        agreed = move.state == MoveState.AGREED
        return self.go(self.record, _("The date has moved.") if agreed else _("The date stays as it is."))


class HurdleNextAction(HurdleVerb):
    permission = "hurdles.plan_next_action"
    verb_label = ACTS["next_action"].label
    form_class = NextActionForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(plan_next_action(hurdle=self.record, **self.said(form)), _("Saved."))


class HurdleProgress(HurdleVerb):
    permission = "hurdles.write_progress"
    verb_label = ACTS["progress"].label
    form_class = ProgressForm

    def done(self, form: Any) -> HttpResponse:
        write_progress(hurdle=self.record, **self.said(form))
        return self.go(self.record, _("The progress is kept."))


class HurdleProposeResolution(HurdleVerb):
    permission = "hurdles.propose_resolution"
    verb_label = ACTS["propose_resolution"].label
    form_class = ProposalForm

    def done(self, form: Any) -> HttpResponse:
        propose_resolution(hurdle=self.record, **self.said(form))
        return self.go(self.record, _("A second person now confirms that it is resolved."))


class HurdleRefuseResolution(HurdleVerb):
    permission = "hurdles.refuse_resolution"
    verb_label = ACTS["refuse_resolution"].label
    form_class = RefusalForm

    def facts(self) -> Facts:
        return evidence_facts(self.record, self.request.user)

    def done(self, form: Any) -> HttpResponse:
        refuse_resolution(hurdle=self.record, **self.said(form))
        return self.go(self.record, _("Not confirmed; who said so is told why."))


class HurdleAnswerLasting(HurdleVerb):
    permission = "hurdles.answer_lasting"
    verb_label = ACTS["answer_lasting"].label
    form_class = LastingForm

    def facts(self) -> Facts:
        resolution = resolution_to_ask(self.record)
        if resolution is None or resolution.decided_on is None:
            return []
        return [
            (_("Resolved on"), wareki.format_date(resolution.decided_on)),
            (_("Evidence of the resolution"), resolution.evidence),
        ]

    def done(self, form: Any) -> HttpResponse:
        resolution = answer_lasting(hurdle=self.record, **self.said(form))
        return self.go(self.record, _("Noted.") if resolution.lasts else _("The hurdle is open again."))
