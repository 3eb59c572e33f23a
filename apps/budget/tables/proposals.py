"""The columns of the list of proposals."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.selectors.told import is_decided_otherwise, told_result
from apps.budget.tables.foot import FootedTable
from apps.core import money
from apps.core.tables import Column


class ProposalTable(FootedTable):
    """Proposals with what is asked for and who pays; all amounts in 千円."""

    caption = _("Budget proposals (thousand yen)")
    default_sort = "code"
    css = "table--wide table--dense"
    columns = (
        Column("code", _("Project code"), "code", value="project_code", sort=("project_code",)),
        Column("name", _("Project"), "subject", sort=("name",), link=lambda row: row.get_absolute_url()),
        Column("unit", _("Requesting unit"), value="requesting_unit.name", sort=("requesting_unit__order",)),
        Column("kind", _("Kind of request"), value=lambda row: row.get_kind_display()),
        Column("stage", _("Stage"), "chip", value="stage_shown", sort=("stage_rank",), chip=lambda _row: "half"),
        Column("request_k", _("Request"), "number", sort=("request_k",)),
        Column("change_k", _("Difference to the previous year"), "number", sort=("change_k",)),
        Column("decided_k", _("Appraised or budgeted"), "number", sort=("decided_k",)),
        Column("result", _("Result"), value=told_result),
        Column("national_k", _("National"), "number", sort=("national_k",)),
        Column("prefecture_k", _("Prefecture"), "number", sort=("prefecture_k",)),
        Column("bond_k", _("Bonds"), "number", sort=("bond_k",)),
        Column("other_k", _("Other"), "number", sort=("other_k",)),
        Column("general_k", _("General revenue"), "number", sort=("general_k",)),
    )
    default_columns = tuple(column.key for column in columns if column.key != "result")

    @property
    def goes_beyond_the_request(self) -> bool:
        """Whether the sources of a row are no longer those of the amount beside them."""
        return any(is_decided_otherwise(row) for row in self.rows)

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "change_k":
            cell["value"] = money.difference(row.change_k)
            ratio = money.change_ratio(row.previous_k, row.request_k)
            cell["sub"] = ratio if ratio in {"皆増", "皆減"} else None
        if column.key == "stage" and not self.shows("result"):
            cell["sub"] = told_result(row)
        return cell
