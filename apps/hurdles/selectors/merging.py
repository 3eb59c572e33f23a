"""Reads of merged hurdles: where an old number leads, and what was merged into a hurdle."""

from typing import Any

from django.db.models import QuerySet

from apps.hurdles.choices import OPEN
from apps.hurdles.models import Hurdle, HurdleMerge
from apps.hurdles.selectors.hurdles import hurdle_list, visible_to


def survivor_seen(hurdle: Hurdle, user: Any) -> Hurdle | None:
    """The hurdle to which a merged one leads in the end, if `user` sees it."""
    end = hurdle
    while end.merged_into is not None:
        end = end.merged_into
    if end == hurdle:
        return None
    return visible_to(user).filter(pk=end.pk).first()


def duplicates_seen(hurdle: Hurdle, user: Any) -> QuerySet[Hurdle]:
    """The hurdles merged into this one that `user` sees."""
    return visible_to(user).filter(merged_into=hurdle).order_by("number")


def present_merge(hurdle: Hurdle) -> HurdleMerge | None:
    """The merge by which this hurdle leads to another one."""
    return HurdleMerge.objects.filter(duplicate=hurdle, undone_at__isnull=True).select_related("survivor").first()


def may_survive(user: Any, duplicate: Hurdle) -> QuerySet[Any]:
    """The open hurdles into which `duplicate` could be merged."""
    return hurdle_list(user).filter(status__in=OPEN).exclude(pk=duplicate.pk)
