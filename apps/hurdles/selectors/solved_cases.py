"""Reads of solved cases: all staff see how a hurdle was solved."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from apps.hurdles.models import SolvedCase
from apps.hurdles.selectors.hurdles import visible_to
from apps.organization.permissions import holds_any_role


def solved_cases(user: Any) -> QuerySet[SolvedCase]:
    """All solved cases, for whoever holds a role."""
    every = SolvedCase.objects.filter(archived_at__isnull=True).select_related("hurdle", "unit")
    return every if holds_any_role(user) else every.none()


def solved_case_list(user: Any) -> QuerySet[Any]:
    """Solved cases with how many sections do it too."""
    return solved_cases(user).annotate(adoptions=Count("adoption_links"))


def solved_case_detail(user: Any) -> QuerySet[Any]:
    """Solved cases with the sections that do it too."""
    return solved_case_list(user).prefetch_related(Prefetch("adoption_links__unit"))


def hurdle_is_open(case: SolvedCase, user: Any) -> bool:
    """Whether the page of the solved hurdle is there for `user`, too; its title is no secret any more."""
    return visible_to(user).filter(pk=case.hurdle_id).exists()
