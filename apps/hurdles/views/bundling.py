"""Pages with which the team bundles hurdles: create, edit, add members, take one out, archive."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.models import found
from apps.core.pages import CreatePage, EditPage, VerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles.filters import HurdleFilter
from apps.hurdles.forms import BundleForm, CommonHurdleForm, RemovalForm
from apps.hurdles.models import CommonHurdle, Hurdle
from apps.hurdles.selectors import (
    adding_hours,
    common_hurdle_list,
    common_hurdles,
    conditions,
    may_be_bundled,
    members_seen,
    reach_of,
)
from apps.hurdles.services import (
    archive_common_hurdle,
    bundle_hurdles,
    create_common_hurdle,
    edit_common_hurdle,
    unbundle_hurdle,
)
from apps.hurdles.views.crumbs import hurdle_crumbs

MOST_SHOWN = 100
GROUP = ("category", "level", "theme")
LIST_TITLE = gettext_lazy("Common hurdles")


def common_crumbs(*further: tuple[Any, str | None]) -> Crumbs:
    return hurdle_crumbs((LIST_TITLE, reverse("hurdles:common-hurdle-list")), *further)


def _to_choose(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """The hurdles with what one looks at before one bundles them; those that cost most come first."""
    bundles = Prefetch("common_hurdles", CommonHurdle.objects.filter(archived_at__isnull=True), to_attr="bundles")
    return adding_hours(hurdles).prefetch_related(bundles).order_by("-hours_together", "number")


def _chosen(user: Any, numbers: list[str]) -> list[Hurdle] | None:
    """The hurdles of these numbers; None where one of them cannot be bundled by this person."""
    hurdles = list(may_be_bundled(user).filter(number__in=numbers))
    return hurdles if len(hurdles) == len(set(numbers)) else None


GONE = gettext_lazy("One of the hurdles can no longer be bundled. Look at the list and choose again.")


class CommonHurdleCreate(CreatePage):
    """A new common hurdle; `?hurdle=…&hurdle=…` or a place of the matrix says of which hurdles."""

    permission = "hurdles.create_common_hurdle"
    title = gettext_lazy("Create a common hurdle")
    template_name = "hurdles/common_hurdle_form.html"
    form_class = CommonHurdleForm

    def crumbs(self) -> Crumbs:
        return common_crumbs((_("New"), None))

    def existing(self, uid: UUID) -> CommonHurdle | None:
        return common_hurdles(self.request.user).filter(uid=uid).first()

    def candidates(self) -> list[Any]:
        """The hurdles that the address names, each with `ticked`."""
        query, rows = self.request.GET, may_be_bundled(self.request.user)
        if numbers := query.getlist("hurdle"):
            rows = rows.filter(number__in=numbers)
        elif place := {name: query[name] for name in GROUP if query.get(name)}:
            filtered = HurdleFilter({"status": "open", **place}, queryset=rows, request=self.request)
            if not filtered.is_valid():
                raise Http404
            rows = filtered.qs
        else:
            return []
        shown = list(_to_choose(rows)[:MOST_SHOWN])
        for row in shown:
            row.ticked = self._is_ticked(row)
        return shown

    def _is_ticked(self, row: Any) -> bool:
        """What was sent; at first what was asked for by number, and of a place what nothing bundles yet."""
        if self.request.method == "POST":
            return row.number in self.request.POST.getlist("hurdles")
        return "hurdle" in self.request.GET or not row.bundles

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(candidates=self.candidates(), **kwargs)

    def create(self, form: Any) -> HttpResponse:
        user = self.request.user
        hurdles = _chosen(user, self.request.POST.getlist("hurdles"))
        if hurdles is None:
            form.add_error(None, GONE)
            return self.show(form, status=422)
        uid = form.cleaned_data["uid"]
        common_hurdle = create_common_hurdle(uid=uid, values=form.values(), hurdles=hurdles, by=user)
        return self.go(common_hurdle, _("Created as %(number)s.") % {"number": common_hurdle.number})


class _CommonHurdlePage:
    """What the pages about one common hurdle share."""

    request: Any
    record: Any
    verb_label: ClassVar[Any] = ""

    def get_queryset(self) -> QuerySet[Any]:
        return common_hurdle_list(self.request.user)

    def crumbs(self) -> Crumbs:
        here = self.record.number or self.record.title
        return common_crumbs((here, self.record.get_absolute_url()), (self.verb_label, None))


class CommonHurdleEdit(_CommonHurdlePage, EditPage):
    permission = "hurdles.edit_common_hurdle"
    template_name = "hurdles/common_hurdle_form.html"
    form_class = CommonHurdleForm
    verb_label = gettext_lazy("Edit")

    def save(self, form: Any) -> HttpResponse:
        common_hurdle = edit_common_hurdle(common_hurdle=self.record, **self.said(form))
        return self.go(common_hurdle, _("Saved."))


class CommonHurdleBundle(_CommonHurdlePage, VerbPage):
    """Search, tick, look at what it would make of the bundle, and bundle."""

    permission = "hurdles.bundle_hurdles"
    template_name = "hurdles/common_hurdle_bundle.html"
    form_class = BundleForm
    verb_label = gettext_lazy("Add hurdles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        numbers = query.getlist("hurdle") or self.request.POST.getlist("hurdles")
        rows = may_be_bundled(self.request.user).exclude(common_hurdle_links__common_hurdle=self.record)
        ticked = list(_to_choose(rows.filter(number__in=numbers)))
        previews = bool(ticked) and ("preview" in query or self.request.method == "POST")
        return super().get_context_data(
            q=query.get("q", ""),
            ticked=ticked,
            offered=[] if previews else self.offered(rows.exclude(number__in=numbers)),
            preview=self.preview(ticked) if previews else None,
            asks_for_a_tick="preview" in query and not ticked,
            **kwargs,
        )

    def offered(self, rows: QuerySet[Any]) -> list[Any]:
        """What was found by words; without words, the open hurdles that no common hurdle bundles yet."""
        query = self.request.GET.get("q", "")
        wanted = (
            found(rows, query)
            if query.strip()
            else conditions.bundled_hurdles(rows.filter(conditions.is_open()), bundled=False)
        )
        return list(_to_choose(wanted)[:MOST_SHOWN])

    def preview(self, ticked: list[Any]) -> dict[str, Any]:
        """The reach of the bundle now, and with what is ticked; of the hurdles that one sees."""
        user = self.request.user
        before = members_seen(self.record, user).values("pk")
        after = may_be_bundled(user)
        new = [hurdle.pk for hurdle in ticked]
        return {
            "before": reach_of(after.filter(pk__in=before)),
            "after": reach_of(after.filter(pk__in=before) | after.filter(pk__in=new)),
        }

    def done(self, form: Any) -> HttpResponse:
        user = self.request.user
        hurdles = _chosen(user, self.request.POST.getlist("hurdles"))
        if hurdles is None:
            form.add_error(None, GONE)
            return self.show(form, status=422)
        reason = form.cleaned_data["reason"]
        new = bundle_hurdles(common_hurdle=self.record, hurdles=hurdles, reason=reason, by=user)
        said = ngettext("%(count)d hurdle bundled.", "%(count)d hurdles bundled.", len(new))
        return self.go(self.record, said % {"count": len(new)})


class CommonHurdleUnbundle(_CommonHurdlePage, VerbPage):
    permission = "hurdles.unbundle_hurdle"
    template_name = "hurdles/common_hurdle_unbundle.html"
    form_class = RemovalForm
    verb_label = gettext_lazy("Take out of the bundle")
    hurdle: Hurdle

    def load(self) -> None:
        super().load()
        member = members_seen(self.record, self.request.user).filter(number=self.kwargs["hurdle"]).first()
        if member is None:
            raise Http404
        self.hurdle = member

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(hurdle=self.hurdle, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        unbundle_hurdle(common_hurdle=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)
        return self.go(self.record, _("%(number)s is taken out.") % {"number": self.hurdle.number})


class CommonHurdleArchive(_CommonHurdlePage, VerbPage):
    permission = "hurdles.archive_common_hurdle"
    form_class = RemovalForm
    verb_label = gettext_lazy("Archive")

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        archive_common_hurdle(common_hurdle=self.record, reason=reason, by=self.request.user)
        messages.success(self.request, _("“%(title)s” is archived.") % {"title": self.record.title})
        return HttpResponseRedirect(reverse("hurdles:common-hurdle-list"))
