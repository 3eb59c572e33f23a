"""The columns of the lists of meetings, directives and decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.core.search import mark
from apps.core.tables import Column, Table
from apps.decisions.models import Decision, Directive, Meeting


def minutes_words(meeting: Meeting) -> Any:
    """What can be said of the minutes: still to be held, a draft, or confirmed."""
    return _("To be held") if meeting.is_ahead else meeting.get_minutes_status_display()


def minutes_chip(meeting: Meeting) -> str:
    """A draft stands out: what is read there may still change."""
    if meeting.is_ahead:
        return "plain"
    return "orange half" if meeting.has_draft_minutes else "green full"


class _MarkedTable(Table):
    """Shows where the words of a search were found in the subject."""

    def cell(self, column: Column, row: Any) -> dict[str, Any]:
        cell = super().cell(column, row)
        query = self.query.get("q", "")
        if query and column.kind == "subject":
            cell["mark"] = mark(str(column.of(row)), query)
        return cell


class MeetingTable(_MarkedTable):
    """Meetings, the newest first."""

    caption = _("List of meetings")
    default_sort = "-held_on"
    columns = (
        Column("number", _("Number"), "code", sort=("number",)),
        Column("held_on", _("Date"), "date", sort=("held_on",)),
        Column("name", _("Name"), "subject", sort=("name",), link=lambda meeting: meeting.get_absolute_url()),
        Column("body", _("Body"), value="body.name", sort=("body__name",)),
        Column("agenda", _("Agenda items"), "number", value="agenda_count", sort=("agenda_count",)),
        Column("directives", _("Open directives"), "number", value="open_directives", sort=("open_directives",)),
        Column("minutes", _("Minutes"), "chip", value=minutes_words, sort=("minutes_status",), chip=minutes_chip),
    )


class DirectiveTable(_MarkedTable):
    """Directives, the next to be due first."""

    caption = _("List of directives")
    default_sort = "due_on"
    columns = (
        Column("number", _("Number"), "code", sort=("number",)),
        Column("text", _("Directive"), "subject", link=lambda directive: directive.get_absolute_url()),
        Column("unit", _("Unit in charge"), value="assigned_unit.name", sort=("assigned_unit__order",)),
        Column(
            "supporting",
            _("Supporting units"),
            value=lambda directive: "、".join(unit.name for unit in directive.supporting_units.all()),
        ),
        Column(
            "status",
            _("State"),
            "chip",
            value=lambda directive: directive.get_status_display(),
            sort=("status",),
            chip=lambda directive: directive.status_chip,
        ),
        Column("issued_on", _("Issued on"), "date", sort=("issued_on",)),
        Column("due_on", _("Due on"), "date", sort=("due_on",)),
        Column("days_over", _("Days over"), "number"),
    )

    def is_late(self, row: Directive) -> bool:
        return row.is_late


def decided_by(decision: Decision) -> str:
    """The meeting, or the number of the approval document 決裁."""
    return decision.meeting.name if decision.meeting else decision.approval_number


def address_of(record: Any) -> str:
    """Where a record lives; nothing where there is no record."""
    return str(record.get_absolute_url()) if record else ""


class DecisionTable(_MarkedTable):
    """Decisions, the newest first; by a meeting or by an approval document."""

    caption = _("List of decisions")
    default_sort = "-decided_on"
    columns = (
        Column("decided_on", _("Decided on"), "date", sort=("decided_on",)),
        Column("text", _("Decision"), "subject"),
        Column(
            "decided_by",
            _("Meeting or approval document"),
            value=decided_by,
            sort=("meeting__name", "approval_number"),
            link=lambda decision: address_of(decision.meeting),
        ),
        Column(
            "policy",
            _("Policy"),
            value="policy.title",
            link=lambda decision: address_of(decision.policy),
        ),
    )

    def cell(self, column: Column, row: Decision) -> dict[str, Any]:
        cell = super().cell(column, row)
        if column.key == "text" and row.item:
            cell["sub"] = _("Agenda item: %(title)s") % {"title": row.item.title}
        return cell
