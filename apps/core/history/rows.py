"""The event rows that belong to a record: its own, those of its parts, and of what is attached to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

# Kept by the base model for itself; no person changed them.
SILENT_FIELDS = frozenset({"id", "uid", "version", "created_at", "updated_at", "search_key", "source_key"})


@dataclass(frozen=True)
class Table:
    """A tracked table and which of its event rows belong to a record; `link` leads from a part to the record."""

    model: type[models.Model]
    condition: dict[str, Any]
    link: str = ""


def tables_of(record: models.Model, parts: Sequence[str], attached: Sequence[type[models.Model]]) -> list[Table]:
    """The record's own table first, then those of which any row belongs to it: most parts of most records are empty."""
    about = {"kind": record._meta.label_lower, "record": getattr(record, "uid", None)}
    others = [Table(model, about) for model in attached]
    others += [_part_of(record, part) for part in parts if "__" not in part]
    filled = _filled(others)
    lower = [part for part in parts if "__" in part and _part_of(record, part.partition("__")[0]) in filled]
    return [Table(type(record), {"pgh_obj_id": record.pk}), *filled, *(_below(record, part) for part in lower)]


def _part_of(record: models.Model, part: str) -> Table:
    relation: Any = type(record)._meta.get_field(part)
    link = relation.field.name
    return Table(relation.related_model, {f"{link}_id": record.pk}, link)


def _below(record: models.Model, path: str) -> Table:
    """The parts of every row that was ever such a part of the record."""
    part, _, name = path.partition("__")
    owner = _part_of(record, part)
    owners = event_model_of(owner.model)._default_manager.filter(**owner.condition).values("pgh_obj_id")
    relation: Any = owner.model._meta.get_field(name)
    return Table(relation.related_model, {f"{relation.field.name}_id__in": owners})


def _filled(tables: list[Table]) -> list[Table]:
    """Those that hold anything, found by one query for all of them."""
    if len(tables) < 2:
        return tables
    asked = [_asks(place, table) for place, table in enumerate(tables)]
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(sql for sql, _values in asked)
        cursor.execute(sql, [each for _sql, values in asked for each in values])
        filled = {place for (place,) in cursor.fetchall()}
    return [table for place, table in enumerate(tables) if place in filled]


def _asks(place: int, table: Table) -> tuple[str, list[Any]]:
    """SQL that gives the place of a table which holds anything: the ORM would take longer than the database does."""
    meta, quote = event_model_of(table.model)._meta, connection.ops.quote_name
    where = " AND ".join(f"{quote(meta.get_field(name).column)} = %s" for name in table.condition)
    sql = f"SELECT {place} WHERE EXISTS (SELECT FROM {quote(meta.db_table)} WHERE {where})"  # noqa: S608 tables of ours
    return sql, list(table.condition.values())


def events_of(table: Table) -> list[Any]:
    """The event rows of one table, each knowing the row before it as `before`."""
    found = event_model_of(table.model)._default_manager.filter(**table.condition)
    rows = list(found.select_related("pgh_context").order_by("pgh_id"))
    last: dict[Any, Any] = {}
    for row in rows:
        row.tracked_model, row.link_here, row.before = table.model, table.link, last.get(row.pgh_obj_id)
        last[row.pgh_obj_id] = row
    for row in rows:
        row.latest = last[row.pgh_obj_id]
        row.moved_fields = list(_changed(row)) if row.pgh_label == "update" else []
    return rows


def event_model_of(model: type[models.Model]) -> Any:
    """The table that holds a tracked model's history."""
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def version_of(record: models.Model, version: int) -> models.Model | None:
    """The record as it stood at an earlier version, never to be saved; None where the history does not hold it.

    Its own columns are those of then; what other tables say of it is what they say now.
    """
    rows = event_model_of(type(record))._default_manager.filter(pgh_obj_id=record.pk, version=version)
    row = rows.order_by("pgh_id").last()
    if row is None:
        return None
    kept = [each.attname for each in record._meta.concrete_fields if hasattr(row, each.attname)]
    return type(record)(**{name: getattr(row, name) for name in kept} | {"pk": record.pk})


def _changed(row: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The fields that a row has changed, with their values before and after."""
    silent = SILENT_FIELDS | {*getattr(row.tracked_model, "history_silent", ())}
    for each in row.tracked_model._meta.concrete_fields:
        old, new = (getattr(version, each.attname, None) for version in (row.before, row))
        if each.name not in silent and old != new:
            yield each, old, new
