"""The short tables of the first pages."""

from django.utils.translation import gettext_lazy as _

from apps.core.tables import Column, Table


class NearbyHurdleTable(Table):
    """Hurdles that concern a person's units."""

    caption = ""
    css = "table--mid"
    columns = (
        Column("number", _("Number"), "code"),
        Column("title", _("Title"), "subject", link=lambda hurdle: hurdle.get_absolute_url()),
        Column("owning_unit", _("Owning unit"), value="owning_unit.name"),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda hurdle: hurdle.get_status_display(),
            chip=lambda hurdle: hurdle.status_chip,
        ),
        Column("hours_lost", _("Hours/year"), "number", value=lambda row: row.hours_lost or None),
        Column("target_date", _("Target date"), "date"),
    )
