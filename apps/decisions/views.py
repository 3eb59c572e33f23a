"""Pages of meetings, directives and decisions."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.core.registry import panels_for
from apps.decisions.filters import DecisionFilter, DirectiveFilter, MeetingFilter
from apps.decisions.forms import RecordDecisionForm
from apps.decisions.models import Decision, Directive
from apps.decisions.selectors import (
    attendance_of,
    decision_list,
    directive_detail,
    directive_list,
    further_decisions,
    meeting_detail,
    meeting_list,
    tells_decisions,
)
from apps.decisions.services import RecordedDecision, record_decision
from apps.decisions.tables import DecisionTable, DirectiveTable, MeetingTable, minutes_chip, minutes_words
from apps.hurdles.models import Hurdle
from apps.hurdles.services import FLOW as HURDLE_FLOW
from apps.roadmap.models import Policy
from apps.roadmap.selectors import deciding, policies_visible_to, resolved_hurdles, told_parts

MEETING_PARTS = ("agenda", "attendances")
DIRECTIVE_PARTS = ("unit_links", "hurdle_links")


def _crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [(_("My work"), reverse("dashboards:my-work")), *further]


class _DecisionsList(ListPage):
    template_name = "decisions/record_list.html"


class MeetingList(_DecisionsList):
    permission = "decisions.view_meetings"
    title = gettext_lazy("Meetings")
    table_class = MeetingTable
    filterset_class = MeetingFilter
    file_name = "meetings"
    empty_title = gettext_lazy("No meeting matches.")
    empty_text = gettext_lazy("Take a filter away. The secretariat enters meetings with their agenda.")

    def get_queryset(self) -> QuerySet[Any]:
        return meeting_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((self.title, None))


class MeetingDetail(DetailPage):
    permission = "decisions.view_meeting"
    template_name = "decisions/meeting_detail.html"

    def get_queryset(self) -> QuerySet[Any]:
        return meeting_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or self.record.name
        return _crumbs((_("Meetings"), reverse("decisions:meeting-list")), (name, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.record, self.request.user
        parts = [*MEETING_PARTS, "decisions"] if tells_decisions(meeting, user) else MEETING_PARTS
        return super().get_context_data(
            agenda=list(meeting.agenda.all()),
            attendance=attendance_of(meeting),
            directives=list(meeting.directives.all()),
            further_decisions=list(further_decisions(meeting, user)),
            minutes={"label": minutes_words(meeting), "chip": minutes_chip(meeting)},
            entries=entries_of(meeting, parts=parts),
            panels=panels_for("decisions:meeting-detail", meeting, user),
            **kwargs,
        )


class DirectiveList(_DecisionsList):
    permission = "decisions.view_directives"
    title = gettext_lazy("Directives of the head of headquarters")
    table_class = DirectiveTable
    filterset_class = DirectiveFilter
    file_name = "directives"
    empty_title = gettext_lazy("No directive matches.")
    empty_text = gettext_lazy("Take a filter away. The secretariat enters directives, oral ones too.")

    def get_queryset(self) -> QuerySet[Directive]:
        return directive_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Meetings"), reverse("decisions:meeting-list")), (self.title, None))


class DirectiveDetail(DetailPage):
    permission = "decisions.view_directive"
    template_name = "decisions/directive_detail.html"

    def get_queryset(self) -> QuerySet[Directive]:
        return directive_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs(
            (_("Meetings"), reverse("decisions:meeting-list")),
            (_("Directives of the head of headquarters"), reverse("decisions:directive-list")),
            (self.record.number or _("Not yet numbered"), None),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        directive, user = self.record, self.request.user
        return super().get_context_data(
            entries=entries_of(directive, parts=told_parts(directive, DIRECTIVE_PARTS, user)),
            panels=panels_for("decisions:directive-detail", directive, user),
            **kwargs,
        )


class DecisionList(_DecisionsList):
    permission = "decisions.view_decisions"
    title = gettext_lazy("Decisions")
    table_class = DecisionTable
    filterset_class = DecisionFilter
    file_name = "decisions"
    empty_title = gettext_lazy("No decision matches.")
    empty_text = gettext_lazy("Take a filter away. Decisions come from meetings and from approval documents.")

    def get_queryset(self) -> QuerySet[Decision]:
        return decision_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((_("Meetings"), reverse("decisions:meeting-list")), (self.title, None))


class DecisionRecord(RecordVerbPage):
    """How a policy was decided, entered on a page that says which bodies are enough and which hurdles follow."""

    permission = "decisions.record_decision"
    template_name = "decisions/decision_record.html"
    form_class = RecordDecisionForm
    verb_label = gettext_lazy("Record the decision")

    def get_queryset(self) -> QuerySet[Policy]:
        return policies_visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        policy = self.record
        return _crumbs(
            (_("Policies"), reverse("roadmap:policy-list")),
            (policy.number or _("Draft text"), policy.get_absolute_url()),
            (self.verb_label, None),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hurdles = list(resolved_hurdles(self.record))
        follows = HURDLE_FLOW["set_policy"].sources
        return super().get_context_data(
            deciding=deciding(self.record),
            newest=self.record.versions.order_by("-version").first(),
            following=[hurdle for hurdle in hurdles if hurdle.status in follows],
            staying=[hurdle for hurdle in hurdles if hurdle.status not in follows],
            **kwargs,
        )

    def done(self, form: Any) -> HttpResponse:
        recorded = record_decision(policy=self.record, **self.said(form))
        return self.go(self.record, _result(recorded))


def _result(recorded: RecordedDecision) -> str:
    """What has moved, and what has not."""
    said = _("The decision is recorded.")
    if recorded.moved:
        said += _(" Policy decided for: %(hurdles)s.") % {"hurdles": _named(recorded.moved)}
    if recorded.stayed:
        said += _(" These stay in their state: %(hurdles)s.") % {"hurdles": _named(recorded.stayed)}
    return said


def _named(hurdles: list[Hurdle]) -> str:
    return "、".join(f"{hurdle.number} {hurdle.title}" for hurdle in hurdles)
