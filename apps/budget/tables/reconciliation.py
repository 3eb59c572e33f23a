"""The table of 予算照合."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.budget.selectors.reconciliation import Agreement
from apps.core.tables import Column, Table

CHIPS = {
    Agreement.AGREES: None,
    Agreement.DIFFERS: "orange alert",
    Agreement.ONLY_PORTAL: "orange half",
    Agreement.ONLY_FINANCE: "orange half",
    Agreement.PART: None,
    Agreement.PART_EXCEEDS: "red alert",
}


class ReconciliationTable(Table):
    caption = _("Amounts of the portal and of the finance system")
    columns = [
        Column("project_code", _("Project code"), "code", value="code"),
        Column("project", _("Project"), "subject"),
        Column("expense_item", _("Expense item"), value="item"),
        Column("portal_k", _("Portal (thousand yen)"), "number"),
        Column("finance_k", _("Finance system (thousand yen)"), "number"),
        Column("difference_k", pgettext_lazy("of two amounts", "Difference"), "number"),
        Column("state", _("State"), "chip", value="state.label", chip=lambda row: CHIPS[row.state]),
    ]

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "project" and row.is_part:
            cell["sub"] = _("of which DX, asked for inside this project")
        return cell
