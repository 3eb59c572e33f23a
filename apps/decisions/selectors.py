"""Reads of meetings, decisions and directives; every list starts at what the person may see."""

from typing import Any

from django.db.models import Count, Max, Min, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from apps.budget.models import Proposal
from apps.budget.selectors import visible_to as visible_proposals
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import event_model_of
from apps.core.search import spellings
from apps.decisions.choices import OPEN_DIRECTIVE, Presence
from apps.decisions.models import AgendaItem, Attendance, Decision, Directive, DirectiveUnit, Meeting
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to as visible_hurdles
from apps.organization.models import Unit
from apps.roadmap.choices import DecidingBody
from apps.roadmap.models import Policy
from apps.roadmap.selectors import policies_visible_to, withdrawn_on


def meetings_visible_to(user: Any) -> QuerySet[Meeting]:
    """All meetings, for whoever holds a role."""
    meetings = Meeting.objects.filter(archived_at__isnull=True)
    return meetings if user.role_kinds else meetings.none()


def directives_visible_to(user: Any) -> QuerySet[Directive]:
    """All directives, for whoever holds a role."""
    directives = Directive.objects.filter(archived_at__isnull=True)
    return directives if user.role_kinds else directives.none()


def decisions_visible_to(user: Any) -> QuerySet[Decision]:
    """All decisions, for whoever holds a role; a policy that the person may not see is None."""
    decisions = Decision.objects.filter(archived_at__isnull=True)
    shown = decisions.prefetch_related(Prefetch("policy", queryset=policies_visible_to(user)))
    return shown if user.role_kinds else decisions.none()


def meeting_list(user: Any) -> QuerySet[Any]:
    """Visible meetings with `agenda_count` and `open_directives`."""
    return (
        meetings_visible_to(user)
        .select_related("body")
        .annotate(
            agenda_count=_count(AgendaItem),
            open_directives=_count(Directive, archived_at__isnull=True, status__in=OPEN_DIRECTIVE),
        )
    )


def _count(model: type[Model], **condition: Any) -> Coalesce:
    """How many rows belong to one meeting; each count by itself, so that joins multiply nothing."""
    rows = model._default_manager.filter(meeting=OuterRef("pk"), **condition).order_by().values("meeting")
    return Coalesce(Subquery(rows.annotate(total=Count("pk")).values("total")), 0)


def meeting_detail(user: Any) -> QuerySet[Any]:
    """Visible meetings with their agenda, who was there, and the directives, as far as the person may see."""
    return (
        meeting_list(user)
        .select_related("chair")
        .prefetch_related(
            Prefetch("agenda", queryset=agenda_items(user)),
            Prefetch("attendances", queryset=Attendance.objects.select_related("user")),
            Prefetch("directives", queryset=directive_list(user)),
        )
    )


def agenda_items(user: Any) -> QuerySet[AgendaItem]:
    """Agenda items with their decision, and with the hurdles and proposals that the person may see.

    Proposals come without their amounts: these are shown to those only who see the budget.
    """
    hurdles = visible_hurdles(user).order_by("number", "pk")
    proposals = visible_proposals(user).order_by("project_code", "pk")
    return AgendaItem.objects.select_related("presenter_unit").prefetch_related(
        Prefetch("decision", queryset=decisions_visible_to(user)),
        Prefetch("hurdles", queryset=hurdles, to_attr="seen_hurdles"),
        Prefetch("proposals", queryset=proposals, to_attr="seen_proposals"),
    )


def further_decisions(meeting: Meeting, user: Any) -> QuerySet[Decision]:
    """What a meeting decided besides its agenda."""
    return decisions_visible_to(user).filter(meeting=meeting, item__isnull=True)


def attendance_of(meeting: Meeting) -> dict[str, list[Attendance]]:
    """Who was present, who stood in and who was absent, from the prefetched rows."""
    rows = list(meeting.attendances.all())
    return {presence.value: [row for row in rows if row.presence == presence] for presence in Presence}


def tells_decisions(meeting: Meeting, user: Any) -> bool:
    """Whether the person may see every policy that a decision of the meeting ever named: a history names them all."""
    events = event_model_of(Decision).objects.filter(meeting_id=meeting.pk, policy_id__isnull=False)
    ever = set(events.values_list("policy_id", flat=True))
    return policies_visible_to(user).filter(pk__in=ever).count() == len(ever)


def meetings_of_year(meetings: QuerySet[Meeting], fiscal_year: FiscalYear) -> QuerySet[Meeting]:
    return meetings.filter(held_on__range=(fiscal_year.start, fiscal_year.end))


def meeting_years() -> list[FiscalYear]:
    """The years to choose from, newest first: from the first meeting to the last, and the present one."""
    return _years(Meeting.objects.aggregate(first=Min("held_on"), last=Max("held_on")))


def decision_years() -> list[FiscalYear]:
    """The years to choose from, newest first: from the first decision to the last, and the present one."""
    return _years(Decision.objects.aggregate(first=Min("decided_on"), last=Max("decided_on")))


