"""Into which hurdle another one may be merged, and until when that can be undone: what the flow's two verbs need."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.hurdles.choices import CLOSED, HurdleStatus
from apps.hurdles.models import Hurdle, HurdleMerge
from apps.hurdles.selectors import present_merge

UNDO_WITHIN = timedelta(hours=24)


def leads_to(hurdle: Hurdle) -> Hurdle:
    """Where the number of a merged hurdle leads today; a hurdle that is not merged leads to itself."""
    while hurdle.merged_into is not None:
        hurdle = hurdle.merged_into
    return hurdle


def refusal_to_merge(duplicate: Hurdle, data: dict[str, Any]) -> str | None:
    """Why the two cannot become one; `data` holds the survivor."""
    survivor: Hurdle | None = data.get("survivor")
    if survivor is None:
        return _("Choose the hurdle into which it is merged.")
    names = {"number": survivor.number, "title": survivor.title, "state": survivor.get_status_display()}
    if duplicate.pk == survivor.pk:
        return _("A hurdle cannot be merged into itself.")
    if survivor.status == HurdleStatus.MERGED:
        said = _("“%(number)s” is itself merged. Choose “%(end)s”, to which it leads.")
        return said % {**names, "end": leads_to(survivor).number}
    if survivor.status == HurdleStatus.DRAFT or survivor.archived_at:
        return _("“%(title)s” is not submitted. Choose a submitted hurdle.") % names
    if survivor.status in CLOSED:
        return _("“%(number)s” has come to an end (%(state)s). Reopen it first, or choose another one.") % names
    return None


def refusal_to_undo(duplicate: Hurdle, _data: dict[str, Any]) -> str | None:
    """Why the merge stands: it is older than a day, or the survivor itself leads on."""
    merge = present_merge(duplicate)
    if merge is None:
        return _("No merge of this hurdle is recorded, so none can be undone.")
    if clock.now() > undoable_until(merge):
        said = _("The merge is of %(day)s. It can be undone within 24 hours only, because people work on with it.")
        return said % {"day": wareki.format_date(clock.local_date(merge.merged_at))}
    if merge.survivor.merged_into_id:
        said = _("“%(number)s” has been merged further in the meantime. Undo that merge first.")
        return said % {"number": merge.survivor.number}
    return None


def undoable_until(merge: HurdleMerge) -> datetime:
    """The last moment at which the merge can be undone."""
    return merge.merged_at + UNDO_WITHIN
