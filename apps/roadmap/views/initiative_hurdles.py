"""The page on which one says which hurdles an initiative clears, and the one that takes such a link away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import Facts
from apps.hurdles.selectors.dependencies import by_number, hurdles_to_link
from apps.roadmap.forms.initiative_parts import LinkHurdleForm, UnlinkForm
from apps.roadmap.selectors import hurdles_of
from apps.roadmap.services.initiative_hurdles import link_initiative_hurdle, unlink_initiative_hurdle
from apps.roadmap.views.initiative_parts import InitiativePart


class InitiativeHurdles(InitiativePart):
    """Which hurdles it clears; another one is added by its number, which the search below helps to find."""

    permission = "roadmap.link_initiative_hurdles"
    verb_label = gettext_lazy("Add a hurdle that it clears")
    template_name = "roadmap/initiative_hurdles.html"
    form_class = LinkHurdleForm

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"number": self.request.GET.get("number", "")}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.request.GET.get("q", "")
        there = self.record.hurdle_links.order_by().values("hurdle")
        linked, offered = hurdles_of(self.record, user), hurdles_to_link(user, asked, linked=there)
        return super().get_context_data(q=asked, linked=linked, offered=offered, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        hurdle = by_number(self.request.user, form.cleaned_data["number"])
        if hurdle is None:
            form.add_error("number", _("There is no hurdle of this number."))
            return self.show(form, status=422)
        reason = form.cleaned_data["reason"]
        link_initiative_hurdle(initiative=self.record, hurdle=hurdle, reason=reason, by=self.request.user)
        return self.go(self.record, _("Added."))


class InitiativeHurdleRemove(InitiativePart):
    permission = "roadmap.link_initiative_hurdles"
    verb_label = gettext_lazy("Take the hurdle out")
    form_class = UnlinkForm

    def load(self) -> None:
        super().load()
        hurdle = hurdles_of(self.record, self.request.user).filter(pk=self.kwargs["hurdle"]).first()
        if hurdle is None:
            raise Http404
        self.hurdle = hurdle

    def facts(self) -> Facts:
        return [(_("Hurdle"), f"{self.hurdle.number or ''} {self.hurdle.title}".strip())]

    def done(self, form: Any) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        unlink_initiative_hurdle(initiative=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)
        return self.go(self.record, _("Removed."))
