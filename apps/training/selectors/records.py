"""Plans, courses and sessions; every list starts at what the person may see. Numbers of people, no names."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.roadmap.selectors import initiatives_visible_to
from apps.training.choices import TO_COME, SessionState
from apps.training.models import (
    Course,
    Evaluation,
    LiteracyArea,
    PlanCost,
    PlannedCourse,
    Session,
    SkillRole,
    TrainingPlan,
)
from apps.training.selectors.disclosure import with_numbers

LIVE_SESSION = Q(sessions__archived_at__isnull=True)


def plans_visible_to(user: Any) -> QuerySet[TrainingPlan]:
    """All training plans, for whoever holds a role."""
    plans = TrainingPlan.objects.filter(archived_at__isnull=True)
    return plans if user.role_kinds else plans.none()


def courses_visible_to(user: Any) -> QuerySet[Course]:
    """All courses, for whoever holds a role."""
    courses = Course.objects.filter(archived_at__isnull=True)
    return courses if user.role_kinds else courses.none()


def sessions_visible_to(user: Any) -> QuerySet[Session]:
    """All sessions of visible courses."""
    return Session.objects.filter(archived_at__isnull=True, course__in=courses_visible_to(user))


def plan_list(user: Any) -> QuerySet[Any]:
    """Visible plans with `cost_k`, the sum of all years in 千円 (None: no cost given), and `course_count`."""
    costs = PlanCost.objects.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(sum=Sum("cost_k"))
    return (
        plans_visible_to(user)
        .annotate(
            cost_k=Subquery(costs.values("sum")),
            course_count=Count("planned_courses__course", distinct=True),
        )
        .select_related("lead_unit")
        .prefetch_related("profiles")
    )


def plan_detail(user: Any) -> QuerySet[Any]:
    """Visible plans with all that their page shows."""
    courses = courses_visible_to(user).select_related("profile", "lead_unit")
    planned = PlannedCourse.objects.select_related("course__profile", "course__lead_unit")
    return plan_list(user).prefetch_related(
        "costs",
        "supporting_units",
        Prefetch("courses", queryset=courses),
        Prefetch("planned_courses", queryset=planned),
        Prefetch("initiative", queryset=initiatives_visible_to(user)),
    )


def course_list(user: Any) -> QuerySet[Any]:
    """Visible courses with `session_count`, and `completed`: people who completed the held sessions together.

    Groups that are hidden are not in it, and `hides_people` says that there are such. Where no session was held yet,
    `completed` is None.
    """
    return (
        courses_visible_to(user)
        .annotate(
            session_count=Count("sessions", filter=LIVE_SESSION),
            completed=Subquery(_completed_by_course()),
            hides_people=Exists(with_numbers(_held_of_course()).filter(completed_shown__isnull=True)),
        )
        .select_related("profile", "lead_unit")
        .prefetch_related(Prefetch("plan", queryset=plans_visible_to(user)))
    )


def _completed_by_course() -> QuerySet[Any, Any]:
    """The sum of the shown numbers of a course's held sessions."""
    return (
        with_numbers(_held_of_course()).order_by().values("course").annotate(sum=Sum("completed_shown")).values("sum")
    )


def _held_of_course() -> QuerySet[Any]:
    return Session.objects.filter(course=OuterRef("pk"), archived_at__isnull=True, state=SessionState.HELD)


def course_detail(user: Any) -> QuerySet[Any]:
    """Visible courses with all that their page shows."""
    return course_list(user).prefetch_related(
        "curriculum",
        "plan_years",
        Prefetch("literacy_areas", queryset=LiteracyArea.objects.select_related("standard")),
        Prefetch("skill_roles", queryset=SkillRole.objects.select_related("skill_type__standard")),
        Prefetch("sessions", queryset=with_numbers(Session.objects.filter(archived_at__isnull=True))),
        Prefetch("evaluations", queryset=Evaluation.objects.select_related("level")),
    )


def session_list(user: Any) -> QuerySet[Session]:
    """Visible sessions with their courses and the numbers of people as they may be shown."""
    return with_numbers(sessions_visible_to(user)).select_related("course__profile")


def courses_of_year(year: FiscalYear, user: Any) -> QuerySet[Course]:
    """The visible courses of a fiscal year."""
    return courses_visible_to(user).filter(fiscal_year=year)


def in_year(sessions: QuerySet[Session], year: FiscalYear) -> QuerySet[Session]:
    """The sessions whose day lies in a fiscal year."""
    return sessions.filter(date__range=(year.start, year.end))


def held_in(year: FiscalYear, user: Any) -> QuerySet[Session]:
    """The visible sessions that were held in a fiscal year."""
    return in_year(sessions_visible_to(user), year).filter(state=SessionState.HELD)


def completed_of(sessions: QuerySet[Session]) -> int:
    """People who completed these sessions, added up; who completed two is counted twice, hidden groups are not."""
    return with_numbers(sessions).aggregate(total=Sum("completed_shown"))["total"] or 0


def coming(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those of today and later that are not called off, the next one first."""
    return sessions.filter(date__gte=clock.today(), state__in=TO_COME).order_by("date", "starts_at", "pk")


def was_held(session: Session) -> bool:
    """Only then do the numbers of those who came and completed say anything."""
    return session.state == SessionState.HELD


def lacks_result(session: Session) -> bool:
    """Its day has passed, and nobody has said whether it was held."""
    return session.date < clock.today() and session.state in TO_COME


def course_years() -> list[FiscalYear]:
    """The years of which one may ask for courses, newest first: from the first to the last one, today's included."""
    return _through(Course.objects.order_by().values_list("fiscal_year", flat=True).distinct())


def session_years() -> list[FiscalYear]:
    """The same for the days of sessions."""
    return _through(FiscalYear.of(day) for day in Session.objects.order_by().values_list("date", flat=True).distinct())


def _through(years: Any) -> list[FiscalYear]:
    found = [int(year) for year in {FiscalYear.of(clock.today()), *years}]
    return [FiscalYear(year) for year in range(max(found), min(found) - 1, -1)]
