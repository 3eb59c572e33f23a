"""Pages that link a record to the hurdles that it clears, and take such a link away."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from apps.core.pages import Facts, VerbPage
from apps.hurdles.models import Hurdle
from apps.hurdles.selectors.dependencies import by_number, hurdles_to_link
from apps.roadmap.selectors import hurdles_of


class HurdlesPage(VerbPage):
    """Another hurdle is added by its number, which the search below the form helps to find."""

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"number": self.request.GET.get("number", "")}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.request.GET.get("q", "")
        offered = hurdles_to_link(user, asked, linked=self.record.hurdle_links.order_by().values("hurdle"))
        return super().get_context_data(q=asked, linked=hurdles_of(self.record, user), offered=offered, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        hurdle = by_number(self.request.user, form.cleaned_data["number"])
        if hurdle is None:
            form.add_error("number", _("There is no hurdle of this number."))
            return self.show(form, status=422)
        self.link(hurdle, form)
        return self.go(self.record, _("Added."))

    def link(self, hurdle: Hurdle, form: Any) -> None:
        raise NotImplementedError


class HurdleRemovePage(VerbPage):
    """One link is taken away, with a reason."""

    def load(self) -> None:
        super().load()
        hurdle = hurdles_of(self.record, self.request.user).filter(pk=self.kwargs["hurdle"]).first()
        if hurdle is None:
            raise Http404
        self.hurdle = hurdle

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts: Facts = [(_("Hurdle"), f"{self.hurdle.number or ''} {self.hurdle.title}".strip())]
        return super().get_context_data(facts=facts, **kwargs)

    def done(self, form: Any) -> HttpResponse:
        self.unlink(form.cleaned_data["reason"])
        return self.go(self.record, _("Removed."))

    def unlink(self, reason: str) -> None:
        raise NotImplementedError
