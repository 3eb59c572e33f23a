"""Pages of what people add to a record; who does not see the record finds nothing at any of these addresses."""

import logging
import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.core.files import FileRefused
from apps.core.files.receiving import TOO_LARGE
from apps.core.files.store import open_file
from apps.core.models import Attachment, Comment
from apps.core.pages.base import Crumbs, Page
from apps.core.pages.form import FormPage
from apps.core.pages.steps import Steps
from apps.core.record_kinds import find_record, title_of
from apps.core.talk.attachments import add_attachment, withdraw_attachment
from apps.core.talk.comments import add_comment, withdraw_comment
from apps.core.talk.forms import AttachmentForm, CommentForm, WithdrawForm
from apps.core.talk.people import Called, people_offered
from apps.core.talk.reading import comments_of, comments_shown, find_attachment, find_comment
from apps.core.talk.watching import unwatch_record, watch_record
from apps.core.transitions import Unmet

log = logging.getLogger(__name__)


class TalkPage(Page):
    """A page about what belongs to one record."""

    record: Any

    def load(self) -> None:
        self.record = find_record(self.kwargs["kind"], self.kwargs["uid"], self.request.user)
        if self.record is None:
            raise Http404

    def permission_subject(self) -> Any:
        return self.record

    def crumbs(self) -> Crumbs:
        return [(_("My work"), "/"), (title_of(self.record), self.record.get_absolute_url()), (self.get_title(), None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, back_url=self.record.get_absolute_url(), **kwargs)

    def back(self, place: str = "talk") -> HttpResponseRedirect:
        return HttpResponseRedirect(f"{self.record.get_absolute_url()}#{place}")


class CommentList(TalkPage):
    """All comments on a record, also where its own page shows the last ones only."""

    permission = "core.view_comments"
    title = pgettext_lazy("talk", "Comments")
    template_name = "core/comment_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        steps = Steps(comments_of(self.record).reverse(), self.request, size=100)
        shown = comments_shown(list(steps.rows)[::-1], self.record, user)
        return super().get_context_data(talk={"comments": shown}, steps=steps, **kwargs)


class CommentAdd(FormPage, TalkPage):
    permission = "core.add_comment"
    title = gettext_lazy("Write a comment")
    template_name = "core/comment_add.html"
    form_class = CommentForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"uid": uuid.uuid4()}}

    def done(self, form: Any) -> HttpResponse:
        uid = form.cleaned_data["uid"] or uuid.uuid4()
        try:
            if not Comment.objects.filter(uid=uid).exists():
                self.say(self.add(form, uid))
        except IntegrityError:
            pass  # The other one of two clicks has made it.
        except Unmet as refusal:
            form.add_error("text", str(refusal))
            return self.show(form, status=422)
        return self.back(f"comment-{uid}")

    def add(self, form: Any, uid: uuid.UUID) -> Called:
        text = form.cleaned_data["text"]
        return add_comment(record=self.record, text=text, by=self.request.user, uid=uid)[1]

    def say(self, called: Called) -> None:
        told = "、".join(str(person) for person in called.people if person != self.request.user)
        messages.success(
            self.request, _("Commented; told: %(people)s.") % {"people": told} if told else _("Commented.")
        )
        if called.unknown:
            words = "、".join(f"@{word}" for word in called.unknown)
            messages.warning(
                self.request, _("Nobody of this name is here, so nobody was told: %(words)s") % {"words": words}
            )


class AttachmentAdd(FormPage, TalkPage):
    permission = "core.add_attachment"
    title = gettext_lazy("Attach a file")
    template_name = "core/attachment_add.html"
    form_class = AttachmentForm

    def form_arguments(self) -> dict[str, Any]:
        sent: dict[str, Any] = {"initial": {"uid": uuid.uuid4()}, "too_large": self.request.META.get(TOO_LARGE, 0)}
        return {**sent, "files": self.request.FILES} if self.request.method == "POST" else sent

    def done(self, form: Any) -> HttpResponse:
        try:
            return self.add(form)
        except IntegrityError:
            return self.back()  # The other one of two clicks has made it.
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
            return self.show(form, status=422)
        except OSError:
            log.exception("An attachment could not be kept.")
            form.add_error("file", _("The file could not be kept. Try again later, or tell the administrator."))
            return self.show(form, status=503)

    def add(self, form: Any) -> HttpResponse:
        uid, file = form.cleaned_data["uid"] or uuid.uuid4(), form.cleaned_data["file"]
        if not Attachment.objects.filter(uid=uid).exists():
            added = add_attachment(
                record=self.record, name=file.name, content=file.read(), by=self.request.user, uid=uid
            )
            messages.success(self.request, _("“%(name)s” is attached.") % {"name": added.name})
        return self.back()


class RecordWatch(TalkPage):
    """One click. Whoever comes here by the address alone is led to the record."""

    permission = "core.watch_record"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(self.record.get_absolute_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        watch_record(record=self.record, by=request.user)
        messages.success(request, _("You watch this record: a notice tells you what happens to it."))
        return HttpResponseRedirect(self.record.get_absolute_url())


class RecordUnwatch(RecordWatch):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        unwatch_record(record=self.record, by=request.user)
        messages.success(request, _("You no longer watch this record."))
        return HttpResponseRedirect(self.record.get_absolute_url())


class _Withdraw(FormPage, TalkPage):
    """Asked once more, with a reason for the history."""

    form_class = WithdrawForm
    template_name = "components/verb_page.html"
    row: Any

    def permission_subject(self) -> Any:
        return self.row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(verb_label=self.get_title(), **kwargs)


class CommentWithdraw(_Withdraw):
    permission = "core.withdraw_comment"
    title = gettext_lazy("Take the comment back")

    def load(self) -> None:
        found = find_comment(self.kwargs["uid"], self.request.user)
        if found is None:
            raise Http404
        self.row, self.record = found

    def done(self, form: Any) -> HttpResponse:
        withdraw_comment(comment=self.row, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("The comment is taken back."))
        return self.back()


class AttachmentWithdraw(_Withdraw):
    permission = "core.withdraw_attachment"

    def load(self) -> None:
        found = find_attachment(self.kwargs["uid"], self.request.user)
        if found is None:
            raise Http404
        self.row, self.record = found

    def get_title(self) -> Any:
        return _("Take back “%(name)s”") % {"name": self.row.name}

    def done(self, form: Any) -> HttpResponse:
        withdraw_attachment(attachment=self.row, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("“%(name)s” is taken back.") % {"name": self.row.name})
        return self.back()


class AttachmentDownload(Page):
    """A file goes to disk and is never shown as a page of the portal, whatever it holds."""

    permission = "core.view_attachment"

    def load(self) -> None:
        found = find_attachment(self.kwargs["uid"], self.request.user)
        if found is None:
            raise Http404
        self.attachment = found[0]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            file = open_file(self.attachment.uid)
        except OSError as error:
            log.exception("The file of attachment %s cannot be read.", self.attachment.uid)
            raise Http404 from error
        headers = {
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        kind = self.attachment.content_type
        return FileResponse(file, as_attachment=True, filename=self.attachment.name, content_type=kind, headers=headers)


class PeopleOffered(Page):
    """Whom to call, while an @ is typed."""

    permission = "core.find_people"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = JsonResponse({"people": people_offered(request.GET.get("q", ""))})
        answer["Cache-Control"] = "no-store"
        return answer
