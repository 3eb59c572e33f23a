"""The columns of the list of petitions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.search import mark
from apps.core.tables import Column, Table
from apps.petitions.models import Petition


class PetitionTable(Table):
    """Petitions with the channel, the state and the day on which they must be handed in."""

    caption = _("List of petitions")
    default_sort = "-fiscal_year"
    columns = (
        Column("number", _("Number"), "code", sort=("number",)),
        Column("title", _("Title"), "subject", sort=("title",), link=lambda row: row.get_absolute_url()),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            sort=("status",),
            chip=lambda row: row.status_chip,
        ),
        Column("classification", _("Kind of petition"), value=lambda row: row.get_classification_display()),
        Column("channel", _("Channel"), value="channel.name", sort=("channel__order",)),
        Column("ministries", _("Ministries"), value=lambda row: "、".join(row.ministries)),
        Column(
            "hurdles",
            _("Hurdles"),
            value=lambda row: "、".join(hurdle.number for hurdle in row.seen_hurdles if hurdle.number),
        ),
        Column("fiscal_year", _("Fiscal year"), sort=("fiscal_year",)),
        Column("submission_on", _("Submission"), "date", sort=("submission_on",)),
    )

    def cell(self, column: Column, row: Petition) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.key == "title":
            cell["mark"] = mark(row.title, query)
        if column.key == "submission_on" and row.submission_on and row.submission_on > clock.today():
            cell["sub"] = _("planned")
        return cell

    def is_late(self, row: Petition) -> bool:
        return row.is_late
