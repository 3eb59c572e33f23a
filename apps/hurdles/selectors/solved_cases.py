"""Reads of solved cases: all staff see how a hurdle was solved."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from apps.hurdles.models import SolvedCase, SolvedCaseAdoption
from apps.hurdles.selectors.hurdles import visible_to
from apps.organization.permissions import holds_any_role


def solved_cases(user: Any) -> QuerySet[SolvedCase]:
    """All solved cases, for whoever holds a role."""
    every = SolvedCase.objects.filter(archived_at__isnull=True).select_related("hurdle", "unit")
    return every if holds_any_role(user) else every.none()


def solved_case_list(user: Any) -> QuerySet[Any]:
    """Solved cases with how many sections do it too, and the hours that all save together."""
    theirs = SolvedCaseAdoption.objects.filter(case=OuterRef("pk")).order_by().values("case")
    hours = Coalesce(Subquery(theirs.annotate(hours=Sum("hours_saved")).values("hours")), 0)
    return (
        solved_cases(user)
        .select_related("hurdle__category")
        .annotate(adoptions=Count("adoption_links"), hours_theirs=hours)
        .annotate(hours_together=F("hours_theirs") + Coalesce(F("hours_saved"), 0))
    )


def solved_case_detail(user: Any) -> QuerySet[Any]:
    """Solved cases with the sections that do it too."""
    adoptions = SolvedCaseAdoption.objects.select_related("unit").order_by("unit__order", "pk")
    return solved_case_list(user).prefetch_related(Prefetch("adoption_links", queryset=adoptions))


def adopted_elsewhere(cases: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `cases` that another section does, too."""
    return cases.filter(Exists(SolvedCaseAdoption.objects.filter(case=OuterRef("pk"))))


def adoptions_seen(user: Any) -> QuerySet[SolvedCaseAdoption]:
    """What sections do, too, of the solved cases that `user` sees."""
    return SolvedCaseAdoption.objects.filter(case__in=solved_cases(user))


def hours_saved(user: Any) -> int:
    """Hours a year that the solved cases save, in their own sections and in those that do it too."""
    own = solved_cases(user).aggregate(total=Sum("hours_saved"))["total"] or 0
    theirs = adoptions_seen(user).aggregate(total=Sum("hours_saved"))["total"] or 0
    return own + theirs


def hurdle_is_open(case: SolvedCase, user: Any) -> bool:
    """Whether the page of the solved hurdle is there for `user`, too; its title is no secret any more."""
    return visible_to(user).filter(pk=case.hurdle_id).exists()
