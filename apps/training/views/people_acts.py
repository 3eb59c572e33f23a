"""One act on several people at once: chosen in the list, looked at once more, then done."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.core.pages import Page
from apps.core.pages.base import Crumbs
from apps.core.permissions import permitted, require
from apps.core.transitions import Unmet
from apps.organization.models import User
from apps.training.filters import PeopleFilter
from apps.training.forms.people import CandidateForm, RecognitionForm
from apps.training.models import TalentProfile
from apps.training.selectors import people
from apps.training.services.candidates import name_candidates
from apps.training.services.recognitions import Grounds, recognise_people
from apps.training.views.crumbs import crumbs

PERSONAL = gettext_lazy("Confidentiality 3 (personal records of staff)")
# More in one act is no choice any more.
MOST_PEOPLE = 500
LISTED = 20


def _name(form: Any, chosen: list[User], by: Any) -> str:
    count = name_candidates(
        people=chosen, profile=form.cleaned_data["profile"], reason=form.cleaned_data["reason"], by=by
    )
    if not count:
        return _("All of them are candidates already.")
    return ngettext("%(count)d person is named a candidate.", "%(count)d people are named candidates.", count) % {
        "count": count
    }


def _recognise(form: Any, chosen: list[User], by: Any) -> str:
    data = form.cleaned_data
    grounds = Grounds(data["recognised_on"], data["basis"], data["course"], data["note"])
    count = recognise_people(people=chosen, profile=data["profile"], grounds=grounds, by=by)
    if not count:
        return _("All of them belong to it already.")
    return ngettext("%(count)d person is recognised.", "%(count)d people are recognised.", count) % {"count": count}


# Verb: its label, the permission that opens it, its form, and what it does.
Verb = tuple[Any, str, type[forms.Form], Callable[[Any, list[User], Any], str]]
VERBS: dict[str, Verb] = {
    "name": (gettext_lazy("Name candidates"), "training.view_people", CandidateForm, _name),
    "recognise": (gettext_lazy("Recognise people"), "training.recognise_people", RecognitionForm, _recognise),
}


def acts_on_people(user: Any) -> list[dict[str, Any]]:
    """The buttons of the list."""
    return [
        {"name": name, "label": label}
        for name, (label, permission, _form, _do) in VERBS.items()
        if permitted(user, permission)
    ]


class PeopleChange(Page):
    """The two steps of one act; the pressed button says which act (`verb`), `confirm` that it is done now."""

    permission = "training.view_people"
    classification = PERSONAL
    title = gettext_lazy("Staff and their training")
    template_name = "training/people_change.html"

    def crumbs(self) -> Crumbs:
        return crumbs((_("Staff and their training"), reverse("training:people-list")), (self.title, None))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("training:people-list"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        verb = request.POST.get("verb", "")
        if verb not in VERBS:
            return self.back(messages.ERROR, _("Choose what to do."))
        require(request.user, VERBS[verb][1])
        chosen = list(
            self.chosen().select_related("unit").order_by("unit__order", "employee_number")[: MOST_PEOPLE + 1]
        )
        if not chosen:
            return self.back(messages.ERROR, _("Select people first."))
        if len(chosen) > MOST_PEOPLE:
            return self.back(messages.ERROR, _("One act concerns at most %(most)d people.") % {"most": MOST_PEOPLE})
        return self.step(verb, chosen)

    def chosen(self) -> QuerySet[User]:
        """Of the selected people those whom one sees; all of the search where that was asked for."""
        seen = people.here_today(people.people_visible_to(self.request.user))
        if "every" not in self.request.POST:
            return seen.filter(employee_number__in=self.request.POST.getlist("row"))
        filterset = PeopleFilter(self.asked, queryset=seen, request=self.request)
        return filterset.qs if filterset.is_valid() else seen.none()

    @property
    def asked(self) -> QueryDict:
        """The search of the list."""
        return QueryDict(self.request.POST.get("query", ""))

    def step(self, verb: str, chosen: list[User]) -> HttpResponse:
        _label, _permission, form_class, do = VERBS[verb]
        if "confirm" not in self.request.POST:
            return self.show(verb, form_class(initial=self.initial()), chosen)
        form = form_class(self.request.POST)
        if not form.is_valid():
            return self.show(verb, form, chosen, status=422)
        try:
            return self.back(messages.SUCCESS, do(form, chosen, self.request.user))
        except Unmet as refusal:
            form.add_error(None, str(refusal))
            return self.show(verb, form, chosen, status=422)

    def initial(self) -> dict[str, Any]:
        """The profile for which the list was asked."""
        code = self.asked.get("ready") or self.asked.get("profile") or ""
        return {"uid": uuid.uuid4(), "profile": TalentProfile.objects.filter(code=code).first()}

    def show(self, verb: str, form: forms.Form, chosen: list[User], status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            verb=verb,
            verb_label=VERBS[verb][0],
            form=form,
            chosen=chosen,
            shown=chosen[:LISTED],
            more=len(chosen[LISTED:]),
            query=self.asked.urlencode(),
            back_url=self.list_address(),
        )
        return self.render_to_response(context, status=status)

    def list_address(self) -> str:
        query = self.asked.urlencode()
        return f"{reverse('training:people-list')}?{query}" if query else reverse("training:people-list")

    def back(self, level: int, words: str) -> HttpResponseRedirect:
        """To the list as it was."""
        messages.add_message(self.request, level, words)
        return HttpResponseRedirect(self.list_address())
