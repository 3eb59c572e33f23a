"""The columns of the list of common hurdles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.tables import Column, Table


class CommonHurdleTable(Table):
    """Common hurdles with how many they bundle and what these cost."""

    caption = _("List of common hurdles")
    default_sort = "number"
    columns = (
        Column("number", _("Number"), "code", sort=("number",)),
        Column("title", _("Title"), "subject", sort=("title",), link=lambda row: row.get_absolute_url()),
        Column("lead_unit", _("Lead unit"), value="lead_unit.name", sort=("lead_unit__order",)),
        Column("members", _("Bundled hurdles"), "number", sort=("members",)),
        Column("units", _("Units touched"), "number", sort=("units",)),
        Column("hours", _("Hours/year"), "number", value=lambda row: row.hours or None, sort=("hours",)),
        Column("direction", _("Direction")),
        Column("target_date", _("Target date"), "date", sort=("target_date",)),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "units" and row.touches_all:
            cell["value"] = _("Every unit")
        return cell

    def is_late(self, row: Any) -> bool:
        """Its day has passed and not all that it bundles has come to an end."""
        return bool(row.target_date and row.target_date < clock.today() and row.members_open)
