"""The backward plans of proposals, read in a constant number of queries, however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.utils.translation import gettext as _

from apps.budget.choices import Anchor, FundingStatus, PreReviewResult, StageKind, WindowKind
from apps.budget.models import (
    AnchorTitle,
    BackwardStep,
    Funding,
    GrantProgramme,
    Proposal,
    ProposalStep,
    StageEntry,
)
from apps.budget.selectors.backward import (
    AnchorDay,
    BackwardPlan,
    NextRound,
    Step,
    Supplementary,
    missing_days,
    next_assumed,
    work_back,
)
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.choices import CalendarKind
from apps.organization.models import CalendarEvent
from apps.organization.selectors import sections_today

# By these kinds and words the calendar is searched where the city has named no others.
CALENDAR_TITLES: dict[str, tuple[str, str]] = {
    Anchor.REQUEST: (CalendarKind.BUDGET, "予算要求の提出期限"),
    Anchor.PRE_REVIEW: (CalendarKind.PRE_REVIEW, "導入計画書の提出期限"),
}
# A latest day that is so many working days away is near.
SOON = 5
# Who does a step where the list says so instead of naming a section.
REQUESTING = "要求課"
NOT_REQUESTED = {StageKind.DRAFT, StageKind.SECTION, StageKind.DEPARTMENT, StageKind.PRE_REVIEW, StageKind.DROPPED}
APPLIED = {FundingStatus.APPLIED, FundingStatus.ADOPTED, FundingStatus.GRANTED}
REVIEWED = {PreReviewResult.FIT, PreReviewResult.CONDITIONAL}


@dataclass(frozen=True)
class _City:
    """What all plans are counted from: the calendar, the list of steps with their sections, the calls that follow."""

    today: date
    steps: list[Any]
    titles: dict[str, tuple[str, str]]
    events: list[CalendarEvent]
    following: dict[int, list[GrantProgramme]]
    tells_days: bool


def backward_plan(proposal: Proposal) -> BackwardPlan:
    """The plan of one proposal."""
    return backward_plans([proposal])[proposal.pk]


def backward_plans(
    proposals: Sequence[Proposal], today: date | None = None, *, open_steps_alone: bool = False
) -> dict[int, BackwardPlan]:
    """The plan of each proposal, by its key.

    `open_steps_alone` leaves out what is not asked for where only open steps are looked at: on which day a proposal
    was handed in, and the next call.
    """
    parts: list[Any] = [
        Prefetch("fundings", queryset=Funding.objects.select_related("grant")),
        Prefetch("steps", queryset=ProposalStep.objects.select_related("step", "unit")),
    ]
    if not open_steps_alone:
        parts.append(Prefetch("stage_entries", queryset=StageEntry.objects.select_related("stage")))
    prefetch_related_objects(list(proposals), "grant", "stage", "requesting_unit", *parts)
    city = _city(proposals, today or clock.today(), open_steps_alone=open_steps_alone)
    return {proposal.pk: _plan(proposal, city) for proposal in proposals}


def ridden_by(proposal: Any) -> GrantProgramme | None:
    """The call that a proposal rides on: its own, or that of its first funding."""
    return proposal.grant or next((each.grant for each in proposal.fundings.all() if each.grant), None)


def calendar_titles() -> dict[str, tuple[str, str]]:
    """Kind and title of the days of the calendar that steps are counted back from."""
    own = {row.anchor: (row.kind, row.title) for row in AnchorTitle.objects.all()}
    return {**CALENDAR_TITLES, **own}


def _city(proposals: Iterable[Proposal], today: date, *, open_steps_alone: bool) -> _City:
    steps = _listed()
    own = {step.anchor: (step.day_kind, step.day_title) for step in steps if step.day_kind}
    titles = {**CALENDAR_TITLES, **own}
    kinds = {kind for kind, _title in titles.values()} | {CalendarKind.SUPPLEMENTARY}
    return _City(
        today=today,
        steps=steps,
        titles=titles,
        events=list(CalendarEvent.objects.filter(kind__in=kinds)),
        following={} if open_steps_alone else _following(proposals, today),
        tells_days=not open_steps_alone,
    )


def _listed() -> list[Any]:
    """The city's list, each step with the section of today that it names, and how the calendar calls its day."""
    named = AnchorTitle.objects.filter(anchor=OuterRef("anchor"))
    sections = sections_today().filter(name=OuterRef("responsible")).reverse()
    return list(
        BackwardStep.objects.annotate(
            section=Subquery(sections.values("pk")[:1]),
            day_kind=Subquery(named.values("kind")),
            day_title=Subquery(named.values("title")),
        )
    )


def _following(proposals: Iterable[Proposal], today: date) -> dict[int, list[GrantProgramme]]:
    """The calls that follow on those that are ridden on, the next one first."""
    grants = {grant.pk for grant in map(ridden_by, proposals) if grant}
    following: dict[int, list[GrantProgramme]] = {}
    next_calls = GrantProgramme.objects.filter(follows__in=grants, archived_at__isnull=True, closes_on__gte=today)
    for grant in next_calls.exclude(window=WindowKind.CLOSED).order_by("closes_on", "pk"):
        following.setdefault(grant.follows_id or 0, []).append(grant)
    return following


