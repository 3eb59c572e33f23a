"""The year's proposals as investments; amounts in 千円, initial and running cost in yen as in the cost lines."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.selectors.investment_view import row_effect, row_payback
from apps.budget.tables.foot import FootedTable
from apps.core.tables import Column

NEVER = _("does not pay back")


def _payback(row: Any, *, granted: bool) -> Decimal | str | None:
    """The years; in words where it never pays back, nothing where nobody knows or nothing is to pay back."""
    effect = row_effect(row)
    if not effect.is_known or not row.initial_yen:
        return None
    return row_payback(row, granted=granted) if effect.yearly_k > 0 else str(NEVER)


class InvestmentTable(FootedTable):
    """No order of merit: what pays back in how many years is said, and not sorted by."""

    caption = _("Proposals as investments")
    default_sort = "code"
    css = "table--wide table--dense"
    columns = (
        Column("code", _("Project code"), "code", value="project_code", sort=("project_code",)),
        Column(
            "name", _("Project"), "subject", sort=("name",), link=lambda row: f"{row.get_absolute_url()}#investment"
        ),
        Column("unit", _("Requesting unit"), value="requesting_unit.name", sort=("requesting_unit__order",)),
        Column("request_k", _("Request (thousand yen)"), "number", sort=("request_k",)),
        Column("initial_yen", _("Initial (yen)"), "number", sort=("initial_yen",)),
        Column("running_yen", _("Running (yen)"), "number", sort=("running_yen",)),
        Column("five_k", _("Five years (thousand yen)"), "number", sort=("five_k",)),
        Column("own_with_k", _("City's share, with grants (thousand yen)"), "number", sort=("own_with_k",)),
        Column("own_without_k", _("City's share, without (thousand yen)"), "number", sort=("own_without_k",)),
        Column("hours_saved", _("Hours returned a year"), "number", sort=("hours_saved",)),
        Column("yen_saved", _("Yen saved a year"), "number", sort=("yen_saved",)),
        Column("citizen_hours_saved", _("Hours of citizens a year"), "number", sort=("citizen_hours_saved",)),
        Column("payback_with", _("Pays back, with grants (years)"), value=lambda row: _payback(row, granted=True)),
        Column("payback_without", _("Pays back, without (years)"), value=lambda row: _payback(row, granted=False)),
        Column("payback_said", _("Estimate of the section (years)"), value="payback_years"),
    )
    default_columns = (
        "code",
        "name",
        "unit",
        "initial_yen",
        "running_yen",
        "five_k",
        "own_with_k",
        "own_without_k",
        "hours_saved",
        "payback_with",
        "payback_without",
        "payback_said",
    )
