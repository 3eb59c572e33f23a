"""The columns of the list of grant programmes."""

from django.utils.translation import gettext_lazy as _

from apps.core.tables import Column, Table


class GrantTable(Table):
    """Grant programmes with their windows."""

    caption = _("Grant programmes")
    default_sort = "closes_on"
    columns = (
        Column("name", _("Name"), "subject", sort=("name",), link=lambda row: row.get_absolute_url()),
        Column("ministry", _("Ministry"), sort=("ministry",)),
        Column("kind", _("Kind")),
        Column("rate", _("Rate"), value="rate_text"),
        Column("cap_k", _("Cap (thousand yen)"), "number", sort=("cap_k",)),
        Column("opens_on", _("Opens"), "date", sort=("opens_on",)),
        Column("closes_on", _("Apply by"), "date", sort=("closes_on",)),
        Column("window", _("Dates are"), value=lambda row: row.get_window_display()),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            chip=lambda row: row.chip,
        ),
        Column("proposals", _("Proposals"), "number", value=lambda row: len(row.proposals.all())),
    )
