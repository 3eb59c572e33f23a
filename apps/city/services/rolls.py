"""rolls.yaml: who came to the sessions that were held, what they can do since, and who is to become a leader."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source
from apps.organization.models import User
from apps.training.choices import CAME, EnrolmentState, SessionState
from apps.training.models import Candidate, CourseSkill, Enrolment, Session, SkillRecord, TalentProfile

FILE = "rolls.yaml"
STATES = {
    "修了": EnrolmentState.COMPLETED,
    "出席": EnrolmentState.ATTENDED,
    "欠席": EnrolmentState.ABSENT,
    "待機": EnrolmentState.WAITING,
}
OPENS_AT, APART = time(9), timedelta(minutes=10)


def sessions_with_roll(session: LoadSession) -> set[str]:
    """The sessions of which the file says who came."""
    return {row.text("session") for row in session.document(FILE).rows("rolls")}


def load_rolls(session: LoadSession) -> None:
    """A roll comes with its session, not to one that was there already; its numbers are those that were reported."""
    document = session.document(FILE)
    reported = {row.text("id"): row for course in _courses(session) for row in course.rows("sessions")}
    rolls = [(row, _read_roll(session, row, reported)) for row in document.rows("rolls")]
    document.list("candidates")  # read when the profiles and the people are there
    document.finish()
    session.problems.stop_if_any()
    reached = set(SkillRecord.objects.values_list("person", "skill", "level")) if rolls else set()
    for row, roll in rolls:
        if roll and session.is_new(roll[0].session) and roll[0].session.state == SessionState.HELD:
            with session.entry():
                session.add_all(row, roll)
                session.add_all(row, _skills_of(roll, reached))


def _courses(session: LoadSession) -> list[Row]:
    return session.document("training.yaml").rows("programs")


def _read_roll(session: LoadSession, row: Row, reported: dict[str, Row]) -> list[Enrolment]:
    """The people of one session in the order in which they applied."""
    (occasion,) = session.those(Session, [row.text("session", required=True)])
    opened = timezone.make_aware(datetime.combine(row.first_day("applied_from"), OPENS_AT))
    roll = []
    for place, each in enumerate(row.rows("people")):
        enrolment = _enrolment(session, each, occasion)
        enrolment.applied_at = opened + place * APART
        roll.append(enrolment)
    _compare(row, roll, reported[occasion.source_key])
    row.finish()
    return roll


def _enrolment(session: LoadSession, row: Row, occasion: Session) -> Enrolment:
    (person,) = session.those(User, [row.text("person", required=True)])
    enrolment = Enrolment(
        **source("enrolment", f"{occasion.source_key} {person.source_key}"),
        session=occasion,
        person=person,
        unit=person.unit,
        state=row.one_of("state", STATES),
        test_score=row.number("test"),
        satisfaction=row.number("satisfaction"),
    )
    row.finish()
    return enrolment


def _compare(row: Row, roll: list[Enrolment], reported: Row) -> None:
    """Each person once, no more seats than there are, and as many people as training.yaml reports of the session."""
    states = [enrolment.state for enrolment in roll]
    counted = {
        "applied": len(states),
        "attended": sum(state in CAME for state in states),
        "completed": states.count(EnrolmentState.COMPLETED),
    }
    for name, count in counted.items():
        stated = reported.integer(name) or 0
        if stated != count:
            words = _("“%(key)s” is %(stated)s in training.yaml, and %(counted)s in this roll")
            row.fault("people", words % {"key": name, "stated": stated, "counted": count})
    capacity = reported.integer("capacity")
    if capacity is not None and len(states) - states.count(EnrolmentState.WAITING) > capacity:
        row.fault("people", _("More people have a seat than the session has places"))
    if len({enrolment.person for enrolment in roll}) < len(roll):
        row.fault("people", _("A person stands in this roll twice"))
    if reported.text("state") != "実施済":
        row.fault("session", _("A roll is kept of a session that was held"))


def _skills_of(roll: list[Enrolment], reached: set[tuple[Any, ...]]) -> list[SkillRecord]:
    """What those who completed the session can do since, where nobody had said so before."""
    course = roll[0].session.course
    # A series ends with its last session, and this file tells of those that were held: its rolls bring no skill yet.
    raised = [] if course.is_series else list(CourseSkill.objects.filter(course=course))
    found = []
    for enrolment in roll:
        for each in raised if enrolment.state == EnrolmentState.COMPLETED else ():
            key = (enrolment.person_id, each.skill_id, each.level)
            if key not in reached:
                reached.add(key)
                day = enrolment.session.date
                found.append(
                    SkillRecord(
                        person=enrolment.person,
                        skill_id=each.skill_id,
                        level=each.level,
                        reached_on=day,
                        enrolment=enrolment,
                    )
                )
    return found


def load_candidates(session: LoadSession) -> None:
    """Who is to become one of a profile, as far as the day knows it."""
    for row in session.document(FILE).rows("candidates"):
        (person,) = session.those(User, [row.text("person", required=True)])
        (profile,) = session.those(TalentProfile, [row.text("profile", required=True)])
        named = {"named_on": row.first_day("named_on"), "named_by": session.keys_of(User).get(row.text("named_by"))}
        row.finish()
        session.problems.stop_if_any()
        if session.knows(named["named_on"]):
            with session.entry():
                session.link(row, Candidate, named, person=person, profile=profile)
