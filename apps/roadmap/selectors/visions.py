"""What the pages of visions ask for."""

from typing import Any

from django.db.models import QuerySet

from apps.core.models import found
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import hurdle_list
from apps.roadmap.choices import NOT_LINKED, Horizon
from apps.roadmap.models import Initiative, Vision
from apps.roadmap.selectors.records import visions_visible_to

MOST_OFFERED = 50


def may_hold_back(user: Any, vision: Vision) -> QuerySet[Any]:
    """The hurdles that the person sees and that could be added to those that hold the vision back."""
    rows = hurdle_list(user).filter(number__isnull=False).exclude(status__in=NOT_LINKED)
    return rows.exclude(vision_links__vision=vision)


def offered_hurdles(user: Any, vision: Vision, words: str) -> list[Any]:
    """Those with these words in number, title or text."""
    return list(found(may_hold_back(user, vision), words)[:MOST_OFFERED]) if words.strip() else []


def held_back_by(user: Any, hurdle: Hurdle) -> QuerySet[Vision]:
    """The visible visions that a hurdle holds back."""
    return visions_visible_to(user).filter(hurdle_links__hurdle=hurdle).order_by("horizon", "number", "pk")


def not_held_back_by(user: Any, hurdle: Hurdle) -> QuerySet[Vision]:
    """The visible visions to which a hurdle can still be added."""
    return visions_visible_to(user).exclude(hurdle_links__hurdle=hurdle).order_by("horizon", "number", "pk")


def could_take_over(user: Any, vision: Vision) -> QuerySet[Vision]:
    """The visions to which what belongs to this one could move."""
    same = visions_visible_to(user).filter(horizon=vision.horizon).exclude(pk=vision.pk)
    return same.order_by("number", "pk")


def way_of(vision: Vision, initiatives: QuerySet[Initiative]) -> dict[str, Any]:
    """The way on which a vision stands, from the far end to the near one; `vision` is one of `vision_detail`."""
    is_far = vision.horizon == Horizon.TEN_YEARS
    return {
        "far": vision if is_far else vision.serves,
        "near": list(vision.served_by.all()) if is_far else [vision],
        "initiatives": list(initiatives),
    }
