"""Pages of reports, their drafts, and the definitions of figures."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.documents import Document
from apps.core.history import entries_of
from apps.core.pages import DetailPage, ListPage, Page, VerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.registry import figures, standpoint_today
from apps.reports.choices import FileKind, ReportStatus
from apps.reports.filters import ReportFilter
from apps.reports.forms import DraftForm
from apps.reports.models import Draft, Report
from apps.reports.selectors import (
    MAKE_DRAFT,
    draft_of,
    drafts_of,
    file_of,
    report_detail,
    report_list,
    running_job,
    visible_to,
)
from apps.reports.services import ask_for_draft
from apps.reports.tables import ReportTable

CONTENT_TYPES = {
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
    FileKind.JSON: "application/json",
}


def _crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return [
        (_("My work"), reverse("dashboards:my-work")),
        (_("Reports"), reverse("reports:report-list")),
        *further,
    ]


class ReportList(ListPage):
    permission = "reports.view_reports"
    title = gettext_lazy("Reports")
    table_class = ReportTable
    filterset_class = ReportFilter
    file_name = "reports"
    empty_title = gettext_lazy("There is no report to see.")
    empty_text = gettext_lazy("A report is open to all staff once it is final.")

    def get_queryset(self) -> QuerySet[Report]:
        return report_list(self.request.user)

    def crumbs(self) -> Crumbs:
        return [(_("My work"), reverse("dashboards:my-work")), (self.title, None)]

    def actions(self) -> list[dict[str, Any]]:
        return [{"label": _("Definitions of the figures"), "url": reverse("reports:figures"), "primary": False}]


class ReportDetail(DetailPage):
    permission = "reports.view_report"
    template_name = "reports/report_detail.html"

    def get_queryset(self) -> QuerySet[Report]:
        return report_detail(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((self.record, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report: Report = self.record
        may_draft = permitted(self.request.user, MAKE_DRAFT, report) and report.status != ReportStatus.FINAL
        return super().get_context_data(
            chapters=report.chapters.all(),
            drafts=drafts_of(report),
            may_draft=may_draft,
            draft_form=DraftForm(initial={"uid": uuid.uuid4()}) if may_draft else None,
            job=running_job(report),
            entries=entries_of(report, parts=("chapters", "drafts")),
            **kwargs,
        )


class DraftMake(VerbPage):
    """Puts the job down and leads to its page; nothing here waits for the work."""

    permission = MAKE_DRAFT
    verb_label = gettext_lazy("Make a draft")
    form_class = DraftForm

    def get_queryset(self) -> QuerySet[Report]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        return _crumbs((self.record, self.record.get_absolute_url()), (self.verb_label, None))

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"uid": uuid.uuid4()}}

    def done(self, form: Any) -> HttpResponse:
        job = ask_for_draft(report=self.record, uid=form.cleaned_data["uid"], by=self.request.user)
        return HttpResponseRedirect(reverse("core:job-detail", args=[job.uid]))


class _DraftPage(DetailPage):
    """A page about one draft of a report that the person may see."""

    permission = "reports.view_report"
    draft: Draft

    def get_queryset(self) -> QuerySet[Report]:
        return visible_to(self.request.user)

    def load(self) -> None:
        super().load()
        found = draft_of(self.record, self.kwargs["number"])
        if found is None:
            raise Http404
        self.draft = found


class DraftDetail(_DraftPage):
    template_name = "reports/draft_detail.html"

    def get_title(self) -> Any:
        return f"{self.record}　{self.draft}"

    def crumbs(self) -> Crumbs:
        return _crumbs((self.record, self.record.get_absolute_url()), (self.draft, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            draft=self.draft,
            document=Document.from_json(self.draft.content),
            drafts=drafts_of(self.record),
            **kwargs,
        )


class DraftFileDownload(_DraftPage):
    """A draft as a file, always to be kept and never to be shown by the browser itself."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = self.kwargs["kind"]
        found = file_of(self.draft, kind) if kind in FileKind.values else None
        if found is None:
            raise Http404
        name = f"{self.record.kind.replace('_', '-')}-{int(self.record.fiscal_year)}-{self.draft.number}.{kind}"
        response = HttpResponse(bytes(found.content), content_type=CONTENT_TYPES[FileKind(kind)])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class FigureDefinitions(Page):
    """What each figure means, and what it is today for the person who looks."""

    permission = "reports.view_figures"
    title = gettext_lazy("Definitions of the figures")
    template_name = "reports/figures.html"

    def crumbs(self) -> Crumbs:
        return _crumbs((self.title, None))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = standpoint_today(self.request.user)
        rows = [
            {"figure": figure, "value": figure.count(here), "url": figure.link(here)}
            for figure in sorted(figures, key=lambda each: each.name)
        ]
        # A breakdown is rows, and its place is a chart; here stand single numbers.
        single = [row for row in rows if isinstance(row["value"], int)]
        return super().get_context_data(rows=single, **kwargs)
