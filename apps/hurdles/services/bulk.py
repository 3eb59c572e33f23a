"""One change of many hurdles: first what it would do to each, then all of it in one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import permission_table, permitted, require
from apps.hurdles.models import Hurdle, HurdleTheme
from apps.hurdles.selectors import visible_to

CHANGED_TOGETHER = declare_event("hurdles.hurdle.changed_together", gettext_lazy("Changed together with others"))
MOST_HURDLES = 500


class TooMany(Exception):
    """More hurdles than one act changes; the message says so to a person."""


class Outdated(Exception):
    """Somebody changed one of the hurdles after the preview: nothing is written, and the preview is shown again."""


@dataclass(frozen=True)
class BulkVerb:
    """What can be changed in many hurdles: how the present value reads, and whether the new one is there already."""

    name: str
    label: Any
    field: str
    words: Callable[[Hurdle], str]
    is_done: Callable[[Hurdle, Any], bool]
    new_words: Callable[[Hurdle, Any], str] = lambda _hurdle, value: str(value)


def _theme_names(hurdle: Hurdle) -> list[str]:
    return [theme.name for theme in hurdle.themes.all()]


VERBS: Mapping[str, BulkVerb] = {
    verb.name: verb
    for verb in (
        BulkVerb(
            "owning_unit",
            gettext_lazy("Change the owning unit"),
            "owning_unit",
            lambda hurdle: str(hurdle.owning_unit or ""),
            lambda hurdle, value: hurdle.owning_unit_id == value.pk,
        ),
        BulkVerb(
            "category",
            gettext_lazy("Change the category"),
            "category",
            lambda hurdle: str(hurdle.category or ""),
            lambda hurdle, value: hurdle.category_id == value.pk,
        ),
        BulkVerb(
            "severity",
            gettext_lazy("Change the severity"),
            "severity",
            lambda hurdle: str(hurdle.severity or ""),
            lambda hurdle, value: hurdle.severity == value,
        ),
        BulkVerb(
            "add_theme",
            gettext_lazy("Add a theme"),
            "theme",
            lambda hurdle: "、".join(_theme_names(hurdle)),
            lambda hurdle, value: value.name in _theme_names(hurdle),
            lambda hurdle, value: "、".join([*_theme_names(hurdle), value.name]),
        ),
        BulkVerb(
            "remove_theme",
            gettext_lazy("Take a theme away"),
            "theme",
            lambda hurdle: "、".join(_theme_names(hurdle)),
            lambda hurdle, value: value.name not in _theme_names(hurdle),
            lambda hurdle, value: "、".join(name for name in _theme_names(hurdle) if name != value.name),
        ),
    )
}


@dataclass(frozen=True)
class Line:
    """What the change would do to one hurdle; `refusal` says why it does nothing, `stale` that it was overtaken."""

    hurdle: Hurdle
    old: str
    new: str
    refusal: str = ""
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
    return _lines(_rows(versions, by), versions, VERBS[verb], value, by)


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
                _write(hurdles, VERBS[verb], value)
    return len(hurdles)


def _rows(versions: Mapping[UUID, int], by: Any) -> QuerySet[Hurdle]:
    rows = visible_to(by).filter(uid__in=versions).select_related("owning_unit", "category")
    return rows.prefetch_related("themes").order_by("number", "pk")


def _lines(rows: QuerySet[Hurdle], versions: Mapping[UUID, int], verb: BulkVerb, value: Any, by: Any) -> list[Line]:
    return [_line(hurdle, versions[hurdle.uid], verb, value, by) for hurdle in rows]


def _line(hurdle: Hurdle, version: int, verb: BulkVerb, value: Any, by: Any) -> Line:
    old = verb.words(hurdle)
    if not permitted(by, "hurdles.edit_hurdle", hurdle):
        return Line(hurdle, old, old, str(permission_table["hurdles.edit_hurdle"].who))
    if verb.is_done(hurdle, value):
        return Line(hurdle, old, old, _("It is so already."))
    if hurdle.version != version:
        return Line(hurdle, old, old, _("Somebody changed it in the meantime."), stale=True)
    return Line(hurdle, old, verb.new_words(hurdle, value))


def _write(hurdles: Sequence[Hurdle], verb: BulkVerb, value: Any) -> None:
    fields: dict[str, Any] = {} if verb.field == "theme" else {verb.field: value}
    rows = Hurdle.objects.filter(pk__in=[hurdle.pk for hurdle in hurdles])
    rows.update(**fields, version=F("version") + 1, updated_at=clock.now())
    if verb.name == "add_theme":
        HurdleTheme.objects.bulk_create([HurdleTheme(hurdle=hurdle, theme=value) for hurdle in hurdles])
    elif verb.name == "remove_theme":
        HurdleTheme.objects.filter(hurdle__in=hurdles, theme=value).delete()
