"""What an initiative needs first and what it is related to: one page to see and add, one to take away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.models import found
from apps.core.pages import VerbPage
from apps.roadmap import selectors
from apps.roadmap.forms.schedule import LinkForm, UnlinkForm
from apps.roadmap.models import Initiative
from apps.roadmap.services.links import (
    need_initiative,
    need_initiative_no_more,
    relate_initiatives,
    relate_initiatives_no_more,
)
from apps.roadmap.views.initiative_pages import InitiativePage

MOST_OFFERED = 20


class InitiativeLinks(InitiativePage, VerbPage):
    """Another one is added by its number, which the search below helps to find."""

    permission = "roadmap.link_initiatives"
    verb_label = gettext_lazy("Link initiatives")
    template_name = "roadmap/initiative_links.html"
    form_class = LinkForm

    def form_arguments(self) -> dict[str, Any]:
        return {
            "initial": {"number": self.request.GET.get("number", ""), "kind": self.request.GET.get("kind", "needs")}
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        initiative, words = self.record, self.request.GET.get("q", "")
        visible = selectors.initiatives_visible_to(self.request.user)
        others = visible.filter(number__isnull=False).exclude(pk=initiative.pk).select_related("lead_unit")
        return super().get_context_data(
            q=words,
            needed_first=selectors.needed_first(initiative, visible),
            waiting_for=selectors.waiting_for(initiative, visible),
            related=selectors.related_to(initiative, visible),
            offered=list(found(others, words)[:MOST_OFFERED]) if words.strip() else [],
            **kwargs,
        )

    def done(self, form: Any) -> HttpResponse:
        user, said = self.request.user, form.cleaned_data
        other = selectors.initiatives_visible_to(user).filter(number=said["number"]).first()
        if other is None:
            form.add_error("number", _("There is no initiative of this number."))
            return self.show(form, status=422)
        if said["kind"] == "related":
            relate_initiatives(initiative=self.record, other=other, reason=said["reason"], by=user)
        elif not need_initiative(initiative=self.record, needs=other, reason=said["reason"], by=user):
            messages.warning(
                self.request,
                _("The dates do not fit: this starts before “%(title)s” has ended. Move the dates.")
                % {"title": other.title},
            )
        return self.go(self.record, _("Added."))


class _Unlink(InitiativePage, VerbPage):
    permission = "roadmap.link_initiatives"
    form_class = UnlinkForm
    other: Initiative

    def others(self) -> list[Initiative]:
        raise NotImplementedError

    def load(self) -> None:
        super().load()
        other = next((each for each in self.others() if each.pk == self.kwargs["other"]), None)
        if other is None:
            raise Http404
        self.other = other

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            facts=[(_("Initiative"), f"{self.other.number or ''} {self.other.title}".strip())], **kwargs
        )


class InitiativeNeedsNoMore(_Unlink):
    verb_label = gettext_lazy("Take away what is needed first")

    def others(self) -> list[Initiative]:
        visible = selectors.initiatives_visible_to(self.request.user)
        return [each.initiative for each in selectors.needed_first(self.record, visible)]

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        need_initiative_no_more(initiative=self.record, needs=self.other, reason=reason, by=self.request.user)
        return self.go(self.record, _("Removed."))


class InitiativeRelatedNoMore(_Unlink):
    verb_label = gettext_lazy("Take the relation away")

    def others(self) -> list[Initiative]:
        return list(selectors.related_to(self.record, selectors.initiatives_visible_to(self.request.user)))

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        relate_initiatives_no_more(initiative=self.record, other=self.other, reason=reason, by=self.request.user)
        return self.go(self.record, _("Removed."))
