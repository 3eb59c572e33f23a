"""Courses with sessions and rolls, in proportion to the people of the city."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple

from apps.city.services.generating.organisation import Organisation
from apps.city.services.generating.texts import any_of, key_of
from apps.city.services.generating.writing import Act, Writer, time_of
from apps.core.fiscal import FiscalYear
from apps.training.choices import CourseFormat, EnrolmentState, SessionState, SkillLevel, Tier
from apps.training.models import Course, CourseSkill, Enrolment, Session, Skill, SkillRecord, TalentProfile

CAPACITY = 30
# Everybody applies for so many sessions; each fourth session is still to come, on one of the next Fridays.
APPLIES_FOR, EACH_SO_MANY_TO_COME, WEEK = 3, 4, timedelta(days=7)
WAITING = 5
# Name of the course, the skill that it raises, and its category.
COURSES = (
    ("デジタル基礎研修", "デジタルの道具を使う", "テクノロジー"),
    ("業務の見直し研修", "業務を見直す", "ビジネス変革"),
    ("データ利活用研修", "データを読む", "データ活用"),
    ("情報セキュリティ研修", "情報を安全に扱う", "セキュリティ"),
    ("対話と合意形成の研修", "人を巻き込んで進める", "パーソナルスキル"),
)
REASON = "試行のために作られた研修。"
RESULTS = (EnrolmentState.COMPLETED,) * 8 + (EnrolmentState.ATTENDED, EnrolmentState.ABSENT)


@dataclass(frozen=True)
class _Taught:
    course: int
    skill: int


def write_training(writer: Writer, made: Organisation, act: Act) -> None:
    """A profile, its courses, and session after session until everybody had so many places."""
    people = sum(len(section.people) for section in made.sections)
    taught = _write_courses(writer, made, act)
    roll = _Roll(writer, act, _applicants(made))
    sessions = max(1, people * APPLIES_FOR // (CAPACITY + WAITING))
    writer.each(range(sessions), lambda place: roll.write(taught[place % len(taught)], place, place // len(taught)))


def _write_courses(writer: Writer, made: Organisation, act: Act) -> list[_Taught]:
    record = {"created_at": act.at, "updated_at": act.at}
    profile = writer.add(
        TalentProfile, act, uid=writer.uid(), code="GENERAL", tier=Tier.GENERAL, name="一般行政職員", order=1, **record
    )
    personnel, year, found = made.sections[2 % len(made.sections)].pk, FiscalYear.of(writer.today), []
    for order, (name, skill, category) in enumerate(COURSES, start=1):
        course = writer.add(
            Course, act, uid=writer.uid(), name=name, format=CourseFormat.TRAINING, adhoc_reason=REASON,
            fiscal_year=year, profile_id=profile, lead_unit_id=personnel, search_key=f"{key_of(name)}\n", **record,
        )  # fmt: skip
        key = writer.add(Skill, act, name=skill, category=category, order=order)
        writer.add(CourseSkill, act, course_id=course, skill_id=key, level=SkillLevel.DOES)
        found.append(_Taught(course, key))
    return found


class _Applicant(NamedTuple):
    """A person, the section, and whether it is this person's first session."""

    person: int
    unit: int
    is_first: bool


def _applicants(made: Organisation) -> Iterator[_Applicant]:
    """Who applies next: everybody in turn, from section to section, and then again."""
    for turn in count():
        for section in made.sections:
            for person in section.people:
                yield _Applicant(person.pk, section.pk, turn == 0)


class _Roll:
    """Writes sessions with those who applied."""

    def __init__(self, writer: Writer, act: Act, applicants: Iterator[_Applicant]) -> None:
        self.writer, self.act, self.applicants = writer, act, applicants

    def write(self, taught: _Taught, place: int, turn: int) -> None:
        writer, act = self.writer, self.act
        to_come = place % EACH_SO_MANY_TO_COME == EACH_SO_MANY_TO_COME - 1
        weeks = 1 + int(writer.chance.random() * (8 if to_come else 26))
        day = writer.today + WEEK * weeks * (1 if to_come else -1)
        session = writer.add(
            Session, act, uid=writer.uid(), course_id=taught.course, title=f"第{turn + 1}回", date=day, place="研修室",
            capacity=CAPACITY, keeps_roll=True, state=SessionState.OPEN if to_come else SessionState.HELD,
            created_at=act.at, updated_at=act.at,
        )  # fmt: skip
        seated: set[int] = set()
        for order in range(CAPACITY + WAITING):
            who = next(self.applicants)
            if who.person in seated:  # a small city has been through
                return
            seated.add(who.person)
            self._enrol(taught, session, who, order, None if to_come else day)

    def _enrol(self, taught: _Taught, session: int, who: _Applicant, order: int, held_on: date | None) -> None:
        """`order` is the place among those who applied; without `held_on` the session is still to come."""
        writer, act = self.writer, self.act
        waits = order >= CAPACITY
        state = EnrolmentState.WAITING if waits else EnrolmentState.ENROLLED
        if held_on and not waits:
            state = any_of(writer.chance, RESULTS)
        completed = state is EnrolmentState.COMPLETED
        applied_on = (held_on or writer.today) - WEEK
        enrolment = writer.add(
            Enrolment, act, uid=writer.uid(), session_id=session, person_id=who.person, unit_id=who.unit, state=state,
            applied_at=applied_on.isoformat() + time_of(9 * 3600 + order), created_at=act.at, updated_at=act.at,
            test_score=50 + int(writer.chance.random() * 51) if completed else None,
        )  # fmt: skip
        # Of the first session alone, so that nobody reaches a skill twice and nothing has to be remembered.
        if completed and who.is_first:
            writer.add(
                SkillRecord, act, person_id=who.person, skill_id=taught.skill, level=SkillLevel.DOES,
                reached_on=held_on, enrolment_id=enrolment,
            )  # fmt: skip
