"""One change of many hurdles: first what it would do to each, then all of it in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.history import act
from apps.core.permissions import permission_table, permitted, require
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to
from apps.hurdles.services.bulk_verbs import CHANGED_TOGETHER, VERBS, BulkVerb

MOST_HURDLES = 500


class TooMany(Exception):
    """More hurdles than one act changes; the message says so to a person."""


class Outdated(Exception):
    """Somebody changed one of the hurdles after the preview: nothing is written, and the preview is shown again."""


@dataclass(frozen=True)
class Line:
    """What the change would do to one hurdle; `refusal` says why it does nothing, `stale` that it was overtaken."""

    hurdle: Hurdle
    old: str
    new: str
    refusal: str = ""
    note: str = ""
    stale: bool = False

    @property
    def is_written(self) -> bool:
        return not self.refusal


def versions_of(hurdles: QuerySet[Hurdle]) -> dict[UUID, int]:
    """The present version of each; raises TooMany where one act would change more than MOST_HURDLES."""
    rows = dict(hurdles.order_by().values_list("uid", "version")[: MOST_HURDLES + 1])
    if len(rows) > MOST_HURDLES:
        raise TooMany(
            _("One act changes at most %(most)d hurdles. Narrow the selection down.") % {"most": MOST_HURDLES}
        )
    return rows


def plan_changes(*, versions: Mapping[UUID, int], verb: str, value: Any, by: Any) -> list[Line]:
    """What the change would do to each of these hurdles, in the order of their numbers. Writes nothing."""
    chosen = VERBS[verb]
    return [_line(row, versions[row.uid], chosen, value, by) for row in _rows(versions, chosen, by)]


def change_hurdles(*, versions: Mapping[UUID, int], verb: str, value: Any, reason: str, by: Any) -> int:
    """Writes the change where it is allowed, in one act with one reason; gives how many hurdles it changed.

    Sent a second time it changes nothing more. Raises Outdated, and writes nothing, where a hurdle was changed by
    somebody else since `versions`.
    """
    require(by, "hurdles.change_hurdles")
    with transaction.atomic():
        locked = visible_to(by).filter(uid__in=versions).order_by("pk").select_for_update(of=("self",))
        list(locked.values_list("pk"))
        lines = plan_changes(versions=versions, verb=verb, value=value, by=by)
        if any(line.stale for line in lines):
            raise Outdated
        hurdles = [line.hurdle for line in lines if line.is_written]
        if hurdles:
            with act(CHANGED_TOGETHER, by=by, reason=reason):
                _write(hurdles, VERBS[verb], value, reason, by)
    return len(hurdles)


def _rows(versions: Mapping[UUID, int], verb: BulkVerb, by: Any) -> QuerySet[Hurdle]:
    rows = visible_to(by).filter(uid__in=versions).select_related("owning_unit", "category", *verb.reads_too)
    return rows.prefetch_related(*verb.reads).order_by("number", "pk")


def _line(hurdle: Hurdle, version: int, verb: BulkVerb, value: Any, by: Any) -> Line:
    old = verb.words(hurdle)
    if not permitted(by, verb.permission, hurdle):
        return Line(hurdle, old, old, str(permission_table[verb.permission].who))
    if verb.is_done(hurdle, value):
        return Line(hurdle, old, old, _("It is so already."))
    if hurdle.version != version:
        return Line(hurdle, old, old, _("Somebody changed it in the meantime."), stale=True)
    if refusal := verb.refusal(hurdle, value, by):
        return Line(hurdle, old, old, refusal)
    return Line(hurdle, old, verb.new_words(hurdle, value), note=verb.note(hurdle, value, by))


def _write(hurdles: Sequence[Hurdle], verb: BulkVerb, value: Any, reason: str, by: Any) -> None:
    rows = Hurdle.objects.filter(pk__in=[hurdle.pk for hurdle in hurdles])
    rows.update(**verb.columns(value), version=F("version") + 1, updated_at=clock.now())
    verb.write(hurdles, value, reason, by)
