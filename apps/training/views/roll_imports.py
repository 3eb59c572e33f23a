"""The roll from Excel: the upload, the preview, the yes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.files import FileRefused
from apps.core.pages.form import FormPage
from apps.core.readers import WorkbookRefused
from apps.core.transitions import Unmet
from apps.training.forms.enrolments import RollUploadForm
from apps.training.services.roll import (
    Stale,
    drop_roll,
    find_roll,
    keep_workbook,
    plan_workbook,
    take_over_roll,
    taken,
)
from apps.training.views.rolls import RollPage

MOST_SHOWN = 200


class SessionRollUpload(FormPage, RollPage):
    title = gettext_lazy("Take a roll over from Excel")
    template_name = "training/roll_upload.html"
    form_class = RollUploadForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = RollUploadForm(request.POST, request.FILES)
        return self.done(form) if form.is_valid() else self.show(form, status=422)

    def done(self, form: Any) -> HttpResponse:
        file, by = form.cleaned_data["file"], self.request.user
        try:
            upload, reading = keep_workbook(session=self.record, name=file.name, content=file.read(), by=by)
        except (WorkbookRefused, FileRefused, Unmet) as refusal:
            form.add_error("file", str(refusal))
            return self.show(form, status=422)
        if upload is None:
            context = self.get_context_data(form=form, faults=reading.faults, file_name=file.name)
            return self.render_to_response(context, status=422)
        return HttpResponseRedirect(self.address("session-roll-preview", upload.uid))


class SessionRollPreview(RollPage):
    """What would this workbook change?"""

    title = gettext_lazy("What the workbook changes")
    template_name = "training/roll_preview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = find_roll(self.kwargs["uid"], self.record, request.user)
        if upload is None:
            if taken(self.kwargs["uid"], self.record):
                return HttpResponseRedirect(self.address())
            raise Http404
        return self.preview(upload)

    def preview(self, upload: Any, status: int = 200, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(
            upload=upload,
            plan=plan_workbook(upload, self.record),
            most=MOST_SHOWN,
            stale=status == 409,
            replaces=not self.record.keeps_roll,
            **kwargs,
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = find_roll(self.kwargs["uid"], self.record, request.user)
        if upload is None:
            return self.get(request)
        if "drop" in request.POST:
            drop_roll(upload=upload, by=request.user)
            messages.success(request, _("Nothing was taken over."))
            return HttpResponseRedirect(self.address("session-roll-upload"))
        return self.take_over(upload)

    def take_over(self, upload: Any) -> HttpResponse:
        mark = self.request.POST.get("mark", "")
        try:
            done = take_over_roll(upload=upload, session=self.record, mark=mark, by=self.request.user)
        except Stale:
            return self.preview(upload, status=409)
        except Unmet as refusal:
            return self.preview(upload, status=422, refusal=str(refusal))
        words = _("Taken over: %(new)d new, %(changed)d changed.")
        messages.success(self.request, words % {"new": done.new, "changed": done.changed})
        return HttpResponseRedirect(self.address())
