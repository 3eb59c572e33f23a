"""History: database triggers write it, this module says who acted and why, and reads it back.

Every service wraps its writes in `act`: one transaction, one entry with actor, verb and reason.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pghistory
from django.apps import apps
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from apps.core import clock, money, wareki
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
    """One act as the history tells it. `at` is the portal's time, `stored_at` the database's, which orders acts."""

    at: datetime
    stored_at: datetime
    actor: str
    actor_id: int | None
    verb: str
    reason: str
    event: str = ""
    changes: list[Change] = field(default_factory=list)


# Other words for records that the reader may not know by name: (kind of record, the records by key) -> words by key.
OtherWords = Callable[[type[models.Model], Mapping[Any, Any]], Mapping[Any, str]]


def entries_of(
    record: models.Model,
    *,
    parts: Sequence[str] = (),
    attached: Sequence[type[models.Model]] = (),
    other_words: OtherWords | None = None,
    itself: bool = True,
) -> list[Entry]:
    """The history of a record and of the related rows named in `parts` (related names), newest first.

    Where `itself` is false, of the related rows alone.

    `indicators__values` beside `indicators` names the parts of parts: the values of every indicator there ever was.
    `attached` are tables whose rows belong to the record by its kind and uid, such as comments. `other_words` is
    asked once for each kind of record that the changes name.
    """
    tables = _tables_of(record, parts, attached)
    rows = [row for table in (tables if itself else tables[1:]) for row in _events_of(table)]
    names = _Names(rows, other_words)
    acts = [_entry(group, names) for group in _by_act(rows)]
    return sorted(acts, key=lambda entry: entry.stored_at, reverse=True)


@dataclass(frozen=True)
class _Table:
    """A tracked table and which of its event rows belong to a record; `link` leads from a part to the record."""

    model: type[models.Model]
    condition: dict[str, Any]
    link: str = ""


def _tables_of(record: models.Model, parts: Sequence[str], attached: Sequence[type[models.Model]]) -> list[_Table]:
    """The record's own table first, then those of which any row belongs to it: most parts of most records are empty."""
    about = {"kind": record._meta.label_lower, "record": getattr(record, "uid", None)}
    others = [_Table(model, about) for model in attached]
    others += [_part_of(record, part) for part in parts if "__" not in part]
    filled = _filled(others)
    lower = [part for part in parts if "__" in part and _part_of(record, part.partition("__")[0]) in filled]
    return [_Table(type(record), {"pgh_obj_id": record.pk}), *filled, *(_below(record, part) for part in lower)]


def _part_of(record: models.Model, part: str) -> _Table:
    relation: Any = type(record)._meta.get_field(part)
    link = relation.field.name
    return _Table(relation.related_model, {f"{link}_id": record.pk}, link)


def _below(record: models.Model, path: str) -> _Table:
    """The parts of every row that was ever such a part of the record."""
    part, _, name = path.partition("__")
    owner = _part_of(record, part)
    owners = event_model_of(owner.model)._default_manager.filter(**owner.condition).values("pgh_obj_id")
    relation: Any = owner.model._meta.get_field(name)
    return _Table(relation.related_model, {f"{relation.field.name}_id__in": owners})


def _filled(tables: list[_Table]) -> list[_Table]:
    """Those that hold anything, found by one query for all of them."""
    if len(tables) < 2:
        return tables
    asked = [_asks(place, table) for place, table in enumerate(tables)]
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(sql for sql, _values in asked)
        cursor.execute(sql, [each for _sql, values in asked for each in values])
        filled = {place for (place,) in cursor.fetchall()}
    return [table for place, table in enumerate(tables) if place in filled]


def _asks(place: int, table: _Table) -> tuple[str, list[Any]]:
    """SQL that gives the place of a table which holds anything: the ORM would take longer than the database does."""
    meta, quote = event_model_of(table.model)._meta, connection.ops.quote_name
    where = " AND ".join(f"{quote(meta.get_field(name).column)} = %s" for name in table.condition)
    sql = f"SELECT {place} WHERE EXISTS (SELECT FROM {quote(meta.db_table)} WHERE {where})"  # noqa: S608 tables of ours
    return sql, list(table.condition.values())


def _events_of(table: _Table) -> list[Any]:
    """The event rows of one table, each knowing the row before it as `before`."""
    found = event_model_of(table.model)._default_manager.filter(**table.condition)
    rows = list(found.select_related("pgh_context").order_by("pgh_id"))
    last: dict[Any, Any] = {}
    for row in rows:
        row.tracked_model, row.link_here, row.before = table.model, table.link, last.get(row.pgh_obj_id)
        last[row.pgh_obj_id] = row
    for row in rows:
        row.latest = last[row.pgh_obj_id]
    return rows


