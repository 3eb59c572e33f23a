"""The columns of the list of indicators."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.tables import Column, Table
from apps.roadmap.tables.cells import titles_of, url_of


class IndicatorTable(Table):
    """Indicators with the last ended year: what was wanted, what was measured, and whether it is enough."""

    caption = gettext_lazy("Indicators")
    default_sort = "owner"
    columns = (
        Column(
            "name",
            gettext_lazy("Indicator"),
            "subject",
            sort=("name",),
            link=lambda row: f"{url_of(row.owner)}#indicators",
        ),
        Column(
            "owner",
            gettext_lazy("Belongs to"),
            value=lambda row: titles_of([row.owner]),
            sort=("vision__number", "initiative__number", "order"),
        ),
        Column("lead_unit", gettext_lazy("Lead unit"), value="initiative.lead_unit.name"),
        Column("unit", gettext_lazy("Unit of measure"), sort=("unit",)),
        Column("baseline", gettext_lazy("Baseline"), "number", value=lambda row: _normal(row.baseline)),
        Column("last_target", gettext_lazy("Target last year"), "number", value=lambda row: _normal(row.last_target)),
        Column("last_actual", gettext_lazy("Actual last year"), "number", value=lambda row: _normal(row.last_actual)),
        Column("met", gettext_lazy("Met"), value=lambda row: {True: _("Met"), False: _("Not met")}.get(row.last_met)),
        Column(
            "missing",
            gettext_lazy("Years not measured"),
            "number",
            value=lambda row: row.missing or None,
            sort=("missing",),
        ),
    )


def _normal(value: Any) -> Any:
    """A decimal without the zeros that the column adds."""
    return None if value is None else value.normalize()
