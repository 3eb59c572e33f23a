"""The columns of the lists of visions, policies and initiatives."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.search import mark
from apps.core.tables import Column, Table
from apps.hurdles.choices import HEALTH_CHIPS
from apps.roadmap.selectors import is_late_policy, is_stalled, next_milestone, progress_of
from apps.roadmap.selectors.coverage import initiatives_of_item


def _url(record: Any) -> str:
    return record.get_absolute_url() if record else ""


def _name(record: Any) -> str | None:
    """A linked record by its number; one without a number by its title."""
    return (record.number or str(record)) if record else None


class _RoadmapTable(Table):
    """Marks what was searched for, and says in words which date has passed."""

    due_column: ClassVar[str] = ""

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.key == "title":
            cell["mark"] = mark(row.title, query)
        if column.key == self.due_column and self.is_late(row):
            cell["sub"] = _("Overdue")
        return cell


def _achievement(vision: Any) -> str | None:
    """How many of last year's targets were met; nothing where there were none."""
    if not vision.target_count:
        return None
    return _("%(met)d of %(all)d") % {"met": vision.met_count, "all": vision.target_count}


class VisionTable(_RoadmapTable):
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
        Column("title", gettext_lazy("Vision"), "subject", sort=("title",), link=_url),
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
            value=lambda row: _name(row.serves),
            link=lambda row: _url(row.serves),
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


class PolicyTable(_RoadmapTable):
    """Policies with their date and who has adopted them."""

    caption = gettext_lazy("List of policies")
    default_columns = (
        "number", "title", "kind", "status", "goal", "target_date", "bound", "adopted", "hurdles", "initiatives",
    )  # fmt: skip
    default_sort = "number"
    due_column = "target_date"
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("title", gettext_lazy("Policy"), "subject", sort=("title",), link=_url),
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


def _titles(records: Any) -> str:
    """Several records in one cell of a file."""
    return "、".join(f"{each.number or ''} {each}".strip() for each in records)


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
        Column("initiatives", gettext_lazy("Initiatives"), value=lambda row: _titles(initiatives_of_item(row))),
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
            cell["links"] = [(_vision_words(each), _url(each)) for each in row.visions.all()]
        if column.key == "initiatives":
            cell["links"] = [(_titles([each]), _url(each)) for each in initiatives_of_item(row)]
        return cell


class IndicatorTable(Table):
    """Indicators with the last ended year: what was wanted, what was measured, and whether it is enough."""

    caption = gettext_lazy("Indicators")
    default_sort = "owner"
    columns = (
        Column(
            "name",
            gettext_lazy("Indicator"),
            "subject",
            sort=("name",),
            link=lambda row: f"{_url(row.owner)}#indicators",
        ),
        Column(
            "owner",
            gettext_lazy("Belongs to"),
            value=lambda row: _titles([row.owner]),
            sort=("vision__number", "initiative__number", "order"),
        ),
        Column("lead_unit", gettext_lazy("Lead unit"), value="initiative.lead_unit.name"),
        Column("unit", gettext_lazy("Unit of measure"), sort=("unit",)),
        Column("baseline", gettext_lazy("Baseline"), "number", value=lambda row: _normal(row.baseline)),
        Column("last_target", gettext_lazy("Target last year"), "number", value=lambda row: _normal(row.last_target)),
        Column("last_actual", gettext_lazy("Actual last year"), "number", value=lambda row: _normal(row.last_actual)),
        Column("met", gettext_lazy("Met"), value=lambda row: {True: _("Met"), False: _("Not met")}.get(row.last_met)),
        Column(
            "missing",
            gettext_lazy("Years not measured"),
            "number",
            value=lambda row: row.missing or None,
            sort=("missing",),
        ),
    )


def _normal(value: Any) -> Any:
    """A decimal without the zeros that the column adds."""
    return None if value is None else value.normalize()


def _milestone(initiative: Any) -> str | None:
    """The next milestone with its quarter, in one line."""
    milestone = next_milestone(initiative)
    if not milestone:
        return None
    when = _("%(year)s Q%(quarter)s") % {"year": milestone.fiscal_year.short, "quarter": milestone.quarter}
    return f"{when} {milestone.text}"


