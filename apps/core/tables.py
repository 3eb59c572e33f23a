"""A small declarative table: columns once, for the screen, for sorting and for every export.

django-tables2 was measured at four times the cost of the whole plain page (docs/adr/0002).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from django.db import models
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.translation import gettext as _

from apps.core import money, wareki
from apps.core.fiscal import FiscalYear
from apps.core.models import Searched
from apps.core.search import excerpt, first_elsewhere, mark
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

    `sort` names the ordering fields, with a minus where a smaller one counts for more; without it the column does
    not sort. `chip` is a function of the row that gives the look of a state, `link` one that gives an address.
    """

    key: str
    label: Any
    kind: Kind = "text"
    value: str | Callable[[Any], Any] = ""
    sort: tuple[str, ...] = ()
    chip: Callable[[Any], str | None] | None = None
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

    columns: Sequence[Column] = ()
    # What is shown where nobody has chosen; all columns where it is empty.
    default_columns: ClassVar[Sequence[str]] = ()
    caption: ClassVar[Any] = ""
    default_sort: ClassVar[str] = ""
    css: ClassVar[str] = "table--wide"

    def __init__(
        self,
        rows: Iterable[Any],
        query: QueryDict,
        *,
        columns: Collection[str] | None = None,
        sort: str = "",
        seen: datetime | None = None,
        selects: bool = False,
    ) -> None:
        """`seen` is when this person last looked: what has changed since is marked. `selects` offers a box a row."""
        self.rows = rows
        self.query = query
        self.columns = self.chosen(columns)
        self.sort = sort or query.get("sort") or self.default_sort
        self.seen = seen
        self.selects = selects

    @classmethod
    def chosen(cls, keys: Collection[str] | None = None) -> list[Column]:
        """The columns of these keys, in the table's own order; that of the title is always among them."""
        wanted = keys if keys is not None else cls.default_columns
        return [column for column in cls.columns if not wanted or column.key in wanted or column.kind == "subject"]

    def shows(self, key: str) -> bool:
        """Whether this column is among the chosen ones."""
        return any(column.key == key for column in self.columns)

    @classmethod
    def sort_keys(cls) -> set[str]:
        """What `?sort=` may say."""
        keys = {column.key for column in cls.columns if column.sort}
        return keys | {f"-{key}" for key in keys}

    @classmethod
    def ordered(cls, queryset: models.QuerySet[Any], sort: str) -> models.QuerySet[Any]:
        """The queryset in the order that `?sort=` asks for; the primary key makes it total."""
        return queryset.order_by(*cls.orders(sort), "pk") if sort else queryset

    @classmethod
    def orders(cls, sort: str) -> list[OrderBy]:
        """What `?sort=` asks the database for; what is unknown comes last either way."""
        if not sort:
            return []
        column = next(column for column in cls.columns if column.key == sort.removeprefix("-"))
        return [_order(name, descending=sort.startswith("-") != name.startswith("-")) for name in column.sort]

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
            {
                "cells": [self._shown_cell(column, row) for column in self.columns],
                "late": self.is_late(row),
                "key": getattr(row, "uid", "") if self.selects else "",
                "name": str(row) if self.selects else "",
            }
            for row in self.rows
        ]

    def _shown_cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = self.cell(column, row)
        if self.seen and column.kind == "subject" and row.updated_at > self.seen:
            cell["tag"] = _("Changed since you last looked")
        return cell

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        """One cell, with the hits of the search in it; a table that adds a second line overrides this."""
        return {
            "kind": column.kind,
            "value": shown(column.of(row), column.kind),
            "url": column.link(row) if column.link else None,
            "chip": column.chip(row) if column.chip else None,
            **self._hits(column, row),
        }

    def _hits(self, column: Column, row: Any) -> dict[str, Any]:
        """Marks in number and title; below the title the place of the first hit that stands elsewhere."""
        query = self.query.get("q", "")
        if not query or column.kind not in {"subject", "code"} or not isinstance(row, Searched):
            return {}
        value = shown(column.of(row), column.kind)
        if column.kind == "code":
            return {"mark": mark(value, query)}
        elsewhere = first_elsewhere(query, row.searched_texts(), row.title_texts)
        return {"mark": mark(value, query), "excerpt": mark(excerpt(elsewhere, query), query) if elsewhere else ""}

    def is_late(self, row: Any) -> bool:
        """Whether the row is marked as overdue."""
        return False

    @classmethod
    def export_columns(cls, keys: Collection[str] | None = None) -> list[ExportColumn]:
        columns = cls.chosen(keys)
        return [ExportColumn(column.key, str(column.label), EXPORT_KINDS[column.kind]) for column in columns]

    @classmethod
    def export_rows(cls, rows: Iterable[Any], keys: Collection[str] | None = None) -> Iterable[list[Any]]:
        columns = cls.chosen(keys)
        return ([column.of(row) for column in columns] for row in rows)


def _order(name: str, *, descending: bool) -> OrderBy:
    by = models.F(name.removeprefix("-"))
    return by.desc(nulls_last=True) if descending else by.asc(nulls_last=True)
