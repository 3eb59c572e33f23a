"""A file that somebody brings: its upload with the faults by cell, the preview of what it would do, the yes."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from apps.core.files import FileRefused
from apps.core.models import Upload
from apps.core.pages.base import Page
from apps.core.pages.form import FormPage
from apps.core.readers import WorkbookRefused
from apps.core.transitions import Unmet
from apps.core.uploads import StalePreview, drop_upload


class UploadPage(FormPage):
    """Which file? One without faults leads to its preview, of one with faults nothing is kept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form: Any = self.form_class(request.POST, request.FILES, **self.form_arguments())
        return self.done(form) if form.is_valid() else self.show(form, status=422)

    def done(self, form: Any) -> HttpResponse:
        values = dict(form.cleaned_data)
        file = values.pop("file")
        try:
            upload, reading = self.keep(name=file.name, content=file.read(), **values)
        except (WorkbookRefused, FileRefused, Unmet) as refusal:
            form.add_error("file", str(refusal))
            return self.show(form, status=422)
        if upload is None:
            context = self.get_context_data(form=form, faults=reading.faults, file_name=file.name)
            return self.render_to_response(context, status=422)
        return HttpResponseRedirect(self.preview_url(upload))

    def keep(self, *, name: str, content: bytes, **values: Any) -> tuple[Upload | None, Any]:
        """Calls the service with what the form says: the kept file, or none, and what was read."""
        raise NotImplementedError

    def preview_url(self, upload: Upload) -> str:
        raise NotImplementedError


class PreviewPage(Page):
    """What would this file do? It is written once, by the one who sent it, and only what was shown."""

    # So many rows of each kind are shown.
    most: ClassVar[int] = 200

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = self.find(self.kwargs["uid"])
        if upload is not None:
            return self.preview(upload)
        there = self.taken(self.kwargs["uid"])
        if there is None:
            raise Http404
        return HttpResponseRedirect(there)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        upload = self.find(self.kwargs["uid"])
        if upload is None:
            return self.get(request)
        if "drop" in request.POST:
            drop_upload(upload=upload, by=request.user)
            messages.success(request, _("Nothing was taken over."))
            return HttpResponseRedirect(self.upload_url())
        try:
            words, there = self.take_over(upload, request.POST.get("mark", ""))
        except StalePreview:
            return self.preview(upload, status=409)
        except Unmet as refusal:
            return self.preview(upload, status=422, refusal=str(refusal))
        messages.success(request, words)
        return HttpResponseRedirect(there)

    def preview(self, upload: Upload, *, status: int = 200, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(
            upload=upload, plan=self.plan(upload), most=self.most, stale=status == 409, **kwargs
        )
        return self.render_to_response(context, status=status)

    def find(self, uid: UUID) -> Upload | None:
        """One's own file that waits for its confirmation."""
        raise NotImplementedError

    def taken(self, uid: UUID) -> str | None:
        """The address of what an earlier click has made of this file; None where this person may not know of it."""
        raise NotImplementedError

    def plan(self, upload: Upload) -> Any:
        raise NotImplementedError

    def take_over(self, upload: Upload, mark: str) -> tuple[str, str]:
        """Calls the service, which raises StalePreview; gives what was done in words, and the address of it."""
        raise NotImplementedError

    def upload_url(self) -> str:
        """Where one begins anew."""
        raise NotImplementedError
