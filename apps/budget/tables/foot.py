"""A table of proposals with a foot: the sum of what the page shows."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.core import money
from apps.core.tables import Column, Table


class FootedTable(Table):
    """Sums its columns of numbers; an empty cell adds nothing, and a column of empty cells has no sum."""

    @property
    def foot(self) -> list[dict[str, Any]]:
        """The sum of what this page shows."""
        rows = list(self.rows)
        return [self._foot_cell(column, rows) for column in self.columns] if rows else []

    def _foot_cell(self, column: Column, rows: Iterable[Any]) -> dict[str, Any]:
        if column.key == "name":
            return {"kind": "subject", "value": _("Total of the rows shown")}
        if column.kind != "number":
            return {"kind": column.kind, "value": ""}
        amounts = [amount for row in rows if (amount := getattr(row, column.key)) is not None]
        return {"kind": "number", "value": money.signed(sum(amounts)) if amounts else "－"}
