"""Pages of duplicates: compare and merge, undo, and where an old number leads."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from apps.core.models import found
from apps.core.pages import VerbPage
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted
from apps.core.transitions import Unmet, WrongState
from apps.hurdles.forms import MergeForm, UnmergeForm
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import (
    adding_hours,
    duplicates_seen,
    hurdle_detail,
    may_survive,
    present_merge,
    similar_hurdles,
    survivor_seen,
    visible_to,
)
from apps.hurdles.services import FLOW, merge_hurdle, refusal_to_merge, refusal_to_undo, undoable_until, unmerge_hurdle
from apps.hurdles.views.crumbs import hurdle_crumbs

MOST_FOUND = 20
# `?merged=show` opens the old record itself.
SHOW = "show"


def old_record_url(hurdle: Hurdle) -> str:
    return f"{hurdle.get_absolute_url()}?merged={SHOW}"


class LeadsOn:
    """A page whose record may have been merged: its number leads to the survivor, if the person sees that one."""

    request: HttpRequest
    record: Any

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        hurdle = self.record
        leads_on = hurdle.merged_into_id and request.GET.get("merged") != SHOW
        survivor = survivor_seen(hurdle, request.user) if leads_on else None
        if survivor:
            names = {"number": hurdle.number, "survivor": survivor.number}
            said = _("%(number)s was merged into %(survivor)s; this is where it leads now.") % names
            link = format_html('{} <a href="{}">{}</a>', said, old_record_url(hurdle), _("See the old record"))
            messages.info(request, link)
            return HttpResponseRedirect(survivor.get_absolute_url())
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hurdle, user = self.record, self.request.user
        duplicates = [(each, old_record_url(each)) for each in duplicates_seen(hurdle, user)]
        return super().get_context_data(  # type: ignore[misc]
            merged=self.merged() if hurdle.merged_into_id else None,
            duplicates=duplicates,
            **kwargs,
        )

    def merged(self) -> dict[str, Any]:
        """Where the record leads, why, and whether that can still be undone."""
        hurdle, user = self.record, self.request.user
        merge = present_merge(hurdle)
        until = undoable_until(merge) if merge else None
        may_undo = refusal_to_undo(hurdle, {}) is None and permitted(user, "hurdles.unmerge_hurdle", hurdle)
        survivor = survivor_seen(hurdle, user)
        return {"merge": merge, "survivor": survivor, "may_undo": may_undo, "until": until}


class _MergingPage(VerbPage):
    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, old_record_url(self.record)), (self.verb_label, None))


class HurdleMerge(_MergingPage):
    """First choose the other one, among those that say something similar; then compare, then merge."""

    permission = "hurdles.merge_hurdle"
    template_name = "hurdles/hurdle_merge.html"
    form_class = MergeForm
    verb_label = FLOW["merge"].label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survivor = self.survivor()
        return super().get_context_data(
            q=self.request.GET.get("q", ""),
            both=[self.compared(self.record), self.compared(survivor)] if survivor else [],
            survivor=survivor,
            refusal=self.refusal(survivor) if survivor else "",
            candidates=[] if survivor else self.candidates(),
            unknown="into" in self.request.GET and survivor is None,
            **kwargs,
        )

    def survivor(self) -> Hurdle | None:
        """The other hurdle, by its number in the address."""
        number = self.request.GET.get("into", "").strip().upper()
        return visible_to(self.request.user).filter(number=number).first() if number else None

    def compared(self, hurdle: Hurdle) -> Any:
        return adding_hours(hurdle_detail(self.request.user)).get(pk=hurdle.pk)

    def refusal(self, survivor: Hurdle) -> str:
        try:
            FLOW.check_state("merge", self.record)
        except WrongState as refusal:
            return str(refusal)
        return refusal_to_merge(self.record, {"survivor": survivor}) or ""

    def candidates(self) -> list[Any]:
        """What was found by words; without words, the open hurdles that say something similar, the nearest first."""
        rows, query = may_survive(self.request.user, self.record), self.request.GET.get("q", "")
        if query.strip():
            return list(found(rows, query)[:MOST_FOUND])
        near = similar_hurdles(self.request.user, f"{self.record.title}\n{self.record.obstacle}", limit=MOST_FOUND)
        by_key = rows.in_bulk([each.hurdle.pk for each in near])
        return [by_key[each.hurdle.pk] for each in near if each.hurdle.pk in by_key]

    def done(self, form: Any) -> HttpResponse:
        survivor = self.survivor()
        if survivor is None:
            raise Unmet(_("Choose the hurdle into which it is merged."))
        reason = form.cleaned_data["reason"]
        merge_hurdle(duplicate=self.record, survivor=survivor, reason=reason, by=self.request.user)
        names = {"number": self.record.number, "survivor": survivor.number}
        said = _("%(number)s is merged into %(survivor)s. For 24 hours it can be undone.") % names
        link = format_html('{} <a href="{}">{}</a>', said, self.undo_url(), _("Undo the merge"))
        return self.go(survivor, link)

    def undo_url(self) -> str:
        return reverse("hurdles:hurdle-unmerge", args=[self.record.address])


class HurdleUnmerge(_MergingPage):
    permission = "hurdles.unmerge_hurdle"
    form_class = UnmergeForm
    verb_label = FLOW["unmerge"].label

    def done(self, form: Any) -> HttpResponse:
        hurdle = unmerge_hurdle(duplicate=self.record, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(hurdle, _("The merge is undone; all is as before."))
