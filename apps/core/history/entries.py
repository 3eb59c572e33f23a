"""The history of a record, act by act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from apps.core.history.rows import events_of, tables_of
from apps.core.history.words import Change, Names, OtherWords, changes_of
from apps.core.registry import events, machines


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
    tables = tables_of(record, parts, attached)
    rows = [row for table in (tables if itself else tables[1:]) for row in events_of(table)]
    names = Names(rows, other_words)
    acts = [_entry(group, names) for group in _by_act(rows)]
    return sorted(acts, key=lambda entry: entry.stored_at, reverse=True)


def _by_act(rows: list[Any]) -> list[list[Any]]:
    """Rows of one act together; a change from outside the portal has no context and stands by itself."""
    acts: dict[Any, list[Any]] = {}
    for row in rows:
        key = row.pgh_context_id or (row.tracked_model, row.pgh_id)
        acts.setdefault(key, []).append(row)
    return list(acts.values())


def _entry(rows: list[Any], names: Names) -> Entry:
    metadata = rows[0].pgh_context.metadata if rows[0].pgh_context else {}
    event = metadata.get("event", "")
    return Entry(
        at=datetime.fromisoformat(metadata["at"]) if "at" in metadata else rows[0].pgh_created_at,
        stored_at=rows[0].pgh_created_at,
        actor=metadata.get("actor_name") or _machine(metadata.get("machine", "")) or _("Outside the portal"),
        actor_id=metadata.get("actor"),
        verb=str(events[event].label) if event in events else event,
        reason=metadata.get("reason", ""),
        event=event,
        changes=[change for row in rows for change in changes_of(row, names)],
    )


def _machine(name: str) -> str:
    """What acted by itself, in words; a name that nothing declares any more stands as it was kept."""
    return str(machines[name].label) if name in machines else name
