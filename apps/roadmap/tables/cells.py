"""How the tables of the roadmap name, link and mark their records."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from apps.core.search import mark
from apps.core.tables import Column, Table


def url_of(record: Any) -> str:
    return record.get_absolute_url() if record else ""


def name_of(record: Any) -> str | None:
    """A linked record by its number; one without a number by its title."""
    return (record.number or str(record)) if record else None


def titles_of(records: Any) -> str:
    """Several records in one cell of a file."""
    return "、".join(f"{each.number or ''} {each}".strip() for each in records)


class RoadmapTable(Table):
    """Marks what was searched for, and says in words which date has passed."""

    due_column: ClassVar[str] = ""

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.key == "title":
            cell["mark"] = mark(row.title, query)
        if column.key == self.due_column and self.is_late(row):
            cell["sub"] = _("Overdue")
        return cell
