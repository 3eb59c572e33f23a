"""Taking a year's workbook over: the form to fill, the upload, the preview, the yes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.fiscal import FiscalYear
from apps.core.models import Upload
from apps.core.pages import Page, PreviewPage, UploadPage
from apps.core.pages.base import Crumbs
from apps.organization.exports.workload import empty_form, filled_form
from apps.organization.forms.workload import SurveyUploadForm, survey_years
from apps.organization.selectors.workload import imports_of, rows_to_fill, units_to_survey
from apps.organization.services.workload import (
    Plan,
    find_survey,
    keep_survey,
    plan_survey,
    take_over_survey,
    taken_over,
)
from apps.organization.views.crumbs import crumbs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SurveyPage(Page):
    """The permission and the way to all pages of the upload."""

    permission = "organization.upload_workload"

    def crumbs(self) -> Crumbs:
        return crumbs((_("Workload survey"), reverse("organization:workload-list")), (self.get_title(), None))


class SurveyUpload(SurveyPage, UploadPage):
    title = gettext_lazy("Take a workbook of the workload survey over")
    template_name = "organization/survey_upload.html"
    form_class = SurveyUploadForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = FiscalYear(int(survey_years()[0][0]))
        return super().get_context_data(year=year, last=year.previous, imports=imports_of(year)[:10], **kwargs)

    def keep(self, **values: Any) -> tuple[Upload | None, Any]:
        return keep_survey(**values, by=self.request.user)

    def preview_url(self, upload: Upload) -> str:
        return reverse("organization:workload-preview", args=[upload.uid])


class SurveyPreview(SurveyPage, PreviewPage):
    """What would this workbook change?"""

    title = gettext_lazy("What the workbook changes")
    template_name = "organization/survey_preview.html"

    def find(self, uid: UUID) -> Upload | None:
        return find_survey(uid, self.request.user)

    def taken(self, uid: UUID) -> str | None:
        return reverse("organization:workload-list") if taken_over(uid) else None

    def plan(self, upload: Upload) -> Plan:
        return plan_survey(upload)

    def take_over(self, upload: Upload, mark: str) -> tuple[str, str]:
        done = take_over_survey(upload=upload, mark=mark, by=self.request.user)
        words = _("Taken over: %(new)d new, %(changed)d changed.") % {"new": done.new, "changed": done.changed}
        return words, f"{reverse('organization:workload-list')}?year={int(done.fiscal_year)}"

    def upload_url(self) -> str:
        return reverse("organization:workload-upload")


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
