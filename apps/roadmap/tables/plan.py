"""The columns of the items of the comprehensive plan."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.tables import Column, Table
from apps.roadmap.selectors.coverage import initiatives_of_item
from apps.roadmap.tables.cells import titles_of, url_of


def _vision_words(vision: Any) -> str:
    """A vision of the plan: its two horizons often bear one title."""
    return f"{vision.number or ''} {vision.get_horizon_display()} {vision}".strip()


def _gap(item: Any) -> str:
    """What is missing under an item of the plan, in words."""
    missing = [
        *([] if item.has_vision else [_("No vision")]),
        *([] if item.has_initiative else [_("No initiative")]),
    ]
    return "、".join(missing)


class PlanItemTable(Table):
    """The items of the comprehensive plan with what is under each."""

    caption = gettext_lazy("Items of the comprehensive plan")
    default_sort = "code"
    columns = (
        Column("code", gettext_lazy("Code"), "code", sort=("-plan__from_year", "code")),
        Column("name", gettext_lazy("Item of the plan"), "subject", sort=("name",)),
        Column("plan", gettext_lazy("Comprehensive plan"), value="plan.name", sort=("plan__from_year",)),
        Column("visions", gettext_lazy("Visions"), value=lambda row: "、".join(map(_vision_words, row.visions.all()))),
        Column("initiatives", gettext_lazy("Initiatives"), value=lambda row: titles_of(initiatives_of_item(row))),
        Column(
            "gap",
            gettext_lazy("Gaps"),
            "chip",
            value=_gap,
            sort=("has_initiative", "has_vision", "code"),
            chip=lambda row: "orange alert" if _gap(row) else None,
        ),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "visions":
            cell["links"] = [(_vision_words(each), url_of(each)) for each in row.visions.all()]
        if column.key == "initiatives":
            cell["links"] = [(titles_of([each]), url_of(each)) for each in initiatives_of_item(row)]
        return cell
