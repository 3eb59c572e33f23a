"""The columns of the list of baselines."""

from django.utils.translation import gettext_lazy

from apps.core.tables import Column, Table
from apps.roadmap.tables.cells import url_of


class BaselineTable(Table):
    """Baselines with what has slipped since."""

    caption = gettext_lazy("List of baselines")
    default_sort = "-frozen_on"
    css = "table--mid"
    columns = (
        Column("name", gettext_lazy("Name"), "subject", sort=("name",), link=url_of),
        Column("frozen_on", gettext_lazy("Frozen on"), "date", sort=("frozen_on",)),
        Column("frozen_by", gettext_lazy("Frozen by"), value="frozen_by.name"),
        Column("held", gettext_lazy("Initiatives"), "number", sort=("held",)),
        Column("slipped", gettext_lazy("End later today"), "number", sort=("slipped",)),
        Column("note", gettext_lazy("Note")),
    )
