"""Rows into tables by COPY: lines wait in memory for a batch, so that memory stays flat however big the city is."""

import io
import json
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection, models

from apps.core.fiscal import FiscalYear

Row = dict[str, Any]
# Lines of all tables together that wait until they are sent.
BATCH = 40_000


def _text(value: str) -> str:
    if "\\" in value or "\n" in value or "\t" in value or "\r" in value:
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return value


ENCODERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    float: str,
    bool: lambda value: "t" if value else "f",
    date: date.isoformat,
    type(None): lambda _value: "\\N",
    list: lambda value: "{" + ",".join(map(str, value)) + "}",
    dict: lambda value: _text(json.dumps(value, ensure_ascii=False)),
    FiscalYear: lambda value: str(value.year),
}


def encode(value: Any) -> str:
    """A value in the text form of COPY; members of choices are written as their values."""
    encoder = ENCODERS.get(type(value))
    return encoder(value) if encoder else encode(value.value)


def put(line: dict[str, str], values: Row) -> None:
    """Encodes values into a line; this runs for every value of a city, so it calls no more than it must."""
    known = ENCODERS.get
    for name, value in values.items():
        encoder = known(type(value))
        line[name] = encoder(value) if encoder else encode(value.value)


class Table:
    """One table: its blank row, the next id, and the lines that wait."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        names = ", ".join(connection.ops.quote_name(each.column) for each in fields)
        self.name = model._meta.db_table
        self.key = model._meta.pk.attname if model._meta.pk else ""
        self.sql = f"COPY {connection.ops.quote_name(self.name)} ({names}) FROM STDIN"
        self.blank: Row = {each.attname: _default(each) for each in fields}
        self.blank_line = {name: encode(value) for name, value in self.blank.items()}
        self.lines: list[str] = []
        self.written = 0
        self.next_id = self._first_id(model)

    def _first_id(self, model: type[models.Model]) -> int:
        """Counted from the rows that are there, not from the sequence, which a rolled back run has moved."""
        if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
            return 0
        return int(model._base_manager.aggregate(last=models.Max(self.key))["last"] or 0) + 1

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    def write(self, line: dict[str, str]) -> None:
        """`line` has the columns in their order, each encoded: a blank line with changes has."""
        if len(line) != len(self.blank_line):
            raise KeyError(f"{self.name} has no {line.keys() - self.blank_line.keys()}")
        self.lines.append("\t".join(line.values()))

    def take(self) -> tuple[str, io.StringIO] | None:
        """What waits, with its COPY, to be sent."""
        if not self.lines:
            return None
        self.written += len(self.lines)
        load = io.StringIO("\n".join(self.lines) + "\n")
        self.lines = []
        return self.sql, load

    def move_sequence(self, cursor: Any) -> None:
        """Whoever logs the next record gets the next id."""
        if self.next_id > 1:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [self.name, self.key, self.next_id - 1])


def _default(each: "models.Field[Any, Any]") -> Any:
    """What a column holds where nothing is said; what is drawn for each row has to be said."""
    if each.has_default():
        default = each.get_default()
        return None if isinstance(default, uuid.UUID) else default
    return "" if isinstance(each, models.CharField | models.TextField) and not each.null else None
