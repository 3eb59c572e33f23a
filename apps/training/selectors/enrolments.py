"""Who takes part: personal records, seen by the person, the own manager and the personnel section alone."""

import calendar
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from apps.core import clock
from apps.organization.models.managing import managed_units
from apps.training.choices import GOING, TO_COME, EnrolmentState, SessionState
from apps.training.models import Course, Enrolment, Session
from apps.training.permissions import is_personnel
from apps.training.selectors.completion import courses_completed_in
from apps.training.selectors.sessions import seats_taken

MONTHS_UNTIL_FOLLOW_UP = 3
# No three months are shorter: what is younger need not be looked at.
SHORTEST_WAIT = 89


def enrolments_visible_to(user: Any) -> QuerySet[Enrolment]:
    """One's own, those of the people whose own manager one is; all for the personnel section."""
    rows = Enrolment.objects.filter(archived_at__isnull=True)
    if user.pk is None:
        return rows.none()
    if is_personnel(user):
        return rows
    return rows.filter(Q(person=user.pk) | Q(person__unit__in=managed_units(user), person__is_active=True))


def enrolment_detail(user: Any) -> QuerySet[Enrolment]:
    """Visible enrolments with all that their page shows."""
    return enrolments_visible_to(user).select_related("session__course", "person__unit", "unit")


def own_enrolment(session: Session, person: Any) -> Enrolment | None:
    """The row of a person in a session."""
    return Enrolment.objects.filter(session=session, person=person, archived_at__isnull=True).first()


def is_to_come(session: Session) -> bool:
    """Its day lies ahead, and it is not called off: seats are given and change hands."""
    return session.state in TO_COME and session.date > clock.today()


def is_not_over(session: Session) -> bool:
    """One may still say that one does not come: on the day, too."""
    return session.state in TO_COME and session.date >= clock.today()


def reported_without_names(session: Session) -> bool:
    """People are counted by a number that somebody reported: a roll would replace it."""
    return not session.keeps_roll and bool(session.applied or session.attended or session.completed)


def takes_enrolments(session: Session) -> bool:
    """Enrolment is open, has not ended, and the day lies ahead."""
    return session.state == SessionState.OPEN and is_to_come(session) and clock.today() <= last_day_to_enrol(session)


def taking_enrolments(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those of these sessions that take enrolments."""
    today = clock.today()
    still = Q(closes_on__isnull=True) | Q(closes_on__gte=today)
    return sessions.filter(still, state=SessionState.OPEN, date__gt=today, archived_at__isnull=True)


def is_going(enrolment: Enrolment) -> bool:
    """The person is invited, has a seat or waits for one, in a session that is not over."""
    return enrolment.state in GOING and is_not_over(enrolment.session)


def last_day_to_enrol(session: Session) -> date:
    """The day that is named, and never the session's own."""
    before = date.fromordinal(session.date.toordinal() - 1)
    return min(session.closes_on or before, before)


def seats_left(session: Session) -> int | None:
    """Seats that nobody has; None where there is no limit."""
    if session.capacity is None:
        return None
    return max(session.capacity - seats_taken(session), 0)


def waiting_list(session: Session) -> QuerySet[Enrolment]:
    """Who waits for a seat, the first one first."""
    rows = Enrolment.objects.filter(session=session, state=EnrolmentState.WAITING, archived_at__isnull=True)
    return rows.order_by("applied_at", "pk")


def waiting_place(enrolment: Enrolment) -> int | None:
    """The place on the waiting list, from 1 on; None for who does not wait."""
    if enrolment.state != EnrolmentState.WAITING:
        return None
    before = Q(applied_at__lt=enrolment.applied_at) | Q(applied_at=enrolment.applied_at, pk__lt=enrolment.pk)
    return waiting_list(enrolment.session).filter(before).count() + 1


def missing_prerequisites(course: Course, person: Any) -> list[Course]:
    """The courses that somebody has to complete before, and has not."""
    done = courses_completed_in(Enrolment.objects.filter(person=person))
    return list(course.prerequisites.exclude(pk__in=done).order_by("fiscal_year", "pk"))


def follow_up_from(session: Session) -> date:
    """Three months after the day: 30 November leads to the last day of February."""
    months = session.date.month - 1 + MONTHS_UNTIL_FOLLOW_UP
    year, month = session.date.year + months // 12, months % 12 + 1
    return date(year, month, min(session.date.day, calendar.monthrange(year, month)[1]))


def may_follow_up(enrolment: Enrolment) -> bool:
    """Whoever completed it says three months later what came of it."""
    return enrolment.state == EnrolmentState.COMPLETED and follow_up_from(enrolment.session) <= clock.today()


def follow_ups_due(user: Any, most: int) -> list[Enrolment]:
    """What the person has completed three months ago or more, and has not said a word about; the oldest first."""
    ripe = date.fromordinal(clock.today().toordinal() - SHORTEST_WAIT)
    rows = Enrolment.objects.filter(
        person=user.pk,
        state=EnrolmentState.COMPLETED,
        followed_up_on__isnull=True,
        archived_at__isnull=True,
        session__date__lte=ripe,
    )
    found = rows.select_related("session__course").order_by("session__date", "pk")[:most]
    return [row for row in found if may_follow_up(row)]


def invitations_open(user: Any, most: int) -> list[Enrolment]:
    """The invitations that the person has not answered and still can."""
    rows = Enrolment.objects.filter(
        person=user.pk,
        state=EnrolmentState.INVITED,
        archived_at__isnull=True,
        session__in=taking_enrolments(Session.objects.all()),
    )
    return list(rows.select_related("session__course").order_by("session__date", "pk")[:most])


def roll_of(session: Session) -> QuerySet[Enrolment]:
    """Everybody in the roll of a session, the waiting list in its order."""
    return (
        Enrolment.objects.filter(session=session, archived_at__isnull=True)
        .select_related("person", "unit", "session__course")
        .order_by("applied_at", "pk")
    )


def roll_counts(session: Session) -> dict[str, int]:
    """How many people stand in each state; the true numbers, for the personnel section alone."""
    rows = Enrolment.objects.filter(session=session, archived_at__isnull=True).order_by()
    return dict(rows.values_list("state").annotate(count=Count("pk")))
