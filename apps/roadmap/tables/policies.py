"""The columns of the list of policies."""

from typing import Any

from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.roadmap.selectors import is_late_policy
from apps.roadmap.tables.cells import RoadmapTable, url_of


class PolicyTable(RoadmapTable):
    """Policies with their date and who has adopted them."""

    caption = gettext_lazy("List of policies")
    default_columns = (
        "number", "title", "kind", "status", "goal", "target_date", "bound", "adopted", "hurdles", "initiatives",
    )  # fmt: skip
    default_sort = "number"
    due_column = "target_date"
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("title", gettext_lazy("Policy"), "subject", sort=("title",), link=url_of),
        Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display(), sort=("kind",)),
        Column(
            "status",
            gettext_lazy("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            sort=("status",),
            chip=lambda row: row.status_chip,
        ),
        Column("goal", gettext_lazy("Goal")),
        Column("legal_level", gettext_lazy("What it changes"), value="legal_level.name", sort=("legal_level__order",)),
        Column("target_date", gettext_lazy("Target date"), "date", sort=("target_date",)),
        Column("in_force_on", gettext_lazy("In force on"), "date", sort=("in_force_on",)),
        Column("bound", gettext_lazy("Units bound"), "number", value=lambda row: row.bound or None, sort=("bound",)),
        Column(
            "adopted",
            gettext_lazy("Units that adopted it"),
            "number",
            value=lambda row: row.adopted if row.bound else None,
            sort=("adopted",),
        ),
        Column("hurdles", gettext_lazy("Hurdles"), "number", value=lambda row: len(row.hurdles.all())),
        Column("initiatives", gettext_lazy("Initiatives"), "number", value=lambda row: len(row.initiatives.all())),
    )

    def is_late(self, row: Any) -> bool:
        return is_late_policy(row)
