"""Which hurdles a course could help to clear besides those that it does: nobody is named a hidden one."""

from typing import Any

from apps.core.models import found
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import hurdle_list
from apps.training.models import Course

MOST_OFFERED = 20


def hurdles_to_link(course: Course, user: Any, words: str) -> list[Hurdle]:
    """Visible hurdles with these words, by number or title, that are not linked yet."""
    if not words.strip():
        return []
    rows = hurdle_list(user).filter(number__isnull=False).exclude(status=HurdleStatus.MERGED)
    rows = rows.exclude(pk__in=course.hurdle_links.order_by().values("hurdle"))
    return list(found(rows, words)[:MOST_OFFERED])
