"""The columns of the list of visions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.tables import Column
from apps.roadmap.tables.cells import RoadmapTable, name_of, url_of


def _achievement(vision: Any) -> str | None:
    """How many of last year's targets were met; nothing where there were none."""
    if not vision.target_count:
        return None
    return _("%(met)d of %(all)d") % {"met": vision.met_count, "all": vision.target_count}


class VisionTable(RoadmapTable):
    """Visions with what they serve and what holds them back."""

    caption = gettext_lazy("List of visions")
    default_sort = "horizon"
    default_columns = (
        "number",
        "title",
        "horizon",
        "area",
        "statement",
        "target_year",
        "serves",
        "hurdles",
        "initiatives",
        "achievement",
    )
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("title", gettext_lazy("Vision"), "subject", sort=("title",), link=url_of),
        Column(
            "horizon",
            gettext_lazy("Horizon"),
            value=lambda row: row.get_horizon_display(),
            sort=("horizon", "number"),
        ),
        Column("area", gettext_lazy("Area"), sort=("area",)),
        Column("statement", gettext_lazy("Statement")),
        Column("target_year", gettext_lazy("Target fiscal year"), sort=("target_year",)),
        Column(
            "serves",
            gettext_lazy("Serves"),
            "code",
            value=lambda row: name_of(row.serves),
            link=lambda row: url_of(row.serves),
        ),
        Column("hurdles", gettext_lazy("Open hurdles"), "number", value="hurdle_count", sort=("hurdle_count",)),
        Column(
            "initiatives",
            gettext_lazy("Initiatives"),
            "number",
            value="initiative_count",
            sort=("initiative_count",),
        ),
        Column(
            "plan_item", gettext_lazy("Comprehensive plan"), "code", value="plan_item.code", sort=("plan_item__code",)
        ),
        Column("achievement", gettext_lazy("Met last year"), value=_achievement),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "achievement" and row.unmeasured_count:
            cell["sub"] = _("%(count)d not measured") % {"count": row.unmeasured_count}
        return cell
