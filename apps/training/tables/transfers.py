"""The columns of the list of known transfers, for the personnel section alone."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.tables import Column
from apps.core.writers import Column as ExportColumn
from apps.training.tables.cells import MarkedTable


def _page_of(transfer: Any) -> str:
    return reverse("training:person-detail", args=[transfer.person.employee_number])


def _withdrawal(transfer: Any) -> str:
    return reverse("training:transfer-withdraw", args=[transfer.uid])


class TransferTable(MarkedTable):
    """Who goes where and when; people who belong to a profile are missing from then on."""

    caption = gettext_lazy("List of known transfers")
    default_sort = "effective_on"
    name_column = "person"
    columns = (
        Column(
            "person", gettext_lazy("Employee"), "subject", value="person.name", sort=("person__kana",), link=_page_of
        ),
        Column("employee_number", gettext_lazy("Employee number"), "code", value="person.employee_number"),
        Column("effective_on", gettext_lazy("Takes effect on"), "date", sort=("effective_on",)),
        Column("kind", gettext_lazy("Kind of transfer"), value=lambda row: row.get_kind_display(), sort=("kind",)),
        Column("from_unit", gettext_lazy("Sits in"), value="person.unit.name"),
        Column("to_unit", gettext_lazy("To unit"), value="to_unit.name", sort=("to_unit__order",)),
        Column(
            "recognised", gettext_lazy("Belongs to a profile"), value=lambda row: _("Yes") if row.recognised else ""
        ),
        Column("note", gettext_lazy("Note")),
        Column("act", gettext_lazy("Act"), value=lambda _row: _("Take back"), link=_withdrawal),
    )

    @classmethod
    def export_columns(cls, keys: Collection[str] | None = None) -> list[ExportColumn]:
        return super().export_columns(cls._in_file(keys))

    @classmethod
    def export_rows(cls, rows: Iterable[Any], keys: Collection[str] | None = None) -> Iterable[list[Any]]:
        return super().export_rows(rows, cls._in_file(keys))

    @classmethod
    def _in_file(cls, keys: Collection[str] | None) -> list[str]:
        """What one does with a row is no part of a file."""
        return [column.key for column in cls.chosen(keys) if column.key != "act"]

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "effective_on" and row.effective_on <= clock.today():
            cell["sub"] = _("Day has passed")
        return cell
