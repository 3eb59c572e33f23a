"""What the tables of the training have in common."""

from typing import Any, ClassVar

from apps.core.search import mark
from apps.core.tables import Column, Table


def url_of(record: Any) -> str:
    """The address of a record, or none where there is no record."""
    return record.get_absolute_url() if record else ""


class MarkedTable(Table):
    """Marks what was searched for in the column of the name."""

    name_column: ClassVar[str] = "name"

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.key == self.name_column:
            cell["mark"] = mark(column.of(row), query)
        return cell
