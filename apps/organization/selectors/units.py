"""The units of today with the names that they had, and what a reorganisation would touch."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from apps.core import clock
from apps.core.holdings import unit_holdings
from apps.core.search import matches
from apps.organization.models import Unit
from apps.organization.permissions import holds_any_role

TODAY, PAST, COMING = "today", "past", "coming"


def unit_list(user: Any) -> QuerySet[Any]:
    """Every unit there ever was, with who sits there, what it was called before and what it becomes."""
    every = Unit.objects.select_related("parent", "main_successor").annotate(
        people_count=Count("people", filter=Q(people__is_active=True))
    )
    past = Unit.objects.order_by("-valid_to", "pk")
    shown = every.prefetch_related(Prefetch("predecessors", queryset=past), "successors")
    return shown if holds_any_role(user) else shown.none()


def units_of_time(units: QuerySet[Any], when: str) -> QuerySet[Any]:
    """The units of today, those that have ended, or those that are still to begin."""
    today = clock.today()
    if when == PAST:
        return units.filter(valid_to__lt=today)
    if when == COMING:
        return units.filter(valid_from__gt=today)
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    return units.filter(began).exclude(valid_to__lt=today)


def units_found(units: QuerySet[Any], query: str) -> QuerySet[Any]:
    """The units of this name or code, now or before; one query more, for the names of all units."""
    names: dict[int, list[str]] = {}
    for pk, successor, *words in Unit.objects.order_by().values_list("pk", "main_successor", "code", "name", "kana"):
        names.setdefault(pk, []).extend(words)
        if successor:
            names.setdefault(successor, []).append(words[1])
    hits = [pk for pk, words in names.items() if matches(query, "\n".join(words))]
    return units.filter(pk__in=hits)


def units_to_change(day: date) -> QuerySet[Unit]:
    """The units that exist on the day and have no end yet."""
    return Unit.objects.on(day).filter(valid_to__isnull=True).select_related("parent")


def touched(units: Collection[Unit], user: Any) -> list[dict[str, Any]]:
    """What hangs on these units, kind by kind."""
    ids = [unit.pk for unit in units]
    return [{"label": kind.label, "count": kind.count(ids, user)} for kind in unit_holdings]


def units_and_below(*units: Unit) -> set[int]:
    """The ids of these units and of all that lie below them by their own records; one query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Unit.objects.order_by().values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    reached: set[int] = set()
    waiting = [unit.pk for unit in units]
    while waiting:
        if (unit := waiting.pop()) not in reached:
            reached.add(unit)
            waiting += children.get(unit, [])
    return reached
