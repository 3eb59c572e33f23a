"""What a person could do next: the course after a completed one, courses that raise a missing skill, and where to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.training.choices import SessionState, SkillLevel
from apps.training.models import Course, CourseSkill, Enrolment, PlannedCourse, Session
from apps.training.selectors.completion import courses_completed_in
from apps.training.selectors.enrolments import is_going, taking_enrolments
from apps.training.selectors.skill_levels import Standings

# What fits on a page; the rest follows when these are done.
MOST_STEPS = 12


@dataclass
class Step:
    """A course that would lead on: why, what one needs before it, and the sessions of it that are still to come.

    `taking` take enrolments now; `going` is the enrolment that the person has already.
    """

    course: Course
    reasons: list[str]
    lacking: list[Course] = field(default_factory=list)
    taking: list[Session] = field(default_factory=list)
    planned: list[Session] = field(default_factory=list)
    going: Enrolment | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """What one can enrol for now comes first, then what is planned, then what needs another course before."""
        return (bool(self.lacking), not self.taking, not self.planned, -int(self.course.fiscal_year), self.course.pk)


def path_of(standings: Standings, enrolments: Iterable[Enrolment]) -> list[Step]:
    """The next steps of a person; a constant number of queries."""
    enrolments = list(enrolments)
    done = courses_completed_in(Enrolment.objects.filter(pk__in=[each.pk for each in enrolments]))
    reasons: dict[int, list[str]] = {}
    for key, words in [*_following(enrolments, done), *_leading_to(standings), *_raising(standings)]:
        if key not in done and words not in reasons.setdefault(key, []):
            reasons[key].append(words)
    steps = _steps({key: words for key, words in reasons.items() if key not in done}, done)
    going = {each.session.course_id: each for each in enrolments if is_going(each)}
    for step in steps:
        step.going = going.get(step.course.pk)
    return sorted(steps, key=lambda step: step.order)[:MOST_STEPS]


def _following(enrolments: list[Enrolment], done: set[int]) -> Iterable[tuple[int, str]]:
    """The next course after each completed one."""
    for each in enrolments:
        course = each.session.course
        if course.pk in done and course.next_course_id:
            yield course.next_course_id, _("Follows “%(course)s”") % {"course": course.name}


def _leading_to(standings: Standings) -> Iterable[tuple[int, str]]:
    """Courses that make one of a profile for which the person is a candidate."""
    wanted = {each.profile.pk: each.profile for each in standings.profiles if each.recognition is None}
    for course in _to_come(Course.objects.filter(profile__in=wanted, recognises=True)):
        yield course.pk, _("Who completes it belongs to “%(profile)s”") % {"profile": wanted[course.profile_id]}


def _raising(standings: Standings) -> Iterable[tuple[int, str]]:
    """Courses that bring a missing skill further."""
    missing = standings.missing
    links = CourseSkill.objects.filter(skill__in=missing, course__in=_to_come(Course.objects.all()))
    for link in links.select_related("skill"):
        if link.level > missing[link.skill_id].level:
            words = {"skill": link.skill.name, "level": SkillLevel(link.level).label}
            yield link.course_id, _("Raises %(skill)s to “%(level)s”") % words


def _to_come(courses: QuerySet[Course]) -> QuerySet[Course]:
    """Courses of this year or later, those planned for it, and those with a session ahead."""
    year = FiscalYear.of(clock.today())
    ahead = Session.objects.filter(course=OuterRef("pk"), date__gte=clock.today(), archived_at__isnull=True)
    planned = PlannedCourse.objects.filter(course=OuterRef("pk"), fiscal_year__gte=year)
    return courses.filter(Q(fiscal_year__gte=year) | Exists(ahead) | Exists(planned), archived_at__isnull=True)


def _steps(reasons: Mapping[int, list[str]], done: set[int]) -> list[Step]:
    sessions = Session.objects.filter(archived_at__isnull=True, date__gte=clock.today()).order_by("date", "pk")
    courses: QuerySet[Any] = Course.objects.filter(pk__in=reasons, archived_at__isnull=True).prefetch_related(
        Prefetch("prerequisites", queryset=Course.objects.order_by("fiscal_year", "pk")),
        Prefetch("sessions", queryset=taking_enrolments(sessions), to_attr="taking"),
        Prefetch("sessions", queryset=sessions.filter(state=SessionState.PLANNED), to_attr="planned"),
    )
    return [
        Step(
            course,
            reasons[course.pk],
            [needed for needed in course.prerequisites.all() if needed.pk not in done],
            course.taking,
            course.planned,
        )
        for course in courses
    ]