class InitiativeTable(_RoadmapTable):
    """Initiatives with who leads them, their dates, and where these do not fit."""

    caption = gettext_lazy("List of initiatives")
    default_sort = "number"
    # With all of them the last ones are out of sight at a desk.
    default_columns = (
        "number",
        "title",
        "area",
        "lead_unit",
        "status",
        "health",
        "progress",
        "starts_on",
        "ends_on",
        "milestone",
    )
    due_column = "ends_on"
    columns = (
        Column("number", gettext_lazy("Number"), "code", sort=("number",)),
        Column("title", gettext_lazy("Initiative"), "subject", sort=("title",), link=_url),
        Column("area", gettext_lazy("Area"), sort=("area",)),
        Column("lead_unit", gettext_lazy("Lead unit"), value="lead_unit.name", sort=("lead_unit__order",)),
        Column(
            "status",
            gettext_lazy("State"),
            "chip",
            value=lambda row: row.get_status_display(),
            sort=("status",),
            chip=lambda row: row.status_chip,
        ),
        Column(
            "health",
            gettext_lazy("Health"),
            "chip",
            value=lambda row: row.get_health_display(),
            sort=("health",),
            chip=lambda row: HEALTH_CHIPS.get(row.health),
        ),
        Column("progress", gettext_lazy("Share done"), value=lambda row: progress_of(row).words or None),
        Column("starts_on", gettext_lazy("Starts on"), "date", sort=("starts_on",)),
        Column("ends_on", gettext_lazy("Ends on"), "date", sort=("ends_on",)),
        Column("milestone", gettext_lazy("Next milestone"), value=_milestone),
        Column(
            "vision",
            gettext_lazy("Vision"),
            "code",
            value=lambda row: _name(row.vision),
            link=lambda row: _url(row.vision),
        ),
        Column(
            "policy",
            gettext_lazy("Policy"),
            "code",
            value=lambda row: _name(row.policy),
            link=lambda row: _url(row.policy),
        ),
        Column(
            "plan_item", gettext_lazy("Comprehensive plan"), "code", value="plan_item.code", sort=("plan_item__code",)
        ),
    )

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "title" and row.in_conflict:
            cell["sub"] = _("Starts before what it needs has ended")
        elif column.key == "title" and row.by_team:
            cell["sub"] = _("Carried out by the team itself")
        if column.key == "progress":
            cell["sub"] = progress_of(row).in_short
        if column.key == "health" and is_stalled(row):
            cell["sub"] = _("No news for long")
        return cell

    def is_late(self, row: Any) -> bool:
        return bool(row.is_late)


class BaselineTable(Table):
    """Baselines with what has slipped since."""

    caption = gettext_lazy("List of baselines")
    default_sort = "-frozen_on"
    css = "table--mid"
    columns = (
        Column("name", gettext_lazy("Name"), "subject", sort=("name",), link=_url),
        Column("frozen_on", gettext_lazy("Frozen on"), "date", sort=("frozen_on",)),
        Column("frozen_by", gettext_lazy("Frozen by"), value="frozen_by.name"),
        Column("held", gettext_lazy("Initiatives"), "number", sort=("held",)),
        Column("slipped", gettext_lazy("End later today"), "number", sort=("slipped",)),
        Column("note", gettext_lazy("Note")),
    )


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
            link=lambda row: _url(row.initiative),
        ),
        Column("implemented_on", gettext_lazy("Implemented on"), "date", sort=("implemented_on",)),
        Column("used_by", gettext_lazy("Used by"), sort=("used_by",)),
        Column("hours_saved", gettext_lazy("Hours saved a year"), "number", sort=("hours_saved",)),
        Column("note", gettext_lazy("Note")),
        Column("number", gettext_lazy("Number"), "code", value="initiative.number", sort=("initiative__number",)),
        Column("initiative", gettext_lazy("Initiative"), value="initiative.title", sort=("initiative__title",)),
        Column("lead_unit", gettext_lazy("Lead unit"), value="initiative.lead_unit.name"),
    )
