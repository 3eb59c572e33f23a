"""The columns of the list of grant programmes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.budget.choices import GrantStatus
from apps.core import clock
from apps.core.tables import Column, Table
from apps.core.workdays import workdays_between


def state_of(row: Any) -> str:
    """The state as of today, in words."""
    return str(GrantStatus(row.shown_status).label)


def state_chip(row: Any) -> str:
    """The look of the state."""
    over = {GrantStatus.REQUIREMENTS_UNMET, GrantStatus.CLOSED}
    if row.shown_status in over:
        return "bar"
    return "half blue" if row.shown_status == GrantStatus.OPEN else "ring"


def days_left(row: Any) -> int | None:
    """Working days until it closes."""
    today: date = clock.today()
    open_ = row.closes_on and row.closes_on >= today and row.shown_status != GrantStatus.CLOSED
    return workdays_between(today, row.closes_on) if open_ else None


class GrantTable(Table):
    """Grant programmes with their windows, the next to close first."""

    caption = _("Grant programmes")
    default_sort = "closes_on"
    columns = (
        Column("number", _("Number"), "code", value=lambda row: row.number or "", sort=("number",)),
        Column("name", _("Name"), "subject", sort=("name",), link=lambda row: row.get_absolute_url()),
        Column("status", _("State"), "chip", value=state_of, chip=state_chip),
        Column("window", _("Dates are"), value=lambda row: row.get_window_display()),
        Column("opens_on", _("Opens"), "date", sort=("opens_on",)),
        Column("closes_on", _("Apply by"), "date", sort=("by_close", "closes_on")),
        Column("left", _("Working days left"), "number", value=days_left),
        Column("checked_on", _("Checked on"), "date", sort=("checked_on",)),
        Column("kind", _("Kind")),
        Column("ministry", _("Ministry"), sort=("ministry",)),
        Column("rate", _("Rate"), value="rate_text"),
        Column("cap_k", _("Cap (thousand yen)"), "number", sort=("cap_k",)),
        Column("proposals", _("Proposals"), "number", value="riding", sort=("riding",)),
    )
    default_columns = (
        "name",
        "status",
        "window",
        "opens_on",
        "closes_on",
        "left",
        "kind",
        "rate",
        "cap_k",
        "proposals",
    )
