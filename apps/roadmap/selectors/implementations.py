"""What the promotion team implemented itself, over all initiatives."""

from typing import Any

from django.db.models import Max, Min, Q, QuerySet, Sum

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.roadmap.models import Implementation
from apps.roadmap.selectors.records import initiatives_visible_to


def implementations_visible_to(user: Any) -> QuerySet[Implementation]:
    """Those of the visible initiatives, with their initiative and its lead unit."""
    visible = initiatives_visible_to(user).order_by()
    return Implementation.objects.filter(initiative__in=visible.values("pk")).select_related("initiative__lead_unit")


def hours_saved_by(implementations: QuerySet[Implementation]) -> int:
    """The hours that these save in a year; what nobody has measured counts nothing."""
    return implementations.order_by().aggregate(hours=Sum("hours_saved"))["hours"] or 0


def implementations_with(implementations: QuerySet[Implementation], words: str) -> QuerySet[Implementation]:
    """Those that name all of these words, or whose initiative does."""
    for word in words.split():
        named = Q(title__icontains=word) | Q(used_by__icontains=word) | Q(note__icontains=word)
        implementations = implementations.filter(named | Q(initiative__title__icontains=word))
    return implementations


def years_of_implementations() -> list[tuple[int, str]]:
    """The fiscal years from the first to the last implementation, the newest first; this one where there is none."""
    days = Implementation.objects.order_by().aggregate(first=Min("implemented_on"), last=Max("implemented_on"))
    first, last = (FiscalYear.of(day or clock.today()) for day in (days["first"], days["last"]))
    return [(year, FiscalYear(year).label) for year in range(int(last), int(first) - 1, -1)]
