"""One change of many hurdles: choose the new value, look at what it does to each, then do it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.hurdles.filters import HurdleFilter
from apps.hurdles.forms import BulkForm
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to
from apps.hurdles.services import bulk
from apps.hurdles.services.bulk_verbs import VERBS, BulkVerb
from apps.hurdles.views.crumbs import hurdle_crumbs

LISTED = 20


class HurdleBulk(Page):
    """The three steps of one act; which one it is, the pressed button says (`verb`, `preview`, `confirm`)."""

    permission = "hurdles.change_hurdles"
    title = gettext_lazy("Change many hurdles")
    template_name = "hurdles/hurdle_bulk.html"
    versions: dict[UUID, int]

    def crumbs(self) -> Crumbs:
        return hurdle_crumbs((self.title, None))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("hurdles:hurdle-list"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.versions = self._every() if "every" in request.POST else _sent(request.POST, visible_to(request.user))
        except bulk.TooMany as refusal:
            return self.back(messages.ERROR, str(refusal))
        verb = request.POST.get("verb", "")
        if not self.versions:
            return self.back(messages.ERROR, _("Select hurdles first."))
        if verb == "bundle":
            return HttpResponseRedirect(self._bundle_address())
        if verb not in VERBS:
            return self.back(messages.ERROR, _("Choose what to change."))
        return self._step(VERBS[verb])

    def _step(self, verb: BulkVerb) -> HttpResponseBase:
        if not {"preview", "confirm"} & set(self.request.POST):
            return self.show(verb, BulkForm(field=verb.field))
        form = BulkForm(self.request.POST, field=verb.field)
        if not form.is_valid():
            return self.show(verb, form, status=422)
        value = form.cleaned_data["value"]
        if "confirm" not in self.request.POST:
            return self.preview(verb, form)
        try:
            count = bulk.change_hurdles(
                versions=self.versions, verb=verb.name, value=value, reason=form.cleaned_data["reason"],
                by=self.request.user,
            )  # fmt: skip
        except bulk.Outdated:
            return self.preview(verb, form, status=409)
        said = _("%(count)d hurdles are changed.") % {"count": count} if count else _("All of them are so already.")
        return self.back(messages.SUCCESS, said)

    def preview(self, verb: BulkVerb, form: BulkForm, status: int = 200) -> HttpResponse:
        """Old and new of each hurdle. What was overtaken is shown with its present value, and left out."""
        value = form.cleaned_data["value"]
        lines = bulk.plan_changes(versions=self.versions, verb=verb.name, value=value, by=self.request.user)
        written = [line for line in lines if line.is_written]
        return self.show(
            verb, form, status, lines=lines, written=written, refused=len(lines) - len(written), outdated=status == 409
        )

    def show(self, verb: BulkVerb, form: BulkForm, status: int = 200, **more: Any) -> HttpResponse:
        rows = visible_to(self.request.user).filter(uid__in=self.versions).order_by("number", "pk")
        shown = [] if more else list(rows[:LISTED])
        context = self.get_context_data(
            verb=verb,
            form=form,
            versions=self.versions,
            count=len(self.versions),
            shown=shown,
            more=len(self.versions) - len(shown),
            query=self.request.POST.get("query", ""),
            **more,
        )
        return self.render_to_response(context, status=status)

    def _bundle_address(self) -> str:
        """Where these hurdles are bundled; a draft has no number and cannot be."""
        rows = visible_to(self.request.user).filter(uid__in=self.versions, number__isnull=False).order_by("number")
        numbers = [("hurdle", number) for number in rows.values_list("number", flat=True)]
        return f"{reverse('hurdles:common-hurdle-create')}?{urlencode(numbers)}"

    def _every(self) -> dict[UUID, int]:
        """All rows of the filter, not those of the page alone."""
        query = QueryDict(self.request.POST.get("query", ""))
        filterset = HurdleFilter(query, queryset=visible_to(self.request.user), request=self.request)
        return bulk.versions_of(filterset.qs) if filterset.is_valid() else {}

    def back(self, level: int, words: str) -> HttpResponseRedirect:
        """To the list as it was."""
        messages.add_message(self.request, level, words)
        query = QueryDict(self.request.POST.get("query", "")).urlencode()
        path = reverse("hurdles:hurdle-list")
        return HttpResponseRedirect(f"{path}?{query}" if query else path)


def _sent(data: QueryDict, seen: QuerySet[Hurdle]) -> dict[UUID, int]:
    """The selected hurdles with their versions: those that the preview showed, or the present ones."""
    rows: dict[UUID, int | None] = {}
    for each in data.getlist("row"):
        uid, _colon, version = each.partition(":")
        try:
            rows[UUID(uid)] = int(version) if version else None
        except ValueError:
            continue
    if len(rows) > bulk.MOST_HURDLES:
        raise bulk.TooMany(_("One act changes at most %(most)d hurdles.") % {"most": bulk.MOST_HURDLES})
    unread = [uid for uid, version in rows.items() if version is None]
    present = bulk.versions_of(seen.filter(uid__in=unread)) if unread else {}
    known = {uid: present.get(uid) if version is None else version for uid, version in rows.items()}
    return {uid: version for uid, version in known.items() if version is not None}
