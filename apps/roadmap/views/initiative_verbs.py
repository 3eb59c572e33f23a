"""Pages of the verbs that move an initiative's state, and of the update that leaves it as it is."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core import clock, wareki
from apps.core.pages import Facts, RecordVerbPage
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.forms.initiative_course import (
    EvidenceForm,
    InitiativeReasonForm,
    StartForm,
    UpdateForm,
)
from apps.roadmap.models import Initiative, Milestone
from apps.roadmap.selectors import progress_of
from apps.roadmap.selectors.history import state_before_end
from apps.roadmap.selectors.posts import who_answers
from apps.roadmap.selectors.waiting import open_milestones, unfinished_before
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS, INITIATIVE_FLOW
from apps.roadmap.services.initiative_updates import write_initiative_update
from apps.roadmap.services.initiative_verbs import (
    achieve_initiative,
    cancel_initiative,
    go_on_with_initiative,
    plan_initiative,
    resume_initiative,
    start_initiative,
)
from apps.roadmap.views.initiative_pages import InitiativePage


class InitiativeVerb(InitiativePage, RecordVerbPage):
    """One verb."""


def period_of(initiative: Initiative) -> str:
    """Its first and its last day; － for what is not decided."""
    days = (initiative.starts_on, initiative.ends_on)
    return "～".join(wareki.format_date(day) if day else "－" for day in days)


class InitiativePlan(InitiativeVerb):
    permission = "roadmap.plan_initiative"
    verb_label = INITIATIVE_FLOW["plan"].label

    def facts(self) -> Facts:
        answering = who_answers(self.record)
        people = "、".join(str(person) for person in answering.people) or "－"
        return [
            (_("Period"), period_of(self.record)),
            (_("Lead unit"), self.record.lead_unit),
            (_("Who answers"), f"{people}（{answering.words}）"),
        ]

    def done(self, form: Any) -> HttpResponse:
        return self.go(plan_initiative(initiative=self.record, **self.said(form)), _("It is in planning."))


class InitiativeStart(InitiativeVerb):
    permission = "roadmap.start_initiative"
    verb_label = INITIATIVE_FLOW["start"].label
    form_class = StartForm

    def facts(self) -> Facts:
        facts: Facts = [(_("Period"), period_of(self.record))]
        if early := starts_early(self.record):
            facts.append((_("Before the first day"), early))
        if unfinished := unfinished_before(self.record):
            facts.append((_("Needs first, and is not finished"), "\n".join(map(_named_with_end, unfinished))))
        return facts

    def done(self, form: Any) -> HttpResponse:
        early = starts_early(self.record)
        initiative = start_initiative(initiative=self.record, **self.said(form))
        return self.go(initiative, " ".join(filter(None, (_("It is started."), early))))


def starts_early(initiative: Initiative) -> str:
    """A sentence where today is before its first day: starting early is allowed, and said."""
    day = initiative.starts_on
    if day is None or day <= clock.today():
        return ""
    return _("It starts earlier than planned; the plan says %(day)s.") % {"day": wareki.format_date(day)}


def _named_with_end(initiative: Initiative) -> str:
    words = {
        "name": f"{initiative.number or ''} {initiative.title}".strip(),
        "state": initiative.get_status_display(),
        "day": wareki.format_date(initiative.ends_on) if initiative.ends_on else "－",
    }
    return _("%(name)s (%(state)s, ends on %(day)s)") % words


class InitiativeGoOn(InitiativeVerb):
    permission = "roadmap.go_on_with_initiative"
    verb_label = INITIATIVE_FLOW["go_on"].label

    def done(self, form: Any) -> HttpResponse:
        return self.go(go_on_with_initiative(initiative=self.record, **self.said(form)), _("It is under way."))


class InitiativeAchieve(InitiativeVerb):
    permission = "roadmap.achieve_initiative"
    verb_label = INITIATIVE_FLOW["achieve"].label
    form_class = EvidenceForm

    def facts(self) -> Facts:
        left = open_milestones(self.record)
        return [(_("Milestones that are still open"), "\n".join(map(milestone_words, left)))] if left else []

    def done(self, form: Any) -> HttpResponse:
        left = len(open_milestones(self.record))
        initiative = achieve_initiative(initiative=self.record, **self.said(form))
        words = ngettext("%(count)d milestone stays open.", "%(count)d milestones stay open.", left) % {"count": left}
        return self.go(initiative, " ".join(filter(None, (_("It is achieved."), words if left else ""))))


def milestone_words(milestone: Milestone) -> str:
    """A milestone with its quarter, in one line."""
    when = _("%(year)s Q%(quarter)s") % {"year": milestone.fiscal_year.short, "quarter": milestone.quarter}
    return f"{when} {milestone.text}"


class InitiativeCancel(InitiativeVerb):
    permission = "roadmap.cancel_initiative"
    verb_label = INITIATIVE_FLOW["cancel"].label
    form_class = InitiativeReasonForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(cancel_initiative(initiative=self.record, **self.said(form)), _("It is cancelled."))


class InitiativeResume(InitiativeVerb):
    permission = "roadmap.resume_initiative"
    verb_label = INITIATIVE_FLOW["resume"].label
    form_class = InitiativeReasonForm

    def facts(self) -> Facts:
        return [(_("It comes back to the state"), InitiativeStatus(state_before_end(self.record)).label)]

    def done(self, form: Any) -> HttpResponse:
        return self.go(resume_initiative(initiative=self.record, **self.said(form)), _("Resumed."))


class InitiativeWriteUpdate(InitiativeVerb):
    permission = "roadmap.write_initiative_update"
    verb_label = INITIATIVE_ACTS["update"].label
    form_class = UpdateForm

    def facts(self) -> Facts:
        progress = progress_of(self.record)
        if progress.percent is None:
            return []
        return [(_("Progress until now"), f"{progress.words}（{progress.explained}）")]

    def done(self, form: Any) -> HttpResponse:
        write_initiative_update(initiative=self.record, **self.said(form))
        return self.go(self.record, _("The progress is kept."))
