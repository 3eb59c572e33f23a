"""Reports, their chapters, and their drafts."""

from apps.reports.models.reports import Draft, DraftFile, Report, ReportChapter

__all__ = ["Draft", "DraftFile", "Report", "ReportChapter"]
