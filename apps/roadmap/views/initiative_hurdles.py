"""The page on which one says which hurdles an initiative clears, and the one that takes such a link away."""

from typing import Any

from django.utils.translation import gettext_lazy

from apps.hurdles.models import Hurdle
from apps.roadmap.forms.initiative_parts import LinkHurdleForm, UnlinkForm
from apps.roadmap.services.initiative_hurdles import link_initiative_hurdle, unlink_initiative_hurdle
from apps.roadmap.views.hurdle_links import HurdleRemovePage, HurdlesPage
from apps.roadmap.views.initiative_pages import InitiativePage


class InitiativeHurdles(InitiativePage, HurdlesPage):
    """Which hurdles it clears; another one is added by its number, which the search below helps to find."""

    permission = "roadmap.link_initiative_hurdles"
    verb_label = gettext_lazy("Add a hurdle that it clears")
    template_name = "roadmap/initiative_hurdles.html"
    form_class = LinkHurdleForm

    def link(self, hurdle: Hurdle, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        link_initiative_hurdle(initiative=self.record, hurdle=hurdle, reason=reason, by=self.request.user)


class InitiativeHurdleRemove(InitiativePage, HurdleRemovePage):
    permission = "roadmap.link_initiative_hurdles"
    verb_label = gettext_lazy("Take the hurdle out")
    form_class = UnlinkForm

    def unlink(self, reason: str) -> None:
        unlink_initiative_hurdle(initiative=self.record, hurdle=self.hurdle, reason=reason, by=self.request.user)
