"""The columns of the list of what the team implemented itself."""

from django.utils.translation import gettext_lazy

from apps.core.tables import Column, Table
from apps.roadmap.tables.cells import url_of


class ImplementationTable(Table):
    """What the promotion team implemented itself, and the hours that it saves."""

    caption = gettext_lazy("List of what the team implemented itself")
    default_sort = "-implemented_on"
    columns = (
        Column(
            "title",
            gettext_lazy("What was implemented"),
            "subject",
            sort=("title",),
            link=lambda row: url_of(row.initiative),
        ),
        Column("implemented_on", gettext_lazy("Implemented on"), "date", sort=("implemented_on",)),
        Column("used_by", gettext_lazy("Used by"), sort=("used_by",)),
        Column("hours_saved", gettext_lazy("Hours saved a year"), "number", sort=("hours_saved",)),
        Column("note", gettext_lazy("Note")),
        Column("number", gettext_lazy("Number"), "code", value="initiative.number", sort=("initiative__number",)),
        Column("initiative", gettext_lazy("Initiative"), value="initiative.title", sort=("initiative__title",)),
        Column("lead_unit", gettext_lazy("Lead unit"), value="initiative.lead_unit.name"),
    )