def _years(days: dict[str, Any]) -> list[FiscalYear]:
    known = [FiscalYear.of(day) for day in (days["first"], days["last"], clock.today()) if day]
    return [FiscalYear(year) for year in range(int(max(known)), int(min(known)) - 1, -1)]


def directive_list(user: Any) -> QuerySet[Directive]:
    """Visible directives with all that a row shows."""
    return (
        directives_visible_to(user)
        .select_related("assigned_unit", "meeting")
        .prefetch_related("supporting_units")
        .order_by("due_on", "number", "pk")
    )


def directive_detail(user: Any) -> QuerySet[Directive]:
    """Visible directives with all that their page shows; `seen_hurdles` are those that the person may see."""
    hurdles = visible_hurdles(user).order_by("number", "pk")
    return directive_list(user).prefetch_related(Prefetch("hurdles", queryset=hurdles, to_attr="seen_hurdles"))


def open_directives(directives: QuerySet[Directive]) -> QuerySet[Directive]:
    """Those about which somebody still has to do something."""
    return directives.filter(status__in=OPEN_DIRECTIVE)


def late_directives(directives: QuerySet[Directive]) -> QuerySet[Directive]:
    """Open ones whose day has passed, as `Directive.is_late`."""
    return open_directives(directives).filter(due_on__lt=clock.today())


def directives_of_unit(directives: QuerySet[Directive], unit: Unit) -> QuerySet[Directive]:
    """Those that a unit is in charge of or supports."""
    supported = DirectiveUnit.objects.filter(unit=unit).values("directive")
    return directives.filter(Q(assigned_unit=unit) | Q(pk__in=supported))


def count_by_status(directives: QuerySet[Directive]) -> dict[str, int]:
    """Directives by state; states without directives are missing."""
    return dict(directives.order_by().values_list("status").annotate(Count("pk")))


def decision_list(user: Any) -> QuerySet[Decision]:
    """Visible decisions with all that a row shows."""
    return decisions_visible_to(user).select_related("meeting__body", "item")


def decisions_found(decisions: QuerySet[Decision], query: str) -> QuerySet[Decision]:
    """Decisions in whose text, agenda item, meeting or number of approval every word of the query occurs."""
    for keys in spellings(query):
        own, of_meeting = Q(), Q()
        for key in keys:
            own, of_meeting = own | Q(search_key__contains=key), of_meeting | Q(meeting__search_key__contains=key)
        decisions = decisions.filter(own | of_meeting)
    return decisions


def items_about_hurdle(hurdle: Hurdle, user: Any) -> QuerySet[AgendaItem]:
    """The agenda items about a hurdle, the latest meeting first."""
    return _items_with_meeting(user).filter(hurdles=hurdle)


def items_about_proposal(proposal: Proposal, user: Any) -> QuerySet[AgendaItem]:
    """The agenda items about a proposal, the latest meeting first."""
    return _items_with_meeting(user).filter(proposals=proposal)


def _items_with_meeting(user: Any) -> QuerySet[AgendaItem]:
    return (
        AgendaItem.objects.filter(meeting__in=meetings_visible_to(user))
        .select_related("meeting")
        .prefetch_related(Prefetch("decision", queryset=decisions_visible_to(user)))
        .order_by("-meeting__held_on", "-meeting", "order")
    )


def directives_about_hurdle(hurdle: Hurdle, user: Any) -> QuerySet[Directive]:
    """The visible directives about a hurdle, the next to be due first."""
    return directive_list(user).filter(hurdles=hurdle)


def decisions_of_policy(policy: Policy, user: Any) -> QuerySet[Decision]:
    """By which meetings or approvals a policy was decided, the latest first."""
    return decision_list(user).filter(policy=policy)


# The bodies whose meetings decide policies, by their keys in small letters.
DECIDING_BODIES = {"hq": DecidingBody.HEADQUARTERS, "team": DecidingBody.TEAM}


def body_of_meeting(meeting: Meeting) -> DecidingBody | None:
    """As what a meeting decides on policies; None where its body does not."""
    return DECIDING_BODIES.get(meeting.body.key.lower())


def meetings_that_may_decide(policy: Policy) -> QuerySet[Meeting]:
    """The meetings of headquarters and of the team that were held since the first text of a policy, newest first.

    Of a policy that was withdrawn and resumed, those since it was withdrawn.
    """
    first = policy.versions.order_by("date").values_list("date", flat=True).first()
    held = Meeting.objects.filter(archived_at__isnull=True, held_on__lte=clock.today())
    held = held.annotate(body_key=Lower("body__key")).filter(body_key__in=DECIDING_BODIES)
    since = held.filter(held_on__gte=max(first, withdrawn_on(policy) or first)) if first else held.none()
    return since.select_related("body").order_by("-held_on", "-pk")


def items_without_decision(meetings: QuerySet[Meeting]) -> QuerySet[AgendaItem]:
    """The agenda items of these meetings that nothing was decided on yet."""
    items = AgendaItem.objects.filter(meeting__in=meetings.order_by(), decision__isnull=True)
    return items.select_related("meeting__body").order_by("-meeting__held_on", "-meeting", "order")
