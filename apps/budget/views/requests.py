"""The page from which the budget request is taken away."""

import uuid
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports import FILES, RequestFile, content_type_of, lost_characters
from apps.budget.forms.exports import PrepareForm
from apps.budget.selectors import one_view, proposals_of_year, request_of, request_totals, request_years
from apps.budget.selectors.editing import EDITABLE
from apps.budget.selectors.export_files import AT_ONCE, EXPORT_REQUEST, prepared_file, prepared_jobs
from apps.budget.services.export_files import ask_for_request_file
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import asked_year
from apps.core.files import disposition
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.wareki import WarekiError

LOST_SHOWN = 20


class RequestExport(Page):
    """The budget request: the figures first, then the workbook, the print and the flat files."""

    permission = EXPORT_REQUEST
    title = gettext_lazy("Take away the budget request")
    template_name = "budget/request_export.html"

    def crumbs(self) -> Crumbs:
        return budget_crumbs((self.title, None))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := self.unknown(request):
            return self.refused(refusal)
        try:
            self.year = asked_year(request)
        except WarekiError as error:
            return self.refused(str(error))
        self.totals = request_totals(self.year, request.user)
        if wanted := request.GET.get("format"):
            return self.file(FILES[wanted])
        return super().get(request, *args, **kwargs)

    def unknown(self, request: HttpRequest) -> str | None:
        """What the address asks for and this page does not have, in words."""
        if unknown := sorted(set(request.GET) - {"year", "format"}):
            return _("This page knows no “%(name)s”.") % {"name": "、".join(unknown)}
        if request.GET.get("format", "") not in {"", *FILES}:
            return _("This list is not available as “%(name)s”.") % {"name": request.GET["format"]}
        return None

    @property
    def is_long(self) -> bool:
        return self.totals["count"] > AT_ONCE

    def file(self, wanted: RequestFile) -> HttpResponseBase:
        """The file, by way of the disk: a long one does not fill the memory."""
        if wanted.is_heavy and self.is_long:
            return self.refused(_("This request is long: have the file prepared in the background."))
        file = TemporaryFile()  # noqa: SIM115 the response closes it
        with one_view():
            wanted.write(file, self.year, request_of(self.year, self.request.user))
        file.seek(0)
        header = disposition(wanted.kept_as(self.year), plain=wanted.name(self.year))
        return FileResponse(file, content_type=wanted.content_type, headers={"Content-Disposition": header})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposals = [] if self.is_long else list(request_of(self.year, self.request.user))
        lost = list(lost_characters(proposals))
        return super().get_context_data(
            year=self.year,
            years=request_years(),
            totals=self.totals,
            holds_drafts=proposals_of_year(self.year, self.request.user).filter(stage__kind__in=EDITABLE).exists(),
            is_long=self.is_long,
            proposals=proposals,
            files=[{"kind": kind, "file": file} for kind, file in FILES.items() if kind != "csv-lost"],
            lost=lost[:LOST_SHOWN],
            lost_count=len(lost),
            uid=uuid.uuid4(),
            jobs=prepared_jobs(self.request.user),
            **kwargs,
        )


class RequestPrepare(Page):
    """Puts a file down as a job and leads to its page; nothing here waits for the work."""

    permission = EXPORT_REQUEST
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PrepareForm(request.POST, kinds=[kind for kind, file in FILES.items() if file.is_heavy])
        if not form.is_valid():
            reason = _("Choose one of the files on the page.")
            back = reverse("budget:request-export")
            return render(request, "400.html", {"reason": reason, "back_url": back}, status=400)
        said = form.cleaned_data
        job = ask_for_request_file(
            fiscal_year=said["year"],
            kind=said["kind"],
            label=str(FILES[said["kind"]].label),
            uid=said["uid"],
            by=request.user,
        )
        return HttpResponseRedirect(reverse("core:job-detail", args=[job.uid]))


class RequestPrepared(Page):
    """A file that a job has prepared, for who asked for it."""

    permission = EXPORT_REQUEST

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kept = prepared_file(kwargs["uid"], request.user)
        if kept is None:
            raise Http404
        response = HttpResponse(bytes(kept.content), content_type=content_type_of(kept.name))
        response["Content-Disposition"] = disposition(kept.name, plain=f"budget-request{PurePath(kept.name).suffix}")
        return response