def event_model_of(model: type[models.Model]) -> Any:
    """The table that holds a tracked model's history."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def _by_act(rows: list[Any]) -> list[list[Any]]:
    """Rows of one act together; a change from outside the portal has no context and stands by itself."""
    acts: dict[Any, list[Any]] = {}
    for row in rows:
        key = row.pgh_context_id or (row.tracked_model, row.pgh_id)
        acts.setdefault(key, []).append(row)
    return list(acts.values())


class _Names:
    """What the rows refer to, by name: one query for each kind of record, however long the history is."""

    def __init__(self, rows: list[Any], other_words: OtherWords | None) -> None:
        wanted: dict[type[models.Model], set[Any]] = {}
        for row in rows:
            for each in row.tracked_model._meta.concrete_fields:
                if each.remote_field and getattr(row, each.attname, None) is not None:
                    wanted.setdefault(each.related_model, set()).add(getattr(row, each.attname))
        self.found: dict[Any, dict[Any, Any]] = {
            model: model._base_manager.in_bulk(keys) for model, keys in wanted.items()
        }
        if other_words:
            self.found = {model: {**found, **other_words(model, found)} for model, found in self.found.items()}

    def of(self, model: type[models.Model], key: Any) -> str:
        return str(self.found.get(model, {}).get(key, key))


def _entry(rows: list[Any], names: _Names) -> Entry:
    metadata = rows[0].pgh_context.metadata if rows[0].pgh_context else {}
    event = metadata.get("event", "")
    return Entry(
        at=datetime.fromisoformat(metadata["at"]) if "at" in metadata else rows[0].pgh_created_at,
        stored_at=rows[0].pgh_created_at,
        actor=metadata.get("actor_name") or metadata.get("machine") or _("Outside the portal"),
        actor_id=metadata.get("actor"),
        verb=str(events[event].label) if event in events else event,
        reason=metadata.get("reason", ""),
        event=event,
        changes=[change for row in rows for change in _changes(row, names)],
    )


def _changes(row: Any, names: _Names) -> list[Change]:
    part = str(row.tracked_model._meta.verbose_name)
    if hasattr(row.tracked_model, "told"):
        return _told(row, part)
    if row.pgh_label == "insert":
        return [Change(part, "", _describe(row, names))] if hasattr(row.tracked_model, "history_part") else []
    if row.pgh_label == "delete":
        return [Change(part, _describe(row, names), "")]
    return list(_differences(row, names))


def _told(row: Any, part: str) -> list[Change]:
    """What an attached row says of itself: when it comes, and when it is taken back."""
    told = row.tracked_model.told(row)
    if row.pgh_label == "insert":
        return [Change(part, "", told)]
    return [Change(part, told, "")] if row.withdrawn_at else []


def _differences(row: Any, names: _Names) -> Iterator[Change]:
    for each in row.tracked_model._meta.concrete_fields:
        old, new = (getattr(version, each.attname, None) for version in (row.before, row))
        silent = SILENT_FIELDS | {*getattr(row.tracked_model, "history_silent", ())}
        if each.name not in silent and old != new:
            yield Change(_label(each, row, names), _words(each, old, names), _words(each, new, names))


def _label(changed: Any, row: Any, names: _Names) -> str:
    """The words for a field; of a part that says by which fields one tells its rows apart, with these."""
    apart = [row.tracked_model._meta.get_field(name) for name in getattr(row.tracked_model, "history_told_by", ())]
    told = [_words(each, getattr(row, each.attname), names) for each in apart if each.name != row.link_here]
    return f"{changed.verbose_name}（{' '.join(told)}）" if told else str(changed.verbose_name)


def _describe(row: Any, names: _Names) -> str:
    """A part of a record in a few words: its own fields, one after the other, but for the record it is read from.

    What nobody edits, such as the merge that has brought a row, is not told here.
    """
    model = row.tracked_model
    silent = SILENT_FIELDS | {"order", row.link_here, *getattr(model, "history_silent", ())}
    fields = [each for each in model._meta.concrete_fields if each.editable and each.name not in silent]
    values = (_words(each, getattr(row, each.attname, None), names) for each in fields)
    return " ".join(value for value in values if value)


def _words(model_field: Any, value: Any, names: _Names) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return ""
    if model_field.remote_field:
        return names.of(model_field.related_model, value)
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return money.number(value.normalize())
    return wareki.format_date(value) if type(value) is date else str(value)
