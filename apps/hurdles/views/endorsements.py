"""Ours too: one click from a hurdle's page or from the list of similar ones, and the page that completes it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.pages import VerbPage, mark_conflict
from apps.core.pages.base import Crumbs
from apps.core.services import StalePart, seen_as
from apps.hurdles.forms import EndorsementForm
from apps.hurdles.models import Endorsement, Hurdle
from apps.hurdles.selectors import similar_card, visible_to
from apps.hurdles.services import change_endorsement, endorse_hurdle, withdraw_endorsement
from apps.hurdles.views.crumbs import hurdle_crumbs

CARD = "hurdles/parts/similar_card.html"


class _OursToo(VerbPage):
    """A verb of "ours too". Within the list of similar hurdles it answers with the one card alone."""

    form_class: type[forms.BaseForm] = EndorsementForm
    template_name = "hurdles/endorsement_form.html"

    def get_queryset(self) -> QuerySet[Hurdle]:
        return visible_to(self.request.user)

    def crumbs(self) -> Crumbs:
        name = self.record.number or _("Draft")
        return hurdle_crumbs((name, self.record.get_absolute_url()), (self.verb_label, None))

    def answer(self, message: str) -> HttpResponse:
        """The card where the list of similar hurdles asked for it, else the hurdle's page."""
        if self.request.headers.get("HX-Request") != "true":
            return self.go(self.record, message)
        typed = self.request.POST.get("typed", "")
        card = similar_card(self.request.user, self.record, typed)
        context = {"similar": card, "typed": typed, "said": message, "clicked": True}
        return render(self.request, CARD, context)


class HurdleEndorse(_OursToo):
    permission = "hurdles.endorse_hurdle"
    verb_label = gettext_lazy("Ours too")

    def done(self, form: Any) -> HttpResponse:
        values = form.values()
        values["example"] = values["example"] or self.request.POST.get("typed", "")[:10_000]
        endorse_hurdle(hurdle=self.record, by=self.request.user, **values)
        return self.answer(_("Added to “ours too”."))


class _EndorsementVerb(_OursToo):
    """A verb over what one section has said."""

    voice: Endorsement

    def load(self) -> None:
        super().load()
        voice = self.record.endorsements.select_related("unit").filter(pk=self.kwargs["voice"]).first()
        if voice is None:
            raise Http404
        voice.hurdle, self.voice = self.record, voice

    def permission_subject(self) -> Endorsement:
        return self.voice

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(voice=self.voice, **kwargs)


class EndorsementChange(_EndorsementVerb):
    permission = "hurdles.change_endorsement"
    verb_label = gettext_lazy("Complete “ours too”")

    def form_arguments(self) -> dict[str, Any]:
        return {"record": self.voice}

    def show(self, form: Any, *, status: int = 200) -> HttpResponse:
        form.initial["seen"] = seen_as(self.voice)
        return super().show(form, status=status)

    def done(self, form: Any) -> HttpResponse:
        seen = form.cleaned_data["seen"]
        try:
            change_endorsement(endorsement=self.voice, seen=seen, values=form.values(), by=self.request.user)
        except StalePart as stale:
            mark_conflict(form, stale.present)
            return self.show(form, status=409)
        return self.go(self.record, _("Saved."))


class EndorsementWithdraw(_EndorsementVerb):
    permission = "hurdles.withdraw_endorsement"
    verb_label = gettext_lazy("Take “ours too” back")
    template_name = "components/verb_page.html"
    form_class = forms.Form

    def done(self, form: Any) -> HttpResponse:
        withdraw_endorsement(endorsement=self.voice, by=self.request.user)
        return self.answer(_("“Ours too” is taken back."))
