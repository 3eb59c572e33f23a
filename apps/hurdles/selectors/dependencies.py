"""Reads of what a hurdle needs first: nobody is named a hurdle that is hidden from them."""

from typing import Any
from unicodedata import normalize

from django.db.models import Q, QuerySet

from apps.core.models import found
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors.hurdles import hurdle_list

MOST_OFFERED = 20


def needed_first(user: Any, hurdle: Hurdle) -> QuerySet[Any]:
    """What the hurdle waits for, as far as `user` sees it."""
    return hurdle_list(user).filter(needed_by=hurdle).order_by("number", "pk")


def by_number(user: Any, number: str) -> Hurdle | None:
    """The visible hurdle of this number, however it was typed."""
    return (
        hurdle_list(user).filter(number=normalize("NFKC", number).strip().upper()).first() if number.strip() else None
    )


def hurdles_to_link(user: Any, words: str, *, linked: QuerySet[Any, Any]) -> list[Any]:
    """Visible hurdles with these words, by number or title, but those whose keys are `linked` already."""
    if not words.strip():
        return []
    rows = hurdle_list(user).filter(number__isnull=False).exclude(status=HurdleStatus.MERGED)
    return list(found(rows.exclude(pk__in=linked), words)[:MOST_OFFERED])


def may_be_needed(user: Any, hurdle: Hurdle, words: str) -> list[Any]:
    """Visible hurdles with these words that could be added."""
    there = Hurdle.objects.filter(Q(pk=hurdle.pk) | Q(needed_by=hurdle))
    return hurdles_to_link(user, words, linked=there.order_by().values("pk"))
