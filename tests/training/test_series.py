"""A series 連続講座 is completed by who has completed all its sessions; other courses by one session."""

from datetime import date
from typing import Any

import pytest

from apps.core.fiscal import FiscalYear
from apps.core.transitions import Unmet
from apps.training.choices import EnrolmentState
from apps.training.models import Course, CoursePrerequisite, CourseSkill, Enrolment, Recognition, SkillRecord
from apps.training.selectors.enrolments import missing_prerequisites
from apps.training.selectors.rolls import going_on
from apps.training.services.courses import edit_course
from apps.training.services.roll.keeping import keep_roll
from apps.training.services.roll.planning import RollLine, roll_mark
from apps.training.services.session_verbs import cancel_session
from tests.factories import CourseFactory, SessionFactory, SkillFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def personnel() -> Any:
    return user_with("personnel")


@pytest.fixture
def series() -> Course:
    """Two parts in the past and one to come; who completes it belongs to the profile and has a skill."""
    course: Course = CourseFactory(is_series=True, recognises=True)
    CourseSkill.objects.create(course=course, skill=SkillFactory(), level=3)
    for day, state in ((date(2022, 8, 25), "held"), (date(2022, 9, 29), "held"), (date(2022, 11, 17), "open")):
        SessionFactory(course=course, date=day, state=state, keeps_roll=True)
    return course


def say(session: Any, state: str, *people: Any, by: Any) -> None:
    lines = [RollLine(person, {"state": EnrolmentState(state)}) for person in people]
    keep_roll(session=session, lines=lines, mark=roll_mark(session), by=by)


def brought(person: Any) -> tuple[list[date], list[date], list[str]]:
    """Days of skills, days of recognitions, and numbers of certificates of a person."""
    return (
        list(SkillRecord.objects.filter(person=person).values_list("reached_on", flat=True)),
        list(
            Recognition.objects.filter(person=person, archived_at__isnull=True).values_list("recognised_on", flat=True)
        ),
        list(
            Enrolment.objects.filter(person=person, certificate_number__isnull=False).values_list(
                "certificate_number", flat=True
            )
        ),
    )


def test_a_part_alone_brings_nothing_and_the_last_one_brings_all(series: Course, personnel: Any) -> None:
    first, second, third = series.sessions.order_by("date")
    person, other = UserFactory(), UserFactory()
    say(second, "completed", person, other, by=personnel)
    say(first, "completed", person, by=personnel)
    assert brought(person) == brought(other) == ([], [], [])
    cancel_session(session=third, reason="講師の都合", by=personnel)
    assert brought(person) == ([second.date], [second.date], ["2022-0001"])
    assert brought(other) == ([], [], [])
    say(first, "completed", other, by=personnel)
    assert brought(other) == ([second.date], [second.date], ["2022-0002"])


def test_a_part_taken_back_takes_the_whole_back(series: Course, personnel: Any) -> None:
    first, second, third = series.sessions.order_by("date")
    cancel_session(session=third, reason="講師の都合", by=personnel)
    person = UserFactory()
    for session in (first, second):
        say(session, "completed", person, by=personnel)
    assert brought(person)[2] == ["2022-0001"]
    say(first, "attended", person, by=personnel)
    assert brought(person) == ([], [], [])
    assert Enrolment.objects.get(session=second, person=person).state == "completed"


def test_what_needs_a_series_needs_all_of_it(series: Course, personnel: Any) -> None:
    first, second, third = series.sessions.order_by("date")
    follows = CourseFactory()
    CoursePrerequisite.objects.create(course=follows, needs=series)
    Course.objects.filter(pk=series.pk).update(next_course=follows)
    people = [UserFactory() for _each in range(6)]
    say(first, "completed", *people, by=personnel)
    assert missing_prerequisites(follows, people[0]) == [series]
    assert [(each.completed, each.went_on) for each in going_on(FiscalYear(2022), personnel)] == [(0, 0)]
    say(second, "completed", *people, by=personnel)
    cancel_session(session=third, reason="講師の都合", by=personnel)
    assert missing_prerequisites(follows, people[0]) == []
    assert [(each.completed, each.went_on) for each in going_on(FiscalYear(2022), personnel)] == [(6, 0)]


def test_a_session_of_another_course_is_the_whole_course(personnel: Any) -> None:
    course = CourseFactory(recognises=True)
    held = SessionFactory(course=course, date=date(2022, 8, 25), state="held", keeps_roll=True)
    SessionFactory(course=course, date=date(2022, 11, 17), state="open", keeps_roll=True)
    person = UserFactory()
    say(held, "completed", person, by=personnel)
    assert brought(person) == ([], [held.date], ["2022-0001"])


def test_it_stays_what_it_is_once_somebody_has_completed_a_part(series: Course, personnel: Any) -> None:
    values = {"plan": None, "adhoc_reason": "一度だけ。", "is_series": False}
    edit_course(course=series, version=series.version, values=values, by=personnel)
    edit_course(course=series, version=series.version, values={**values, "is_series": True}, by=personnel)
    say(series.sessions.order_by("date")[0], "completed", UserFactory(), by=personnel)
    with pytest.raises(Unmet, match="連続講座かどうかは変更できません"):
        edit_course(course=series, version=series.version, values=values, by=personnel)


def test_a_course_that_is_continued_is_the_same_course_in_each_year(personnel: Any) -> None:
    first = CourseFactory(fiscal_year=FiscalYear(2021))
    again = CourseFactory(continues=first)
    follows = CourseFactory()
    CoursePrerequisite.objects.create(course=follows, needs=again)
    person, other = UserFactory(), UserFactory()
    held = SessionFactory(course=first, date=date(2021, 8, 25), state="held", keeps_roll=True)
    say(held, "completed", person, by=personnel)
    assert missing_prerequisites(follows, person) == []
    assert missing_prerequisites(follows, other) == [again]
