"""A report becomes a document: its chapters' own words, and beside them what the records say."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from apps.core import clock, wareki
from apps.core.documents import Block, Chapter, Document, Text
from apps.core.registry import Standpoint
from apps.organization.selectors import WHOLE_CITY, city
from apps.reports.choices import ChapterSource
from apps.reports.models import Draft, Report, ReportChapter
from apps.reports.services.chapters import budget, hurdles, petitions, process, roadmap, training

FILLED_BY: dict[str, Callable[[ReportChapter, Standpoint], list[Block]]] = {
    ChapterSource.PROCESS: process.blocks,
    ChapterSource.HURDLES: hurdles.blocks,
    ChapterSource.ROADMAP: roadmap.blocks,
    ChapterSource.TRAINING: training.blocks,
    ChapterSource.BUDGET: budget.blocks,
    ChapterSource.PETITIONS: petitions.blocks,
}


def compose(report: Report, *, number: int) -> Document:
    """Draft `number` of a report as the records say it now; call it within `one_moment`."""
    standpoint = Standpoint(WHOLE_CITY, report.fiscal_year)
    present = city()
    return Document(
        title=report.title,
        city=present.name if present else "",
        subtitle=_subtitle(report),
        label_of_draft=str(Draft(number=number)),
        as_of=clock.today(),
        moment=clock.now(),
        fiscal_year=int(report.fiscal_year),
        classification=_("Confidentiality 2 (within the city hall)"),
        chapters=tuple(_chapter(each, standpoint) for each in report.chapters.all()),
    )


def _subtitle(report: Report) -> str:
    if report.due_before is None:
        return ""
    return _("For the budget request of %(day)s") % {"day": wareki.format_date(report.due_before)}


def _chapter(chapter: ReportChapter, standpoint: Standpoint) -> Chapter:
    own: list[Block] = [Text(chapter.words, "people")] if chapter.words else []
    return Chapter(chapter.order, chapter.title, (*own, *FILLED_BY[chapter.source](chapter, standpoint)))
