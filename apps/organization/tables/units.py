"""The columns of the list of units."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.tables import Column, Table
from apps.organization.models import Unit


def _past_names(unit: Unit) -> str:
    return "、".join(dict.fromkeys(old.name for old in unit.predecessors.all()))


def _becomes(unit: Unit) -> str:
    return "、".join(each.name for each in unit.successors.all())


class UnitTable(Table):
    """Units in the order of the administration: each department with its sections."""

    caption = gettext_lazy("List of units")
    default_sort = "order"
    css = "table--mid"
    columns = (
        Column("order", gettext_lazy("Code"), "code", value="code", sort=("order", "code")),
        Column("name", gettext_lazy("Unit"), "subject"),
        Column("department", gettext_lazy("Department"), value="parent.name", sort=("parent__order", "order")),
        Column("people", gettext_lazy("People"), "number", value="people_count", sort=("people_count",)),
        Column("past", gettext_lazy("Past names"), value=_past_names),
        Column("valid_from", gettext_lazy("Valid from"), "date", sort=("valid_from",)),
        Column("valid_to", gettext_lazy("Valid to"), "date", sort=("valid_to",)),
        Column("becomes", gettext_lazy("Taken over by"), value=_becomes),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "name" and row.valid_to:
            cell["sub"] = _("until %(day)s") % {"day": wareki.format_date(row.valid_to)}
        return cell
