"""How it was worked out: meetings with what they decided, and the directives of headquarters."""

from django.utils.translation import gettext as _

from apps.core.documents import Block, DataTable, TableColumn
from apps.core.fiscal import FiscalYear
from apps.core.registry import Standpoint
from apps.decisions.models import AgendaItem, Directive
from apps.reports.models import ReportChapter
from apps.reports.services.chapters.parts import day, key_figures, named


def blocks(chapter: ReportChapter, standpoint: Standpoint) -> list[Block]:
    """Key figures, the agenda of the year's meetings, and the directives."""
    return [
        key_figures(standpoint, "decisions.meetings", "hurdles.endorsements", "decisions.directives_open"),
        _agenda(standpoint.year),
        _directives(standpoint.year),
    ]


def _agenda(fiscal_year: FiscalYear) -> DataTable:
    items = AgendaItem.objects.filter(
        meeting__archived_at__isnull=True, meeting__held_on__range=(fiscal_year.start, fiscal_year.end)
    )
    return DataTable(
        title=_("Meetings and what they decided"),
        columns=(
            TableColumn(_("Date"), "date"),
            TableColumn(_("Meeting")),
            TableColumn(_("Agenda item")),
            TableColumn(_("Outcome")),
            TableColumn(_("Decision")),
        ),
        rows=tuple(
            (
                day(each.meeting.held_on),
                each.meeting.name,
                each.title,
                str(each.get_outcome_display()),
                each.decision.text if hasattr(each, "decision") else "",
            )
            for each in items.select_related("meeting", "decision").order_by("meeting__held_on", "meeting", "order")
        ),
    )


def _directives(fiscal_year: FiscalYear) -> DataTable:
    directives = Directive.objects.filter(
        archived_at__isnull=True, issued_on__range=(fiscal_year.start, fiscal_year.end)
    ).select_related("assigned_unit")
    return DataTable(
        title=_("Directives of the head of headquarters"),
        columns=(
            TableColumn(_("Number"), "code"),
            TableColumn(_("Directive")),
            TableColumn(_("Unit in charge")),
            TableColumn(_("Due on"), "date"),
            TableColumn(_("State")),
            TableColumn(_("Answer of the unit")),
        ),
        rows=tuple(
            (
                each.number or "",
                each.text,
                named(each.assigned_unit),
                day(each.due_on),
                str(each.get_status_display()),
                each.answer,
            )
            for each in directives.order_by("number", "pk")
        ),
    )
