"""Who has completed a course: one session of it is enough, or all of them where the course is a series 連続講座."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Course, Enrolment, Session

# The parts of a series: sessions that are called off are none, those still to come are.
PART = Q(archived_at__isnull=True) & ~Q(state=SessionState.CANCELLED)


def completions(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of these enrolments whose person has completed the whole course; of a series that is each of its parts."""
    done = Q(state=EnrolmentState.COMPLETED, archived_at__isnull=True)
    own = Enrolment.objects.filter(done, session=OuterRef("pk"), person=OuterRef(OuterRef("person")))
    missing = Session.objects.filter(PART, course=OuterRef("session__course")).exclude(Exists(own))
    return rows.filter(done).filter(Q(session__course__is_series=False) | ~Exists(missing))


def courses_completed_in(rows: QuerySet[Any]) -> set[int]:
    """The keys of the courses that the person of these enrolments has completed, in this year or in another.

    A course that is continued is the same course in each of its years.
    """
    done = set(completions(rows).order_by().values_list("session__course", flat=True))
    if not done:
        return done
    before = dict(Course.objects.filter(continues__isnull=False).order_by().values_list("pk", "continues"))
    first = {key: _first(key, before) for key in {*before, *before.values(), *done}}
    known = {first[key] for key in done}
    return {key for key, origin in first.items() if origin in known}


def _first(course: int, before: Mapping[int, int | None]) -> int:
    """The course of the first year; what is continued never goes round (it is said once, when the copy is made)."""
    while (earlier := before.get(course)) is not None:
        course = earlier
    return course


def day_of_completion(session: Session) -> date:
    """The day of the session; of a series the day of its last part, whichever roll was kept last."""
    if not session.course.is_series:
        return session.date
    last: date = session.course.sessions.filter(PART).aggregate(last=Max("date"))["last"] or session.date
    return last
