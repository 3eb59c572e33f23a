"""The columns of the list of hurdles."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.core import clock
from apps.core.search import mark
from apps.core.tables import Column, Table
from apps.hurdles.models import Hurdle


def _main_basis(hurdle: Hurdle) -> str:
    bases = list(hurdle.legal_bases.all())
    return bases[0].level.name if bases else ""


class HurdleTable(Table):
    """Hurdles as headquarters and sections read them."""

    caption = _("List of hurdles")
    default_sort = "-severity"
    columns = (
        Column("number", _("Number"), "code", sort=("number",)),
        Column("title", _("Title"), "subject", link=lambda hurdle: hurdle.get_absolute_url()),
        Column("owning_unit", _("Owning unit"), value="owning_unit.name", sort=("owning_unit__order",)),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda hurdle: hurdle.get_status_display(),
            sort=("status",),
            chip=lambda hurdle: hurdle.status_chip,
        ),
        Column("category", _("Category"), value="category.name", sort=("category__order",)),
        Column("severity", _("Severity"), "number", sort=("severity", "hours_lost")),
        Column(
            "hours_lost",
            _("Hours/year"),
            "number",
            value=lambda row: row.hours_lost or None,
            sort=("hours_lost",),
        ),
        Column("basis", _("Main basis"), value=_main_basis),
        Column("target_date", _("Target date"), "date", sort=("target_date",)),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key != "title":
            return cell
        if query := self.query.get("q", ""):
            cell["mark"] = mark(row.title, query)
        if count := row.endorsements_count:
            cell["sub"] = ngettext("Ours too: %(count)d section", "Ours too: %(count)d sections", count) % {
                "count": count
            }
        return cell

    def is_late(self, row: Hurdle) -> bool:
        return bool(row.target_date and row.target_date < clock.today() and not row.is_closed)
