"""Pages of what a person is told, and of what they watch."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.models import Notice, Watch
from apps.core.notices import notices_to, read_notice, read_notices, unread_count, with_records
from apps.core.pages.base import Crumbs, Page
from apps.core.pages.steps import Steps
from apps.core.record_kinds import find_record, record_kinds, title_of
from apps.core.talk.watching import stop_watching, watched_by


def _kind_label(kind: str) -> Any:
    return record_kinds[kind].label if kind in record_kinds else kind


class NoticeList(Page):
    """One's own notices. Of a record that one may no longer see, neither words nor way are shown."""

    permission = "core.view_notices"
    title = gettext_lazy("Notices")
    template_name = "core/notice_list.html"

    def crumbs(self) -> Crumbs:
        return [(_("My work"), "/"), (self.title, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        steps = Steps(notices_to(user), self.request)
        rows = [
            {"notice": notice, "record": record, "kind": _kind_label(notice.kind)}
            for notice, record in with_records(steps.rows, user)
        ]
        newest = max((row["notice"].pk for row in rows), default=0)
        return super().get_context_data(rows=rows, steps=steps, newest=newest, unread=unread_count(user), **kwargs)


class _NoticeAct(Page):
    """A button of the list. Whoever comes here by the address alone is led to the list."""

    permission = "core.view_notices"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.to_list()

    def to_list(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("core:notice-list"))


class NoticeReadAll(_NoticeAct):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        until = request.POST.get("until", "")
        read_notices(until=int(until) if until.isdecimal() and len(until) < 19 else 0, by=request.user)
        messages.success(request, _("All notices are marked as read."))
        return self.to_list()


class _OneNotice(_NoticeAct):
    def load(self) -> None:
        found = Notice.objects.filter(person=self.request.user.pk, pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.notice = found


class NoticeRead(_OneNotice):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        read_notice(notice=self.notice, by=request.user)
        return self.to_list()


class NoticeOpen(_OneNotice):
    """Reads the notice and leads to its record."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        read_notice(notice=self.notice, by=request.user)
        record = find_record(self.notice.kind, self.notice.record, request.user)
        return HttpResponseRedirect(record.get_absolute_url()) if record else self.to_list()


class WatchList(Page):
    """What one watches."""

    permission = "core.view_notices"
    title = gettext_lazy("Records that I watch")
    template_name = "core/watch_list.html"

    def crumbs(self) -> Crumbs:
        return [(_("My work"), "/"), (_("Notices"), reverse("core:notice-list")), (self.title, None)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        steps = Steps(watched_by(user), self.request)
        rows = [
            {"watch": watch, "record": record, "title": title_of(record), "kind": _kind_label(watch.kind)}
            for watch, record in with_records(steps.rows, user)
        ]
        return super().get_context_data(rows=rows, steps=steps, **kwargs)


class WatchStop(Page):
    permission = "core.view_notices"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("core:watch-list"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        watch = Watch.objects.filter(person=request.user.pk, pk=self.kwargs["pk"]).first()
        if watch:
            stop_watching(watch=watch, by=request.user)
            messages.success(request, _("You no longer watch this record."))
        return HttpResponseRedirect(reverse("core:watch-list"))
