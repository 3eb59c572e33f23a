"""What rolls say of a year's courses in numbers: who went on to the next course, and what people answered.

Only sessions with a roll count, and of these only those of which one is told how many completed them: so the numbers
here and those of the sessions never differ by a number that is hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from apps.core.fiscal import FiscalYear
from apps.training.choices import APPLIED, FollowUp, SessionState
from apps.training.models import Course, Enrolment, Session
from apps.training.selectors.completion import completions
from apps.training.selectors.disclosure import (
    SMALLEST_SHOWN,
    shown,
    shown_groups,
    shown_mean,
    shown_total,
    with_numbers,
)
from apps.training.selectors.records import courses_of_year

NOBODY = {"completed": 0, "went_on": 0, "finished": 0}
ANSWERS = (FollowUp.USED, FollowUp.PARTLY, FollowUp.NOT_YET)


@dataclass(frozen=True)
class GoingOn:
    """A course and the one that comes next: how many completed the first, took up the next, completed that, too.

    `counts` is False where no roll says who completed it; a number that is None then is not known, else hidden.
    """

    course: Course
    counts: bool
    completed: int | None = None
    went_on: int | None = None
    finished: int | None = None

    @property
    def is_told(self) -> bool:
        """Whether one may say how many of how many went on."""
        return self.completed is not None and self.went_on is not None


@dataclass(frozen=True)
class Answers:
    """What who took part in a course answered; a mean needs five answers, None is hidden."""

    course: Course
    tests: int | None
    test_mean: Decimal | None
    opinions: int | None
    satisfaction: Decimal | None
    followed_up: int | None
    used: dict[str, int | None]


def going_on(year: FiscalYear, user: Any) -> list[GoingOn]:
    """Each course of the year that has a next one, in a constant number of queries."""
    courses = courses_of_year(year, user).filter(next_course__isnull=False).select_related("next_course")
    rows = _completions(year, user).annotate(
        went=Exists(_in_next().filter(state__in=APPLIED)), done=Exists(completions(_in_next()))
    )
    counts = (
        rows.order_by()
        .values("session__course")
        .annotate(
            completed=Count("person", distinct=True),
            went_on=Count("person", distinct=True, filter=Q(went=True)),
            finished=Count("person", distinct=True, filter=Q(done=True)),
        )
    )
    of_course = {row["session__course"]: row for row in counts}
    rolls = with_numbers(_rolls(year, user)).order_by()
    told_of = list(rolls.values_list("course", "completed_shown"))
    with_roll = {course for course, _number in told_of}
    hidden = {course for course, number in told_of if number is None}
    nobody = dict.fromkeys(with_roll - hidden, NOBODY)
    return [
        _gone_on(course, course.pk in with_roll, of_course.get(course.pk, nobody.get(course.pk)))
        for course in courses.order_by("pk")
    ]


def went_on_in_all(year: FiscalYear, user: Any) -> tuple[int, int, int] | None:
    """Completed a course that has a next one, went on to it, completed it: of the courses of which all this is told.

    None where no roll tells it of any course.
    """
    told = [each for each in going_on(year, user) if each.counts and each.is_told]
    if not told:
        return None
    return (
        sum(each.completed or 0 for each in told),
        sum(each.went_on or 0 for each in told),
        sum(each.finished or 0 for each in told),
    )


def answers_by_course(year: FiscalYear, user: Any) -> list[Answers]:
    """The courses of the year whose rolls hold answers; three queries however many there are."""
    rows = Enrolment.objects.filter(session__in=_rolls(year, user), archived_at__isnull=True)
    used = {f"used_{value}": Count("pk", filter=Q(follow_up=value)) for value in ANSWERS}
    counts = (
        rows.order_by()
        .values("session__course")
        .annotate(
            tests=Count("test_score"),
            opinions=Count("satisfaction"),
            test_mean=Avg("test_score"),
            satisfaction_mean=Avg("satisfaction"),
            **used,
        )
    )
    of_course = {row["session__course"]: row for row in counts}
    courses = courses_of_year(year, user).filter(pk__in=of_course).order_by("pk")
    return [_answers(course, of_course[course.pk]) for course in courses if _was_answered(of_course[course.pk])]


def _rolls(year: FiscalYear, user: Any) -> QuerySet[Session]:
    """The held sessions with a roll of the courses of a year."""
    return Session.objects.filter(
        course__in=courses_of_year(year, user), archived_at__isnull=True, state=SessionState.HELD, keeps_roll=True
    )


def _completions(year: FiscalYear, user: Any) -> QuerySet[Any]:
    """Who completed a course, in sessions of which one is told how many did."""
    told = with_numbers(_rolls(year, user)).filter(completed_shown__gte=SMALLEST_SHOWN)
    return completions(Enrolment.objects.filter(session__in=told.values("pk")))


def _in_next() -> QuerySet[Any]:
    """The person in the rolls of the next course."""
    return Enrolment.objects.filter(
        person=OuterRef("person"),
        session__course=OuterRef("session__course__next_course"),
        session__archived_at__isnull=True,
        archived_at__isnull=True,
    )


def _gone_on(course: Course, counts: bool, row: Mapping[str, int] | None) -> GoingOn:
    """By the rule of five: who went on and who did not are groups of those who completed the course."""
    if not counts:
        return GoingOn(course, counts=False)
    if row is None:
        return GoingOn(course, counts=True)
    parts = {"on": row["went_on"], "not": row["completed"] - row["went_on"]}
    went_on = shown_groups(parts)["on"]
    further = {"done": row["finished"], "not yet": row["went_on"] - row["finished"]}
    # Beside a hidden number even a large part of it would tell how large it is at least.
    finished = shown_groups(further)["done"] if went_on is not None or not row["finished"] else None
    return GoingOn(course, True, shown_total(parts), went_on, finished)


def _answers(course: Course, row: Mapping[str, Any]) -> Answers:
    used = {str(value): row[f"used_{value}"] for value in ANSWERS}
    return Answers(
        course=course,
        tests=shown(row["tests"]),
        test_mean=shown_mean(row["test_mean"], row["tests"]),
        opinions=shown(row["opinions"]),
        satisfaction=shown_mean(row["satisfaction_mean"], row["opinions"]),
        followed_up=shown_total(used),
        used=_used(used),
    )


def _used(counts: dict[str, int]) -> dict[str, int | None]:
    """Those who use it, in full or in part, and those who do not are told first; how far only where that is told."""
    not_yet = counts[str(FollowUp.NOT_YET)]
    if None in shown_groups({"used": sum(counts.values()) - not_yet, "not yet": not_yet}).values():
        return {value: None if count else 0 for value, count in counts.items()}
    return shown_groups(counts)


def _was_answered(row: Mapping[str, Any]) -> bool:
    return bool(row["tests"] or row["opinions"] or any(row[f"used_{value}"] for value in ANSWERS))