def _plan(proposal: Any, city: _City) -> BackwardPlan:
    grant = ridden_by(proposal)
    anchors = _anchors(proposal, grant, city)
    rows = work_back(_steps(proposal, grant, city), anchors, city.today)
    return BackwardPlan(
        rows=rows,
        deadline=anchors[Anchor.APPLICATION],
        today=city.today,
        next_round=_next_round(grant, city),
        supplementary=_supplementary(proposal, grant, city),
        grant=grant,
        missing=missing_days(rows),
    )


def _anchors(proposal: Proposal, grant: GrantProgramme | None, city: _City) -> dict[str, AnchorDay]:
    assumed = grant is not None and grant.window == WindowKind.ASSUMED
    days = {name: _calendar_day(name, proposal.fiscal_year, city) for name in CALENDAR_TITLES}
    closes = AnchorDay(_("Close of the application"), grant.closes_on if grant else None, assumed)
    consultation = AnchorDay(_("End of the consultation"), grant.consultation_until if grant else None, assumed)
    return {**days, Anchor.APPLICATION: closes, Anchor.CONSULTATION: consultation}


def _calendar_day(anchor: str, fiscal_year: FiscalYear, city: _City) -> AnchorDay:
    """The day in the calendar of the year before, in which the budget is asked for; the last one of that title."""
    kind, title = city.titles[anchor]
    asked_in = fiscal_year.previous
    days = [each.date for each in city.events if each.kind == kind and title in each.title]
    return AnchorDay(title, max((day for day in days if asked_in.contains(day)), default=None))


def _steps(proposal: Any, grant: GrantProgramme | None, city: _City) -> list[Step]:
    own = {each.step_id: each for each in proposal.steps.all()}
    return [_step(each, own.get(each.pk) or ProposalStep(step=each), proposal, grant, city) for each in city.steps]


def _step(listed: Any, own: ProposalStep, proposal: Any, grant: Any, city: _City) -> Step:
    who, unit = _who(listed, own, proposal)
    done, done_on = _known_done(listed.anchor, proposal, grant, city)
    not_reviewed = proposal.pre_review_result == PreReviewResult.NOT_APPLICABLE
    return Step(
        name=listed.name,
        anchor=listed.anchor,
        workdays=listed.workdays if own.workdays is None else own.workdays,
        duration=listed.duration if own.duration is None else own.duration,
        order=listed.order,
        who=who,
        unit=unit,
        planned_on=own.planned_on,
        done_on=own.done_on or done_on,
        is_done=done,
        not_needed=own.not_needed or (listed.anchor == Anchor.PRE_REVIEW and not_reviewed),
        note=own.note,
    )


def _who(listed: Any, own: ProposalStep, proposal: Proposal) -> tuple[str, int | None]:
    """The unit that the proposal names, else that of the list; 要求課 and who is no section is the requesting unit."""
    if own.unit:
        return own.unit.name, own.unit_id
    if listed.section:
        return listed.responsible, listed.section
    if listed.responsible in ("", REQUESTING):
        return proposal.requesting_unit.name, proposal.requesting_unit_id
    return listed.responsible, proposal.requesting_unit_id


def _known_done(anchor: str, proposal: Any, grant: Any, city: _City) -> tuple[bool, date | None]:
    """What the proposal itself says: it was reviewed, it was handed in, its money was applied for."""
    if anchor == Anchor.PRE_REVIEW and proposal.pre_review_result in REVIEWED:
        return True, proposal.pre_review_on
    if anchor == Anchor.REQUEST and proposal.stage.kind not in NOT_REQUESTED:
        return True, _handed_in_on(proposal.stage_entries.all()) if city.tells_days else None
    if anchor in (Anchor.APPLICATION, Anchor.CONSULTATION) and grant is not None:
        applied = any(each.grant_id == grant.pk and each.status in APPLIED for each in proposal.fundings.all())
        return applied, None
    return False, None


def _handed_in_on(entries: Iterable[StageEntry]) -> date | None:
    """The first day at the request since it was last returned; a hold there is the finance section's own affair."""
    day = None
    for entry in entries:
        if entry.stage.kind == StageKind.DRAFT:
            day = None
        elif entry.stage.kind == StageKind.REQUEST and day is None:
            day = entry.date
    return day


def _next_round(grant: GrantProgramme | None, city: _City) -> NextRound | None:
    if grant is None or grant.closes_on is None:
        return None
    for call in city.following.get(grant.pk, ()):
        return NextRound(call.closes_on or city.today, call.window == WindowKind.ASSUMED, call)
    return NextRound(next_assumed(grant.closes_on, city.today), True)


def _supplementary(proposal: Proposal, grant: GrantProgramme | None, city: _City) -> Supplementary | None:
    """The next day by which a supplementary budget is asked for.

    Money of one fiscal year that is spent in the next one is carried over (繰越明許費, 地方自治法第213条).
    """
    coming = [each for each in city.events if each.kind == CalendarKind.SUPPLEMENTARY and each.date >= city.today]
    event = min(coming, key=lambda each: each.date, default=None)
    if event is None:
        return None
    ends_on = (grant and grant.project_to) or proposal.fiscal_year.end
    return Supplementary(event.date, event.title, ends_on > FiscalYear.of(event.date).end)
