"""A small declarative table: columns once, for the screen, for sorting and for every export.

django-tables2 was measured at four times the cost of the whole plain page (docs/adr/0002).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from django.db import models
from django.http import QueryDict

from apps.core import money, wareki
from apps.core.fiscal import FiscalYear
from apps.core.writers import Column as ExportColumn

Kind = Literal["text", "subject", "number", "code", "date", "chip"]
EXPORT_KINDS: dict[str, Literal["text", "number", "date", "code"]] = {
    "subject": "text",
    "chip": "text",
    "text": "text",
    "number": "number",
    "code": "code",
    "date": "date",
}


@dataclass(frozen=True)
class Column:
    """One column. `value` is an attribute path (`owning_unit.name`) or a function of the row.

    `sort` names the ordering fields; without it the column does not sort. `chip` is a function of the row that
    gives the look of a state, `link` one that gives an address.
    """

    key: str
    label: Any
    kind: Kind = "text"
    value: str | Callable[[Any], Any] = ""
    sort: tuple[str, ...] = ()
    chip: Callable[[Any], str] | None = None
    link: Callable[[Any], str] | None = None

    def of(self, row: Any) -> Any:
        """The value in this row, as data."""
        source = self.value or self.key
        if callable(source):
            return source(row)
        value: Any = row
        for name in source.split("."):
            value = getattr(value, name, None)
        return value


def shown(value: Any, kind: Kind) -> str:
    """A value as the screen writes it."""
    if value is None or value == "":
        return "－"
    if isinstance(value, datetime | date):
        return wareki.format_date(value, short=True)
    if kind == "number":
        return money.number(value)
    return value.short if isinstance(value, FiscalYear) else str(value)


class Table:
    """The rows of one page, ready for components/table.html."""

    columns: ClassVar[Sequence[Column]] = ()
    caption: ClassVar[Any] = ""
    default_sort: ClassVar[str] = ""
    css: ClassVar[str] = "table--wide"

    def __init__(self, rows: Iterable[Any], query: QueryDict) -> None:
        self.rows = rows
        self.query = query
        self.sort = query.get("sort") or self.default_sort

    @classmethod
    def sort_keys(cls) -> set[str]:
        """What `?sort=` may say."""
        keys = {column.key for column in cls.columns if column.sort}
        return keys | {f"-{key}" for key in keys}

    @classmethod
    def ordered(cls, queryset: models.QuerySet[Any], sort: str) -> models.QuerySet[Any]:
        """The queryset in the order that `?sort=` asks for; the primary key makes it total."""
        if not sort:
            return queryset
        column = next(column for column in cls.columns if column.key == sort.removeprefix("-"))
        orders = [models.F(name) for name in column.sort]
        if sort.startswith("-"):
            return queryset.order_by(*(order.desc(nulls_last=True) for order in orders), "pk")
        return queryset.order_by(*(order.asc(nulls_last=True) for order in orders), "pk")

    @property
    def head(self) -> list[dict[str, Any]]:
        return [self._head_cell(column) for column in self.columns]

    def _head_cell(self, column: Column) -> dict[str, Any]:
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort)
        query = self.query.copy()
        query["sort"] = f"-{column.key}" if direction == "ascending" else column.key
        query.pop("page", None)
        url = f"?{query.urlencode()}" if column.sort else None
        return {"label": column.label, "kind": column.kind, "sort_url": url, "direction": direction}

    @property
    def body(self) -> list[dict[str, Any]]:
        return [
            {"cells": [self.cell(column, row) for column in self.columns], "late": self.is_late(row)}
            for row in self.rows
        ]

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        """One cell; a table that marks search hits or adds a second line overrides this."""
        return {
            "kind": column.kind,
            "value": shown(column.of(row), column.kind),
            "url": column.link(row) if column.link else None,
            "chip": column.chip(row) if column.chip else None,
        }

    def is_late(self, row: Any) -> bool:
        """Whether the row is marked as overdue."""
        return False

    @classmethod
    def export_columns(cls) -> list[ExportColumn]:
        return [ExportColumn(column.key, str(column.label), EXPORT_KINDS[column.kind]) for column in cls.columns]

    @classmethod
    def export_rows(cls, rows: Iterable[Any]) -> Iterable[list[Any]]:
        return ([column.of(row) for column in cls.columns] for row in rows)
