"""History: database triggers write it, this module says who acted and why, and reads it back.

Every service wraps its writes in `act`: one transaction, one entry with actor, verb and reason.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

import pghistory
from django.apps import apps
from django.db import models, transaction
from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.core.registry import Event, events

# Kept by the base model for itself; no person changed them.
SILENT_FIELDS = frozenset({"id", "uid", "version", "created_at", "updated_at", "search_key", "source_key"})


def declare_event(name: str, label: Any) -> Event:
    """Names something that services do: `hurdles.hurdle.submitted`."""
    return events.add(Event(name, label))


@contextmanager
def act(event: Event, *, by: Any, reason: str = "") -> Iterator[None]:
    """One act of a person or a machine: all of it or nothing, and one entry in the history.

    `by` is a user, or the name of a machine such as `load_city`.
    """
    actor = {"machine": by} if isinstance(by, str) else {"actor": by.pk, "actor_name": by.name}
    # The portal's clock, not the database's: the demo city lives in October 2022.
    at = clock.now().isoformat()
    with transaction.atomic(), pghistory.context(event=event.name, reason=reason, at=at, **actor):
        yield


@dataclass(frozen=True)
class Change:
    """One field before and after, in the words of the screen."""

    label: str
    old: str
    new: str


@dataclass
class Entry:
    """One act as the history tells it."""

    at: datetime
    actor: str
    verb: str
    reason: str
    changes: list[Change] = field(default_factory=list)


def entries_of(record: models.Model, *, parts: Sequence[str] = ()) -> list[Entry]:
    """The history of a record and of the related rows named in `parts` (related names), newest first."""
    rows = _events_of(type(record), {"pgh_obj_id": record.pk})
    for part in parts:
        relation: Any = type(record)._meta.get_field(part)
        key = f"{relation.field.name}_id"
        rows += _events_of(relation.related_model, {key: record.pk})
    rows.sort(key=lambda row: (row.pgh_context_id is None, str(row.pgh_context_id), row.pgh_id))
    acts = [_entry(list(group)) for _key, group in groupby(rows, key=lambda row: row.pgh_context_id)]
    return sorted(acts, key=lambda entry: entry.at, reverse=True)


def _events_of(model: type[models.Model], condition: dict[str, Any]) -> list[Any]:
    """The event rows of one table, each knowing the row before it as `before`."""
    event_model = event_model_of(model)
    rows = list(event_model._default_manager.filter(**condition).select_related("pgh_context").order_by("pgh_id"))
    last: dict[Any, Any] = {}
    for row in rows:
        row.tracked_model, row.before = model, last.get(row.pgh_obj_id)
        last[row.pgh_obj_id] = row
    return rows


def event_model_of(model: type[models.Model]) -> Any:
    """The table that holds a tracked model's history."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def _entry(rows: list[Any]) -> Entry:
    metadata = rows[0].pgh_context.metadata if rows[0].pgh_context else {}
    event = metadata.get("event", "")
    return Entry(
        at=datetime.fromisoformat(metadata["at"]) if "at" in metadata else rows[0].pgh_created_at,
        actor=metadata.get("actor_name") or metadata.get("machine") or _("Outside the portal"),
        verb=str(events[event].label) if event in events else event,
        reason=metadata.get("reason", ""),
        changes=[change for row in rows for change in _changes(row)],
    )


def _changes(row: Any) -> list[Change]:
    if row.pgh_label == "insert":
        return _inserted(row)
    if row.pgh_label == "delete":
        return [Change(str(row.tracked_model._meta.verbose_name), describe(row), "")]
    return list(_differences(row))


def _inserted(row: Any) -> list[Change]:
    if not hasattr(row.tracked_model, "history_part"):
        return []
    return [Change(str(row.tracked_model._meta.verbose_name), "", describe(row))]


def _differences(row: Any) -> Iterator[Change]:
    for name in sorted({f.attname for f in row.tracked_model._meta.concrete_fields}):
        model_field = row.tracked_model._meta.get_field(name.removesuffix("_id") if name != "id" else name)
        old, new = (getattr(each, name, None) for each in (row.before, row))
        if model_field.name not in SILENT_FIELDS and old != new:
            yield Change(str(model_field.verbose_name), _words(model_field, old), _words(model_field, new))


def describe(row: Any) -> str:
    """A part of a record in a few words: its own fields, one after the other, but for the record it belongs to."""
    silent = SILENT_FIELDS | {"order", getattr(row.tracked_model, "history_part", "")}
    fields = [f for f in row.tracked_model._meta.concrete_fields if f.name not in silent]
    values = (_words(f, getattr(row, f.attname, None)) for f in fields)
    return " ".join(value for value in values if value)


def _words(model_field: Any, value: Any) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if model_field.remote_field:
        target = model_field.related_model._base_manager.filter(pk=value).first()
        return str(target) if target else str(value)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return wareki.format_date(value) if type(value) is date else str(value)
