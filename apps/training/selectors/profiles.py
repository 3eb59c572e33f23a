"""Talent profiles, what their people can do, and how many people are on the way. Numbers of people, no names."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.training.models import (
    Candidate,
    Headcount,
    ProfileSkill,
    ProfileSkillRole,
    Skill,
    SkillRole,
    SkillStandard,
    TalentProfile,
)
from apps.training.selectors.disclosure import shown
from apps.training.selectors.gaps import Gap, gaps_of_profile
from apps.training.selectors.present import count_people_of
from apps.training.selectors.recognitions import open_recognitions


def profiles_visible_to(user: Any) -> QuerySet[TalentProfile]:
    """All talent profiles, for whoever holds a role."""
    profiles = TalentProfile.objects.filter(archived_at__isnull=True)
    return profiles if user.role_kinds else profiles.none()


def profile_list(user: Any) -> QuerySet[Any]:
    """Visible profiles with `needed` of this year in the whole city, and how many skills and courses they have."""
    this_year = FiscalYear.of(clock.today())
    needed = Headcount.objects.filter(profile=OuterRef("pk"), unit__isnull=True, fiscal_year=this_year)
    live_course = Q(courses__archived_at__isnull=True)
    return profiles_visible_to(user).annotate(
        needed=Subquery(needed.values("needed")[:1]),
        skill_count=Count("skill_links", distinct=True),
        course_count=Count("courses", filter=live_course, distinct=True),
    )


def profile_detail(user: Any) -> QuerySet[Any]:
    """Visible profiles with skills and roles, each with the version of the standard that it comes from."""
    skills = ProfileSkill.objects.select_related("skill__standard")
    roles = ProfileSkillRole.objects.select_related("role__skill_type__standard")
    return profiles_visible_to(user).prefetch_related(
        Prefetch("skill_links", queryset=skills), Prefetch("role_links", queryset=roles)
    )


def current_standard() -> SkillStandard | None:
    """The version of the digital skill standard that is in use."""
    return SkillStandard.objects.filter(is_current=True).first()


def outdated_versions(profile: TalentProfile) -> list[SkillStandard]:
    """The versions to which the profile is mapped and that are no longer in use; from what is prefetched."""
    mapped = [link.role.skill_type.standard for link in profile.role_links.all()]
    mapped += [link.skill.standard for link in profile.skill_links.all() if link.skill.standard]
    return sorted({each for each in mapped if not each.is_current}, key=lambda each: each.pk)


def skills_to_choose(profile: TalentProfile | None) -> QuerySet[Skill]:
    """Those of the version in use, the city's own, and those that the profile has already."""
    chosen = profile.skill_links.values("skill") if profile else []
    offered = Q(standard__isnull=True) | Q(standard__is_current=True) | Q(pk__in=chosen)
    return Skill.objects.filter(offered).select_related("standard").order_by("category", "order", "pk")


def roles_to_choose(profile: TalentProfile | None) -> QuerySet[SkillRole]:
    """Those of the version in use, and those to which the profile is mapped already."""
    chosen = profile.role_links.values("role") if profile else []
    offered = Q(skill_type__standard__is_current=True) | Q(pk__in=chosen)
    rows = SkillRole.objects.filter(offered).select_related("skill_type__standard")
    return rows.order_by("skill_type__standard__pk", "skill_type__order", "order", "pk")


@dataclass(frozen=True)
class OnTheWay:
    """How many are named as candidates and how many belong to the profile today; None where it is hidden."""

    candidates: int | None
    recognised: int | None


def people_on_the_way(profile: TalentProfile) -> OnTheWay:
    """Both numbers by the rule of five. Who has become one of the profile is a candidate no more."""
    today = open_recognitions().filter(profile=profile, person__is_active=True)
    candidates = Candidate.objects.filter(profile=profile, person__is_active=True)
    waiting = candidates.exclude(person__in=today.values("person"))
    return OnTheWay(shown(waiting.count()), shown(today.values("person").distinct().count()))


@dataclass(frozen=True)
class CountPreview:
    """A year with what stands there now, and with the people who would be counted; None where these are hidden."""

    gap: Gap
    people: int | None


def preview_count(profile: TalentProfile) -> list[CountPreview]:
    """What counting the people one by one would change, for every year of the profile's table."""
    table = gaps_of_profile(profile)
    counts = count_people_of([profile], table.years)
    return [
        CountPreview(gap, shown(sum(counts[profile.pk, gap.year].values())))
        for line in table.lines
        for gap in line.gaps
    ]
