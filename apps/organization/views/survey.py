"""Taking a year's workbook over: the form to fill, the upload, the preview, the yes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.files import FileRefused
from apps.core.fiscal import FiscalYear
from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.core.readers import WorkbookRefused
from apps.organization.exports.workload import empty_form, filled_form
from apps.organization.forms.workload import SurveyUploadForm, survey_years
from apps.organization.selectors.workload import imports_of, rows_to_fill, units_to_survey
from apps.organization.services.workload import (
    Stale,
    drop_survey,
    find_survey,
    keep_survey,
    plan_survey,
    take_over_survey,
    taken_over,
)
from apps.organization.views.crumbs import crumbs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200


class SurveyPage(Page):
    """The permission and the way to all pages of the upload."""

    permission = "organization.upload_workload"

    def crumbs(self) -> Crumbs:
        return crumbs((_("Workload survey"), reverse("organization:workload-list")), (self.get_title(), None))


class SurveyUpload(SurveyPage, FormPage):
    title = gettext_lazy("Take a workbook of the workload survey over")
    template_name = "organization/survey_upload.html"
    form_class = SurveyUploadForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = SurveyUploadForm(request.POST, request.FILES)
        return self.done(form) if form.is_valid() else self.show(form, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = FiscalYear(int(survey_years()[0][0]))
        return super().get_context_data(year=year, last=year.previous, imports=imports_of(year)[:10], **kwargs)

    def done(self, form: Any) -> HttpResponse:
        file, year = form.cleaned_data["file"], form.cleaned_data["year"]
        try:
            upload, reading = keep_survey(name=file.name, content=file.read(), year=year, by=self.request.user)
        except (WorkbookRefused, FileRefused) as refusal:
            form.add_error("file", str(refusal))
            return self.show(form, status=422)
        if upload is None:
            context = self.get_context_data(form=form, faults=reading.faults, file_name=file.name)
            return self.render_to_response(context, status=422)
        return HttpResponseRedirect(reverse("organization:workload-preview", args=[upload.uid]))


class SurveyPreview(SurveyPage):
    """What would this workbook change?"""

    title = gettext_lazy("What the workbook changes")
    template_name = "organization/survey_preview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = find_survey(self.kwargs["uid"], request.user)
        if upload is None:
            if taken_over(self.kwargs["uid"]):
                return self.to_the_list()
            raise Http404
        return self.preview(upload)

    def preview(self, upload: Any, status: int = 200) -> HttpResponse:
        context = self.get_context_data(upload=upload, plan=plan_survey(upload), most=MOST_SHOWN, stale=status != 200)
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = find_survey(self.kwargs["uid"], request.user)
        if upload is None:
            return self.get(request)
        if "drop" in request.POST:
            drop_survey(upload=upload, by=request.user)
            messages.success(request, _("Nothing was taken over."))
            return HttpResponseRedirect(reverse("organization:workload-upload"))
        try:
            done = take_over_survey(upload=upload, mark=request.POST.get("mark", ""), by=request.user)
        except Stale:
            return self.preview(upload, status=409)
        words = _("Taken over: %(new)d new, %(changed)d changed.")
        messages.success(request, words % {"new": done.new, "changed": done.changed})
        return self.to_the_list(done.fiscal_year)

    def to_the_list(self, year: FiscalYear | None = None) -> HttpResponseRedirect:
        query = f"?year={int(year)}" if year else ""
        return HttpResponseRedirect(reverse("organization:workload-list") + query)


class SurveyForm(SurveyPage):
    """The form to fill, empty or with the values of the year before."""

    title = gettext_lazy("Form of the workload survey")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("year", "")
        year = FiscalYear(int(asked if asked in dict(survey_years()) else survey_years()[0][0]))
        filled = request.GET.get("filled") == "1"
        units = units_to_survey(year)
        content = filled_form(year, rows_to_fill(year)) if filled else empty_form(year, units)
        response = HttpResponse(content, content_type=XLSX)
        kind = "filled" if filled else "empty"
        response["Content-Disposition"] = f'attachment; filename="workload-{int(year)}-{kind}.xlsx"'
        return response
