"""The people around an enrolment: the person, the own manager, the personnel section, and those who see nothing."""

from datetime import date, timedelta
from typing import Any

from apps.core import clock
from apps.training.choices import EnrolmentState, SessionState
from apps.training.models import Enrolment, Session
from tests.factories import CourseFactory, RoleFactory, SessionFactory, UnitFactory, UserFactory, user_with

TODAY = date(2022, 10, 14)
AHEAD = date(2022, 11, 17)


def cast(lead_unit: Any = None) -> dict[str, Any]:
    """One person of each kind; `person` sits in the section of `own manager`."""
    section = UnitFactory()
    return {
        "person": user_with("viewer", unit=section),
        "own manager": user_with("manager", unit=section),
        "personnel": user_with("personnel"),
        "other manager": user_with("manager"),
        "colleague": user_with("promoter", unit=section),
        "lead unit": user_with("promoter", unit=lead_unit or UnitFactory()),
        **{role: user_with(role) for role in ("secretariat", "headquarters", "member", "auditor", "administrator")},
    }


def open_session(capacity: int | None = 24, **fields: Any) -> Session:
    """A session ahead that takes enrolments."""
    return SessionFactory(
        **{"state": SessionState.OPEN, "keeps_roll": True, "capacity": capacity, "date": AHEAD, **fields}
    )


def put(session: Session, person: Any, state: str = EnrolmentState.ENROLLED, **fields: Any) -> Enrolment:
    """A row of the roll as it stands, whatever led to it."""
    fields = {"applied_at": clock.now(), "unit": person.unit, **fields}
    return Enrolment.objects.create(session=session, person=person, state=state, **fields)


def queue(session: Session, count: int) -> list[Enrolment]:
    """So many on the waiting list, one after the other."""
    start = clock.now() - timedelta(minutes=1)
    return [
        put(session, worker(), EnrolmentState.WAITING, applied_at=start + timedelta(seconds=place))
        for place in range(count)
    ]


def worker(**fields: Any) -> Any:
    """Somebody who works here and has the role of everybody."""
    user = UserFactory(**fields)
    RoleFactory(user=user, kind="viewer")
    return user


def course_after(*needed: Any) -> Any:
    """A course that needs others first."""
    course = CourseFactory()
    for other in needed:
        course.prerequisite_links.create(needs=other)
    return course
