"""Who sees which people with their records, and which of them a list asks for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.models import Unit, User
from apps.organization.models.managing import managed_units, people_managed_by
from apps.organization.selectors.units import units_and_below
from apps.training.choices import CAME, GOING, TO_COME, EnrolmentState
from apps.training.models import Candidate, Enrolment, ProfileSkill, Recognition, SkillRecord, TalentProfile
from apps.training.permissions import is_personnel
from apps.training.selectors.recognitions import open_recognitions


def people_visible_to(user: Any) -> QuerySet[User]:
    """Whose records a person sees by their post: the own unit's people as their manager, all as 人事課."""
    return User.objects.all() if is_personnel(user) else people_managed_by(user)


def persons_visible_to(user: Any) -> QuerySet[User]:
    """The same, and oneself."""
    if is_personnel(user):
        return User.objects.all()
    return User.objects.filter(Q(pk=user.pk) | Q(unit__in=managed_units(user), is_active=True))


def person_list(user: Any) -> QuerySet[Any]:
    """The visible people with their candidacies, what they belong to, and what they came to this year and last."""
    came = _enrolments(CAME).order_by("-session__date", "-pk")
    return (
        people_visible_to(user)
        .annotate(
            uid=F("employee_number"),
            came_this_year=_count(_enrolments(CAME).filter(**_this_year())),
            last_came_on=Subquery(came.values("session__date")[:1]),
        )
        .select_related("unit")
        .prefetch_related(
            Prefetch("candidacies", queryset=Candidate.objects.select_related("profile")),
            Prefetch("recognitions", queryset=open_recognitions().select_related("profile")),
            Prefetch("enrolments", queryset=_completed(), to_attr="completed_enrolments"),
        )
    )


def recognitions_visible_to(user: Any) -> QuerySet[Recognition]:
    """Of oneself and of the people whose records one sees."""
    rows = Recognition.objects.filter(archived_at__isnull=True)
    return rows if is_personnel(user) else rows.filter(person__in=persons_visible_to(user).values("pk"))


def _enrolments(states: Collection[str]) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        person=OuterRef("pk"), state__in=states, archived_at__isnull=True, session__archived_at__isnull=True
    )


def _completed() -> QuerySet[Enrolment]:
    """What people have completed, the latest first."""
    rows = Enrolment.objects.filter(
        state=EnrolmentState.COMPLETED, archived_at__isnull=True, session__archived_at__isnull=True
    )
    return rows.select_related("session__course").order_by("-session__date", "-pk")


def _this_year() -> dict[str, Any]:
    year = FiscalYear.of(clock.today())
    return {"session__date__range": (year.start, year.end)}


def _count(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("person").annotate(count=Count("pk")).values("count"))


def nowhere_this_year(people: QuerySet[Any]) -> QuerySet[Any]:
    """Those who have come to nothing in this fiscal year."""
    return people.exclude(Exists(_enrolments(CAME).filter(**_this_year())))


def here_today(people: QuerySet[Any]) -> QuerySet[Any]:
    """Those who work for the city."""
    return people.filter(is_active=True)


def candidates_among(people: QuerySet[Any], profile: TalentProfile | None = None) -> QuerySet[Any]:
    """Those who are to become one of the profile, or of any."""
    rows = Candidate.objects.filter(person=OuterRef("pk"))
    return people.filter(Exists(rows.filter(profile=profile) if profile else rows))


def recognised_among(people: QuerySet[Any], profile: TalentProfile | None = None) -> QuerySet[Any]:
    """Those who belong to the profile today, or to any."""
    rows = open_recognitions().filter(person=OuterRef("pk"))
    return people.filter(Exists(rows.filter(profile=profile) if profile else rows))


def of_profile(people: QuerySet[Any], profile: TalentProfile) -> QuerySet[Any]:
    """Candidates of the profile, and those who belong to it."""
    candidates = Candidate.objects.filter(person=OuterRef("pk"), profile=profile)
    recognised = open_recognitions().filter(person=OuterRef("pk"), profile=profile)
    return people.filter(Exists(candidates) | Exists(recognised))


def ready_for(people: QuerySet[Any], profile: TalentProfile) -> QuerySet[Any]:
    """Those who have reached all levels that a profile asks for and do not belong to it yet.

    A profile that asks for nothing makes nobody ready.
    """
    reached = SkillRecord.objects.filter(
        person=OuterRef(OuterRef("pk")), skill=OuterRef("skill"), level__gte=OuterRef("level")
    )
    asked = ProfileSkill.objects.filter(profile=profile)
    open_here = open_recognitions().filter(person=OuterRef("pk"), profile=profile)
    lacking = asked.filter(~Exists(reached))
    return here_today(people).filter(Exists(asked), ~Exists(lacking), ~Exists(open_here))


def leavers_with_a_seat() -> QuerySet[Enrolment]:
    """Places in sessions to come that people hold who have left the city, the next session first."""
    return (
        Enrolment.objects.filter(
            person__is_active=False,
            state__in=GOING,
            session__date__gte=clock.today(),
            session__state__in=TO_COME,
            session__archived_at__isnull=True,
            archived_at__isnull=True,
        )
        .select_related("person", "session__course")
        .order_by("session__date", "pk")
    )


def ready_counts() -> list[tuple[TalentProfile, int]]:
    """The profiles for which anybody is ready, with how many; one query for each profile that asks for skills."""
    profiles = TalentProfile.objects.filter(archived_at__isnull=True, skill_links__isnull=False).distinct()
    counts = [(profile, ready_for(User.objects.all(), profile).count()) for profile in profiles]
    return [(profile, count) for profile, count in counts if count]


def people_in(people: QuerySet[Any], *units: Unit) -> QuerySet[Any]:
    """Those who sit in the units or anywhere below; one query more, for the tree."""
    return people.filter(unit__in=units_and_below(*units))


def people_counts(user: Any) -> Mapping[str, int]:
    """How many of the visible people are here, candidates, recognised, and came to nothing; in one query."""
    came = _enrolments(CAME).filter(**_this_year())
    candidate = Candidate.objects.filter(person=OuterRef("pk"))
    recognised = open_recognitions().filter(person=OuterRef("pk"))
    counts: Mapping[str, int] = here_today(people_visible_to(user)).aggregate(
        here=Count("pk"),
        candidate=Count("pk", filter=Exists(candidate)),
        recognised=Count("pk", filter=Exists(recognised)),
        idle=Count("pk", filter=~Exists(came)),
    )
    return counts
