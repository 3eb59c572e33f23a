"""meetings.yaml: meetings with their agenda and decisions, and the directives of the head of headquarters."""

from datetime import date

from apps.budget.models import Proposal
from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, Part, source
from apps.core.fiscal import FiscalYear
from apps.decisions.choices import AgendaKind, DirectiveStatus, MinutesStatus, Outcome, Presence
from apps.decisions.models import (
    AgendaHurdle,
    AgendaItem,
    AgendaProposal,
    Attendance,
    Decision,
    Directive,
    DirectiveHurdle,
    DirectiveUnit,
    Meeting,
)
from apps.hurdles.models import Hurdle
from apps.organization.models import Body, Unit, User
from apps.roadmap.models import Policy

AGENDA_KINDS = {
    "協議事項": AgendaKind.DISCUSSION,
    "報告事項": AgendaKind.REPORT,
    "決定事項": AgendaKind.DECISION,
    "その他": AgendaKind.OTHER,
}
OUTCOMES = {
    "承認": Outcome.APPROVED,
    "一部修正の上承認": Outcome.APPROVED_WITH_CHANGES,
    "継続協議": Outcome.CONTINUED,
    "差戻し": Outcome.RETURNED,
    "了承（報告）": Outcome.NOTED,
}
DIRECTIVE_STATES = {
    "指示": DirectiveStatus.ISSUED,
    "着手": DirectiveStatus.STARTED,
    "報告待ち": DirectiveStatus.REPORT_DUE,
    "完了": DirectiveStatus.COMPLETED,
    "取下げ": DirectiveStatus.WITHDRAWN,
}
MINUTES = {"案": MinutesStatus.DRAFT, "確定": MinutesStatus.CONFIRMED}


def load_meetings(session: LoadSession) -> None:
    """Meetings that had been held by the day, and what they decided, ordered and said about policies."""
    document = session.document("meetings.yaml")
    hurdles = session.mentions("hurdles.yaml", "hurdles", "links.directive")
    for row in document.rows("meetings"):
        agenda, directives = row.rows("agenda"), row.rows("directives")
        with session.entry():
            held_on = row.first_day("date")
            meeting = _load_meeting(session, row, held_on)
            for each in agenda:
                _load_item(session, each, meeting)
        for each in directives:
            named = [*each.list("hurdles"), *hurdles.get(each.text("id"), [])]
            with session.entry():
                _load_directive(session, each, meeting, held_on, named)
    document.finish()
    _load_policy_decisions(session)


def _load_meeting(session: LoadSession, row: Row, held_on: date) -> Meeting | None:
    status, confirmed_on = row.one_of("minutes_status", MINUTES), row.day("minutes_approved_on")
    if not session.knows(confirmed_on):
        status, confirmed_on = MinutesStatus.DRAFT, None
    meeting = Meeting(
        **source("meeting", row.text("id", required=True)),
        body=session.keys_of(Body).get(row.text("body", required=True)),
        name=row.text("name", required=True),
        held_on=held_on,
        starts_at=row.time("start"),
        ends_at=row.time("end"),
        place=row.text("place"),
        chair=session.keys_of(User).get(row.text("chair")),
        disclosure=row.text("disclosure"),
        minutes_status=status,
        minutes_confirmed_on=confirmed_on,
    )
    parts = _attendances(session, row)
    taken: Meeting | None = session.take(row, meeting, since=held_on, number=("M", FiscalYear.of(held_on)), parts=parts)
    return taken


def _attendances(session: LoadSession, row: Row) -> list[Part]:
    """Who was there, then who was not, then who stood in for somebody: in the order of the file."""
    proxies = row.rows("proxies")
    everybody = [
        *(
            (Attendance(user=user, presence=Presence.PRESENT), row)
            for user in session.those(User, row.list("attendees"))
        ),
        *((Attendance(name=name, presence=Presence.ABSENT), row) for name in row.texts("absent")),
        *((_proxy(each), each) for each in proxies),
    ]
    for order, (attendance, _row) in enumerate(everybody, start=1):
        attendance.order = order
    return everybody


def _proxy(row: Row) -> Attendance:
    proxy = Attendance(
        name=row.text("by", required=True),
        presence=Presence.PROXY,
        stands_in_for=row.text("for", required=True),
    )
    row.finish()
    return proxy


def _load_item(session: LoadSession, row: Row, meeting: Meeting | None) -> None:
    decision, hurdles, proposals = row.text("decision"), row.list("hurdles"), row.list("budgets")
    read = AgendaItem(
        meeting=meeting,
        order=row.count("no"),
        kind=row.one_of("kind", AGENDA_KINDS),
        title=row.text("title", required=True),
        material_number=row.text("material_no"),
        presenter_unit=session.keys_of(Unit).get(row.text("presenter_section")),
        outcome=row.one_of("result", OUTCOMES, required=False),
    )
    row.finish()
    session.problems.stop_if_any()
    item = _item(session, row, read, decision) if meeting else None
    if item:
        for hurdle in session.those(Hurdle, hurdles):
            session.link(row, AgendaHurdle, item=item, hurdle=hurdle)
        for proposal in session.those(Proposal, proposals):
            session.link(row, AgendaProposal, item=item, proposal=proposal)


def _item(session: LoadSession, row: Row, item: AgendaItem, decision: str) -> AgendaItem | None:
    """The item as it comes with a new meeting, with what was decided; or as it stands on an older meeting's agenda."""
    meeting = item.meeting
    if not session.is_new(meeting):
        return meeting.agenda.filter(order=item.order).first()
    session.part(item, row)
    if decision:
        key = source("decision", f"{meeting.source_key} {item.order}")
        session.add(Decision(**key, text=decision, decided_on=meeting.held_on, meeting=meeting, item=item), row)
    return item


def _load_directive(
    session: LoadSession, row: Row, meeting: Meeting | None, issued_on: date, hurdles: list[str]
) -> None:
    units, supporting = session.keys_of(Unit), row.list("co_assigned")
    row.list("hurdles")
    directive = Directive(
        **source("directive", row.text("id", required=True)),
        text=row.text("text", required=True),
        meeting=meeting,
        issued_on=issued_on,
        assigned_unit=units.get(row.text("assigned_to", required=True)),
        due_on=row.day("due"),
        status=row.one_of("status", DIRECTIVE_STATES),
        answer=row.text("report"),
    )
    taken = session.take(row, directive, since=issued_on, number=("D", FiscalYear.of(issued_on)))
    if taken:
        for unit in session.those(Unit, supporting):
            session.link(row, DirectiveUnit, directive=taken, unit=unit)
        for hurdle in session.those(Hurdle, hurdles):
            session.link(row, DirectiveHurdle, directive=taken, hurdle=hurdle)


def _load_policy_decisions(session: LoadSession) -> None:
    """policies.yaml says which meeting decided a policy: a decision in the words of its goal."""
    policies, meetings, known = (session.keys_of(model) for model in (Policy, Meeting, Decision))
    for row in session.document("policies.yaml").rows("policies"):
        policy, meeting = policies.get(row.text("id")), meetings.get(row.text("decided_at"))
        if policy and meeting and (key := f"{policy.source_key} {meeting.source_key}") not in known:
            decision = Decision(
                **source("decision", key),
                text=policy.goal,
                decided_on=meeting.held_on,
                meeting=meeting,
                policy=policy,
            )
            session.add(decision, row)
