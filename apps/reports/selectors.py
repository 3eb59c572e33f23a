"""Reads of reports and drafts."""

from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet

from apps.core.choices import ENDED
from apps.core.fiscal import FiscalYear
from apps.core.models import Job
from apps.organization.choices import RoleKind
from apps.organization.permissions import HEADQUARTERS
from apps.reports.choices import ReportKind, ReportStatus
from apps.reports.models import Draft, DraftFile, Report

# These see a report while it is being worked on; the final one is for all staff.
WIDE_ROLES = (RoleKind.MEMBER, RoleKind.SECRETARIAT, RoleKind.FINANCE, RoleKind.AUDITOR, *HEADQUARTERS)
MAKE_DRAFT = "reports.make_draft"


def visible_to(user: Any) -> QuerySet[Report]:
    """The reports that `user` may see."""
    reports = Report.objects.filter(archived_at__isnull=True)
    if not user.role_kinds:
        return reports.none()
    return reports if user.holds(*WIDE_ROLES) else reports.filter(status=ReportStatus.FINAL)


def report_list(user: Any) -> QuerySet[Any]:
    """Visible reports with how many drafts they have and when the last one was made."""
    return (
        visible_to(user)
        .select_related("meeting")
        .annotate(draft_count=Count("drafts"), last_moment=Max("drafts__moment"))
    )


def report_detail(user: Any) -> QuerySet[Report]:
    """Visible reports with all that their page shows."""
    return visible_to(user).select_related("meeting").prefetch_related("chapters")


def drafts_of(report: Report) -> QuerySet[Draft]:
    """The drafts, newest first, without their content, which is large."""
    return report.drafts.defer("content").select_related("made_by").prefetch_related(files_without_content())


def files_without_content() -> "Prefetch[Any, Any, Any]":
    """Which files a draft has; their bytes are read when one is taken away."""
    return Prefetch("files", queryset=DraftFile.objects.defer("content"))


def draft_of(report: Report, number: int) -> Draft | None:
    return report.drafts.select_related("made_by").filter(number=number).first()


def file_of(draft: Draft, kind: str) -> DraftFile | None:
    return draft.files.filter(kind=kind).first()


def running_job(report: Report) -> Job | None:
    """The job that is making a draft of this report now, whoever asked for it."""
    jobs = Job.objects.filter(kind=MAKE_DRAFT, arguments__report=str(report.uid)).exclude(state__in=ENDED)
    return jobs.order_by("pk").first()


def next_draft_number(report: Report) -> int:
    """One more than the last; another draft may take it first, which the database then refuses."""
    return (report.drafts.aggregate(last=Max("number"))["last"] or 0) + 1


def report_of(kind: ReportKind, fiscal_year: FiscalYear) -> Report | None:
    """The one report of a kind and a year, for the shell."""
    return Report.objects.filter(kind=kind, fiscal_year=fiscal_year, archived_at__isnull=True).first()
