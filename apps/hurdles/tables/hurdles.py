"""The columns of the list of hurdles."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.core import clock
from apps.core.tables import Column, Table
from apps.hurdles.choices import HEALTH_CHIPS, Health
from apps.hurdles.models import Hurdle


def _main_basis(hurdle: Hurdle) -> str:
    bases = list(hurdle.legal_bases.all())
    return bases[0].level.name if bases else ""


def _health_chip(hurdle: Hurdle) -> str | None:
    return HEALTH_CHIPS.get(Health(hurdle.health)) if hurdle.health else None


def _themes(hurdle: Hurdle) -> str:
    return "、".join(theme.name for theme in hurdle.themes.all())


def days_old(hurdle: Hurdle) -> int | None:
    """Days since it was reported; of a closed one, until it was closed."""
    if hurdle.reported_on is None:
        return None
    end = hurdle.status_since if hurdle.is_closed and hurdle.status_since else clock.today()
    return max(0, (end - hurdle.reported_on).days)


class HurdleTable(Table):
    """Hurdles as headquarters and sections read them; whoever looks chooses the columns."""

    caption = _("List of hurdles")
    default_sort = "-severity"
    default_columns = (
        "number", "title", "owning_unit", "status", "health", "severity", "hours_lost", "basis", "endorsements",
        "target_date",
    )  # fmt: skip
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
        Column(
            "health",
            _("Health"),
            "chip",
            value=lambda row: row.get_health_display(),
            sort=("health",),
            chip=_health_chip,
        ),
        Column("category", _("Category"), value="category.name", sort=("category__order",)),
        Column("themes", _("Themes"), value=_themes),
        Column("scope", _("Scope"), value=lambda row: row.get_scope_display(), sort=("scope",)),
        Column("severity", _("Severity"), "number", sort=("severity", "hours_lost")),
        Column(
            "hours_lost",
            _("Hours/year"),
            "number",
            value=lambda row: row.hours_lost or None,
            sort=("hours_lost",),
        ),
        Column("yen_lost", _("Yen/year"), "number", value=lambda row: row.yen_lost or None, sort=("yen_lost",)),
        Column("citizens", _("Citizens/year"), "number", value="citizens_affected", sort=("citizens_affected",)),
        Column("basis", _("Main basis"), value=_main_basis),
        Column(
            "endorsements",
            _("Ours too"),
            "number",
            value=lambda row: row.endorsements_count or None,
            sort=("endorsements_count",),
        ),
        Column("next_action", _("Next action")),
        Column("next_action_on", _("Next action by"), "date", sort=("next_action_on",)),
        Column("next_action_unit", _("Unit of the next action"), value="next_action_unit.name"),
        Column("first_target_date", _("First agreed date"), "date", sort=("first_target_date",)),
        Column("target_date", _("Target date"), "date", sort=("target_date",)),
        Column("age", _("Days since reported"), "number", value=days_old, sort=("-reported_on",)),
        Column("reporting_unit", _("Reporting unit"), value="reporting_unit.name", sort=("reporting_unit__order",)),
        Column("reported_on", _("Reported on"), "date", sort=("reported_on",)),
        Column("progressed_on", _("Last progress on"), "date", sort=("progressed_on",)),
        Column("status_since", _("In this state since"), "date", sort=("status_since",)),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "title" and row.endorsements_count and not self.shows("endorsements"):
            count = row.endorsements_count
            words = ngettext("Ours too: %(count)d section", "Ours too: %(count)d sections", count)
            cell["sub"] = words % {"count": count}
        return cell

    def is_late(self, row: Hurdle) -> bool:
        return self.is_overdue(row)

    @staticmethod
    def is_overdue(row: Hurdle) -> bool:
        return bool(row.target_date and row.target_date < clock.today() and not row.is_closed)
