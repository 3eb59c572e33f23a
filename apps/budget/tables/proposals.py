"""The columns of the list of proposals."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import money
from apps.core.tables import Column, Table


class ProposalTable(Table):
    """Proposals with what is asked for and who pays; all amounts in 千円."""

    caption = _("Budget proposals (thousand yen)")
    default_sort = "code"
    columns = (
        Column("code", _("Project code"), "code", value="project_code", sort=("project_code",)),
        Column("name", _("Project"), "subject", sort=("name",), link=lambda row: row.get_absolute_url()),
        Column("unit", _("Requesting unit"), value="requesting_unit.name", sort=("requesting_unit__order",)),
        Column("kind", _("Kind of request"), value=lambda row: row.get_kind_display()),
        Column("stage", _("Stage"), "chip", value="stage.name", sort=("stage__order",), chip=lambda _row: "half"),
        Column("request_k", _("Request"), "number", sort=("request_k",)),
        Column("change_k", _("Difference"), "number", sort=("change_k",)),
        Column("national_k", _("National"), "number", sort=("national_k",)),
        Column("prefecture_k", _("Prefecture"), "number", sort=("prefecture_k",)),
        Column("bond_k", _("Bonds"), "number", sort=("bond_k",)),
        Column("other_k", _("Other"), "number", sort=("other_k",)),
        Column("general_k", _("General revenue"), "number", sort=("general_k",)),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "change_k":
            cell["value"] = money.difference(row.change_k)
            ratio = money.change_ratio(row.previous_k, row.request_k)
            cell["sub"] = ratio if ratio in {"皆増", "皆減"} else None
        return cell

    @property
    def foot(self) -> list[dict[str, Any]]:
        """The sum of what this page shows."""
        rows = list(self.rows)
        return [self._foot_cell(column, rows) for column in self.columns] if rows else []

    def _foot_cell(self, column: Column, rows: Iterable[Any]) -> dict[str, Any]:
        if column.key == "name":
            return {"kind": "subject", "value": str(_("Total of the rows shown"))}
        if column.kind != "number":
            return {"kind": column.kind, "value": ""}
        return {"kind": "number", "value": money.signed(sum(getattr(row, column.key) for row in rows))}
