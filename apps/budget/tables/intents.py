"""The columns of the list of intents."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.budget.models import Intent
from apps.core import money
from apps.core.tables import Column, Table


def start_of(intent: Intent) -> str:
    """令和5年度第2四半期; the year alone where the quarter is open."""
    if not intent.quarter:
        return str(intent.fiscal_year)
    return gettext("%(year)s Q%(quarter)s") % {"quarter": intent.quarter, "year": intent.fiscal_year}


class IntentTable(Table):
    """What sections mean to ask for; rough amounts in 千円, no promise."""

    caption = _("List of intents (thousand yen)")
    default_sort = "unit"
    columns = (
        Column("unit", _("Section"), value="unit.name", sort=("unit__order",)),
        Column("title", _("Title"), "subject", sort=("title",), link=lambda row: row.get_absolute_url()),
        Column("amount_k", _("Rough amount (thousand yen)"), "number", sort=("amount_k",)),
        Column("start", _("Start"), value=start_of, sort=("fiscal_year", "quarter")),
        Column("source", _("Source of money"), sort=("source",)),
        Column("readiness", _("Readiness"), value=lambda row: row.get_readiness_display() or "", sort=("readiness",)),
        Column("answered_on", _("Answered on"), "date", sort=("answered_on",)),
    )

    @property
    def foot(self) -> list[dict[str, Any]]:
        """The sum of what this page shows; an intent without an amount adds nothing."""
        rows = list(self.rows)
        total = money.signed(sum(row.amount_k or 0 for row in rows))
        values = {"unit": str(_("Total of the rows shown")), "amount_k": total}
        cells = [{"kind": column.kind, "value": values.get(column.key, "")} for column in self.columns]
        return cells if rows else []


class SilentTable(Table):
    """Sections that have answered nothing."""

    caption = _("Sections without an answer")
    default_sort = "section"
    css = "table--mid"
    columns = (
        Column("code", _("Code"), "code"),
        Column("section", _("Section"), "subject", value="name", sort=("order",)),
        Column("department", _("Department"), value="parent.name", sort=("parent__order", "order")),
    )
