"""interim_report.yaml: the mid-year report with its chapters. Its drafts are made in the portal."""

from apps.city.services.rows import Row
from apps.city.services.session import LoadSession, source
from apps.decisions.models import Meeting
from apps.reports.choices import ChapterSource, ReportKind, ReportStatus
from apps.reports.models import Report, ReportChapter

SOURCES = {
    "hurdles": ChapterSource.HURDLES,
    "roadmap": ChapterSource.ROADMAP,
    "training.talent_plan": ChapterSource.TRAINING,
    "budget_proposals.totals": ChapterSource.BUDGET,
    "policy_requests": ChapterSource.PETITIONS,
}


def load_report(session: LoadSession) -> None:
    """The report: under review from the meeting on that decided it, in preparation before."""
    if "interim_report.yaml" not in session.documents:
        return
    row = session.document("interim_report.yaml")
    key, decided_at = row.text("id", required=True), row.text("decided_at")
    meeting = session.keys_of(Meeting).get(decided_at)
    status = ReportStatus.DRAFT if decided_at and not meeting else ReportStatus.UNDER_REVIEW
    report = Report(
        **source("report", key),
        kind=ReportKind.MID_YEAR,
        fiscal_year=row.fiscal_year("fy"),
        title=row.text("title", required=True),
        status=status,
        due_before=row.day("due_before"),
        edition=row.text("version"),
        freezing_rule=row.text("snapshot_rule"),
        meeting=meeting,
    )
    chapters = [(_chapter(each), each) for each in row.rows("chapters")]
    taken = session.take(row, report, parts=chapters)
    session.fill(taken, "meeting", meeting, status=status)


def _chapter(row: Row) -> ReportChapter:
    """A chapter that is filled from no records tells how the report was worked out."""
    narrowed = row.row("filter", required=False)
    chapter = ReportChapter(
        order=row.count("no"),
        title=row.text("title", required=True),
        source=row.one_of("auto_from", SOURCES, required=False) or ChapterSource.PROCESS,
        severity_min=narrowed.integer("severity_min"),
        words=row.text("body"),
    )
    narrowed.finish()
    row.finish()
    return chapter
