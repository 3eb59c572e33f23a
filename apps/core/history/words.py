"""How an event row reads: its fields before and after in the words of the screen, and what it refers to by name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from apps.core import money, wareki
from apps.core.history.rows import SILENT_FIELDS

# Other words for records that the reader may not know by name: (kind of record, the records by key) -> words by key.
OtherWords = Callable[[type[models.Model], Mapping[Any, Any]], Mapping[Any, str]]


@dataclass(frozen=True)
class Change:
    """One field before and after, in the words of the screen."""

    label: str
    old: str
    new: str


class Names:
    """What the rows refer to, by name: one query for each kind of record, however long the history is."""

    def __init__(self, rows: list[Any], other_words: OtherWords | None) -> None:
        wanted: dict[type[models.Model], set[Any]] = {}
        for each, key in (referred for row in rows for referred in _referred(row)):
            if each.remote_field and key is not None:
                wanted.setdefault(each.related_model, set()).add(key)
        self.found: dict[Any, dict[Any, Any]] = {
            model: model._base_manager.in_bulk(keys) for model, keys in wanted.items()
        }
        if other_words:
            self.found = {model: {**found, **other_words(model, found)} for model, found in self.found.items()}

    def of(self, model: type[models.Model], key: Any) -> str:
        return str(self.found.get(model, {}).get(key, key))


def changes_of(row: Any, names: Names) -> list[Change]:
    part = str(row.tracked_model._meta.verbose_name)
    if hasattr(row.tracked_model, "told"):
        return _told(row, part)
    if row.pgh_label == "update":
        return list(_differences(row, names))
    if not _is_told_whole(row):
        return []
    words = _describe(row, names)
    return [Change(part, "", words) if row.pgh_label == "insert" else Change(part, words, "")]


def _is_told_whole(row: Any) -> bool:
    """A part is told when it comes, and whatever is taken away; that a record began is said by the entry's verb."""
    return row.pgh_label == "delete" or hasattr(row.tracked_model, "history_part")


def _told(row: Any, part: str) -> list[Change]:
    """What an attached row says of itself: when it comes, and when it is taken back."""
    told = row.tracked_model.told(row)
    if row.pgh_label == "insert":
        return [Change(part, "", told)]
    return [Change(part, told, "")] if row.withdrawn_at else []


def _differences(row: Any, names: Names) -> Iterator[Change]:
    for each, old, new in row.moved_fields:
        yield Change(_label(each, row, names), _words(each, old, names), _words(each, new, names))


def _label(changed: Any, row: Any, names: Names) -> str:
    """The words for a field; of a part that says by which fields one tells its rows apart, with these."""
    told = [_words(each, getattr(row, each.attname), names) for each in _told_by(row)]
    return f"{changed.verbose_name}（{' '.join(told)}）" if told else str(changed.verbose_name)


def _told_by(row: Any) -> list[Any]:
    names = getattr(row.tracked_model, "history_told_by", ())
    return [row.tracked_model._meta.get_field(name) for name in names if name != row.link_here]


def _describe(row: Any, names: Names) -> str:
    """A part of a record in a few words: its own fields, one after the other, but for the record it is read from.

    What nobody edits, such as the merge that has brought a row, is not told here. A model that says itself how one
    of its rows reads (`described`) is asked.
    """
    model = row.tracked_model
    if hasattr(model, "described"):
        return str(model.described(row))
    values = (_words(each, getattr(row, each.attname, None), names) for each in _described_by(row))
    return " ".join(value for value in values if value)


def _described_by(row: Any) -> list[Any]:
    model = row.tracked_model
    silent = SILENT_FIELDS | {"order", row.link_here, *getattr(model, "history_silent", ())}
    return [each for each in model._meta.concrete_fields if each.editable and each.name not in silent]


def _referred(row: Any) -> Iterator[tuple[Any, Any]]:
    """The fields whose words are told of a row, each with its key: what nobody reads is not asked for."""
    if hasattr(row.tracked_model, "told"):
        return
    if row.pgh_label == "update":
        for each, old, new in row.moved_fields:
            yield each, old
            yield each, new
        if row.moved_fields:
            yield from ((each, getattr(row, each.attname)) for each in _told_by(row))
    elif not hasattr(row.tracked_model, "described") and _is_told_whole(row):
        yield from ((each, getattr(row, each.attname, None)) for each in _described_by(row))


def _words(model_field: Any, value: Any, names: Names) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if model_field.remote_field:
        return names.of(model_field.related_model, value)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal) or isinstance(model_field, models.PositiveBigIntegerField):
        return money.number(value.normalize() if isinstance(value, Decimal) else value)
    return wareki.format_date(value) if type(value) is date else str(value)
