"""The page on which one says what a hurdle needs first, and the one that takes such a link away."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import VerbPage
from apps.core.pages.base import Crumbs
from apps.hurdles.forms import NeedsForm, RemoveForm
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors import visible_to
from apps.hurdles.selectors.dependencies import by_number, may_be_needed, needed_first
from apps.hurdles.services import add_dependency, remove_dependency
from apps.hurdles.views.crumbs import hurdle_crumbs


class _NeedsPage(VerbPage):
    permission = "hurdles.edit_hurdle"

    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, self.record.get_absolute_url()), (self.verb_label, None))


class HurdleNeeds(_NeedsPage):
    """What is needed first; another one is added by its number, which the search below helps to find."""

    verb_label = gettext_lazy("Say what is needed first")
    template_name = "hurdles/hurdle_needs.html"
    form_class = NeedsForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"number": self.request.GET.get("number", "")}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, words = self.request.user, self.request.GET.get("q", "")
        return super().get_context_data(
            q=words, needed=needed_first(user, self.record), offered=may_be_needed(user, self.record, words), **kwargs
        )

    def done(self, form: Any) -> HttpResponse:
        needs = by_number(self.request.user, form.cleaned_data["number"])
        if needs is None:
            form.add_error("number", _("There is no hurdle of this number."))
            return self.show(form, status=422)
        add_dependency(hurdle=self.record, needs=needs, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.go(self.record, _("Added."))


class HurdleNeedsRemove(_NeedsPage):
    verb_label = gettext_lazy("Take away what is needed first")
    form_class = RemoveForm

    def load(self) -> None:
        super().load()
        needs = needed_first(self.request.user, self.record).filter(pk=self.kwargs["needs"]).first()
        if needs is None:
            raise Http404
        self.needs = needs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            facts=[(_("Needs first"), f"{self.needs.number or ''} {self.needs.title}".strip())], **kwargs
        )

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        remove_dependency(hurdle=self.record, needs=self.needs, reason=reason, by=self.request.user)
        return self.go(self.record, _("Removed."))
