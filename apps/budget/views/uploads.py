"""The year's request in the upload form of the finance system, and the formats for it."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.exports.upload import CHARSETS, upload_cells, upload_file
from apps.budget.forms.file_formats import FileFormatForm
from apps.budget.forms.finance import budget_years
from apps.budget.models import FinanceFileFormat
from apps.budget.selectors.appraisal import sees_appraisal
from apps.budget.selectors.finance import file_formats
from apps.budget.selectors.upload_columns import SUBITEM, UploadSource, tells_appraised
from apps.budget.selectors.upload_rows import upload_source
from apps.budget.services.file_formats import archive_format, create_format, edit_format
from apps.budget.views.crumbs import budget_crumbs
from apps.budget.views.year_pages import asked_year
from apps.core.files import disposition
from apps.core.pages import CreatePage, EditPage, Page, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted, require
from apps.core.wareki import WarekiError

SHOWN_ROWS = 20
KNOWN = {"year", "format", "file"}


def _crumbs(title: Any) -> Crumbs:
    export = (_("Take away the budget request"), reverse("budget:request-export"))
    return budget_crumbs(export, (title, None))


class RequestUpload(Page):
    """What will the finance system be given, and what does its encoding lose?"""

    permission = "budget.export_request"
    title = gettext_lazy("Upload for the finance system")
    template_name = "budget/request_upload.html"

    def crumbs(self) -> Crumbs:
        return _crumbs(self.title)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := self.refusal():
            return self.refused(refusal)
        if self.format and tells_appraised(self.format.columns) and not sees_appraisal(request.user, self.year):
            require(request.user, "budget.view_appraisal")
        if request.GET.get("file") and self.format:
            return self.file(self.format)
        return super().get(request, *args, **kwargs)

    def refusal(self) -> str | None:
        """What the address asks for and this page does not have, in words."""
        query = self.request.GET
        if unknown := sorted(set(query) - KNOWN):
            return _("This page does not know “%(name)s”.") % {"name": "、".join(unknown)}
        try:
            self.year = asked_year(self.request)
        except WarekiError as error:
            return str(error)
        if query.get("format") and self.format is None:
            return _("There is no such format.")
        return None

    @cached_property
    def formats(self) -> list[FinanceFileFormat]:
        return list(file_formats())

    @cached_property
    def format(self) -> FinanceFileFormat | None:
        """The format that is asked for, else the first that this person may use."""
        asked = self.request.GET.get("format", "")
        if asked:
            return next((each for each in self.formats if str(each.uid) == asked), None)
        seen = sees_appraisal(self.request.user, self.year)
        return next((each for each in self.formats if seen or not tells_appraised(each.columns)), None)

    def source(self, chosen: FinanceFileFormat) -> UploadSource:
        columns = chosen.columns
        return upload_source(
            self.year, self.request.user, by_subitem=SUBITEM in columns, appraised=tells_appraised(columns)
        )

    def file(self, chosen: FinanceFileFormat) -> HttpResponse:
        content = b"".join(upload_file(chosen, self.source(chosen).rows))
        response = HttpResponse(content, content_type=f"text/csv; charset={CHARSETS[chosen.encoding]}")
        ending = "tsv" if chosen.delimiter == "\t" else "csv"
        name = "_".join((str(self.title), str(self.year), chosen.name))
        plain = f"budget-upload-{int(self.year)}.{ending}"
        response["Content-Disposition"] = disposition(f"{name}.{ending}", plain=plain)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.format
        shown: dict[str, Any] = {}
        if chosen:
            source = self.source(chosen)
            export = upload_file(chosen, source.rows)
            size = sum(len(chunk) for chunk in export)
            cells = [upload_cells(chosen, row) for row in source.rows[:SHOWN_ROWS]]
            shown = {"source": source, "lost": export.lost, "size": size, "cells": cells}
            shown["tells_appraised"] = tells_appraised(chosen.columns)
        return super().get_context_data(
            year=self.year,
            years=budget_years(),
            formats=self.formats,
            chosen=chosen,
            most=SHOWN_ROWS,
            may_edit=permitted(self.request.user, "budget.edit_format"),
            **shown,
            **kwargs,
        )


class FileFormatPage:
    """What the pages about a format share."""

    request: Any
    record: Any

    def get_queryset(self) -> QuerySet[FinanceFileFormat]:
        return file_formats()

    def get_title(self) -> Any:
        return ""

    def crumbs(self) -> Crumbs:
        return _crumbs(self.get_title())


class FileFormatCreate(FileFormatPage, CreatePage):
    permission = "budget.create_format"
    title = gettext_lazy("New file format")
    template_name = "budget/format_form.html"
    form_class = FileFormatForm

    def get_title(self) -> Any:
        return self.title

    def existing(self, uid: uuid.UUID) -> Any:
        return FinanceFileFormat.objects.filter(uid=uid).first()

    def create(self, form: Any) -> HttpResponse:
        made = create_format(uid=form.cleaned_data["uid"], values=form.values(), by=self.request.user)
        return self.go(made, _("Saved."))


class FileFormatEdit(FileFormatPage, EditPage):
    permission = "budget.edit_format"
    template_name = "budget/format_form.html"
    form_class = FileFormatForm

    def get_title(self) -> Any:
        return _("Edit: %(title)s") % {"title": self.record.name}

    def save(self, form: Any) -> HttpResponse:
        saved = edit_format(record=self.record, **self.said(form))
        return self.go(saved, _("Saved."))


class FileFormatArchive(FileFormatPage, RecordVerbPage):
    permission = "budget.archive_format"
    verb_label = gettext_lazy("Archive the format")

    def get_title(self) -> Any:
        return self.verb_label

    def done(self, form: Any) -> HttpResponse:
        archive_format(record=self.record, **self.said(form))
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.name})
        return HttpResponseRedirect(reverse("budget:request-upload"))
