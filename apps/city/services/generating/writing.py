"""Records with their history, as the triggers would have written it, and the acts to which it belongs."""

import io
import json
import random
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple, cast

import pghistory.models
from django.apps import apps
from django.db import connection, models

from apps.city.services.generating.copying import BATCH, Row, Table, encode, put
from apps.city.services.machines import GENERATING
from apps.core.fiscal import FiscalYear
from apps.core.history import event_model_of
from apps.core.models import NumberSeries
from apps.core.registry import Event

MACHINE = GENERATING


@cache
def quoted(text: str) -> str:
    """A text as JSON within a line of COPY; people's names and some reasons are all that is ever asked for."""
    return encode(json.dumps(text, ensure_ascii=False))


@dataclass(frozen=True)
class Person:
    """An employee as the records name one."""

    pk: int
    name: str


@cache
def time_of(second: int) -> str:
    """So many seconds after midnight, as the end of a time with its zone."""
    hour, rest = divmod(second, 3600)
    return f"T{hour:02d}:{rest // 60:02d}:{rest % 60:02d}+09:00"


class Act(NamedTuple):
    """One act: its day, its time as it is stored, and its entry in the history."""

    day: date
    at: str
    context: str | None


class _Kind:
    """The table of a model and, where its history is kept, the table of its events."""

    def __init__(self, model: type[models.Model], history: bool) -> None:
        self.table = Table(model)
        self.events = Table(event_model_of(model)) if history and _is_tracked(model) else None
        names = [name for name in self.events.blank if name in self.table.blank] if self.events else []
        self.tracked: Callable[[dict[str, str]], tuple[str, ...]] = itemgetter(*names) if names else lambda _line: ()

    def tell(self, label: str, act: Act, line: dict[str, str]) -> None:
        """One row of the history; the columns of an event come first, then those of the record."""
        if self.events:
            head = (str(self.events.new_id()), act.at, label, line["id"], act.context or "\\N")
            self.events.lines.append("\t".join(head + self.tracked(line)))


def _is_tracked(model: type[models.Model]) -> bool:
    try:
        event_model_of(model)
    except LookupError:
        return False
    return True


class Story:
    """One record from its first act to its present row. What does not change is encoded once."""

    def __init__(self, kind: _Kind, act: Act, row: Row) -> None:
        self.kind, self.row, self.pk = kind, row, int(row["id"])
        # Without a history nothing is encoded before the end, and then all of the row is.
        self.changed = row.copy() if kind.events else row
        self.line = kind.table.blank_line.copy()
        self._tell("insert", act)

    def __getitem__(self, name: str) -> Any:
        return self.row[name] if name in self.row else self.kind.table.blank[name]

    def set(self, **changes: Any) -> None:
        """Changes that leave no trace in the history."""
        self.row |= changes
        if self.changed is not self.row:
            self.changed |= changes

    def change(self, act: Act, **changes: Any) -> None:
        self.set(**changes)
        self._tell("update", act)

    def end(self) -> None:
        """The record as it is now."""
        self._encode()
        self.kind.table.write(self.line)

    def _tell(self, label: str, act: Act) -> None:
        if self.kind.events:
            self._encode()
            self.kind.tell(label, act, self.line)

    def _encode(self) -> None:
        """Brings the line up to date; without a history that is needed once, at the end."""
        put(self.line, self.changed)
        self.changed = {}


class Writer:
    """Writes records with their history. All that is left to chance is drawn from one seed."""

    def __init__(self, *, seed: int, today: date, history: bool) -> None:
        self.chance, self.today, self.history = random.Random(seed), today, history  # noqa: S311 no secret
        self.kinds: dict[type[models.Model], _Kind] = {}
        self.acts = Table(pghistory.models.Context)
        self.sender, self.sending = ThreadPoolExecutor(1), cast("Future[None] | None", None)

    def uid(self) -> str:
        """A random UUID (version 4) from the seed."""
        digits = f"{self.chance.getrandbits(128):032x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"

    def act(self, event: Event | str, day: date, second: int, by: Person | None = None, reason: str = "") -> Act:
        """An act on a day, so many seconds after midnight; without a person the machine has acted."""
        at = day.isoformat() + time_of(second)
        if not self.history:
            return Act(day, at, None)
        actor = f'"actor": {by.pk}, "actor_name": {quoted(by.name)}' if by else f'"machine": "{MACHINE}"'
        name = event if isinstance(event, str) else event.name
        uid = self.uid()
        metadata = f'{{"event": "{name}", "reason": {quoted(reason)}, "at": "{at}", {actor}}}'
        self.acts.write({"id": uid, "created_at": at, "updated_at": at, "metadata": metadata})
        return Act(day, at, uid)

    def begin(self, model: type[models.Model], act: Act, **values: Any) -> Story:
        """A record that will change; `end` writes it."""
        kind = self.kind(model)
        return Story(kind, act, {"id": kind.table.new_id(), **values})

    def add(self, model: type[models.Model], act: Act, **values: Any) -> int:
        """A record that stays as it comes; its id."""
        kind = self.kind(model)
        key, line = kind.table.new_id(), kind.table.blank_line.copy()
        line["id"] = str(key)
        put(line, values)
        kind.tell("insert", act, line)
        kind.table.write(line)
        return key

    def series(self, prefix: str, year: FiscalYear, last: int) -> None:
        """The next record of the year gets the number after `last`."""
        self.add(NumberSeries, Act(self.today, "", None), prefix=prefix, fiscal_year=year, last=last)

    def kind(self, model: type[models.Model]) -> _Kind:
        if model not in self.kinds:
            self.wait()  # a new table asks for its last id
            self.kinds[model] = _Kind(model, self.history)
        return self.kinds[model]

    def tables(self) -> list[Table]:
        kinds = self.kinds.values()
        return [self.acts, *(each.table for each in kinds), *(each.events for each in kinds if each.events)]

    def send(self, at_least: int = 0) -> None:
        """Sends what waits once it is so much, while the next batch is being written."""
        if sum(len(each.lines) for each in self.tables()) < at_least:
            return
        self.wait()
        loads = [load for each in self.tables() if (load := each.take())]
        self.sending = self.sender.submit(_copy, connection.connection, loads)

    def wait(self) -> None:
        """Until the batch before is with the database; one batch is on its way at a time, so memory stays flat."""
        if self.sending:
            self.sending.result()
            self.sending = None

    def each(self, items: Iterable[Any], write: Callable[[Any], None]) -> None:
        """Writes a record for each item, batch by batch."""
        for count, item in enumerate(items):
            write(item)
            if count % 500 == 499:
                self.send(BATCH)

    def finish(self) -> None:
        self.send()
        self.wait()
        self.sender.shutdown()
        with connection.cursor() as cursor:
            for each in self.tables():
                each.move_sequence(cursor)

    @property
    def rows(self) -> int:
        return sum(each.written for each in self.tables())


def _copy(raw: Any, loads: list[tuple[str, io.StringIO]]) -> None:
    """In a thread of its own: COPY mostly waits for the database. Nobody else uses the connection meanwhile."""
    with raw.cursor() as cursor:
        for sql, lines in loads:
            cursor.copy_expert(sql, lines)


def tables_of(labels: Iterable[str]) -> list[str]:
    """The names of all tables of these apps, their history and plain links included."""
    found = (model for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True))
    return [model._meta.db_table for model in found if model._meta.managed and not model._meta.proxy]
