"""Taking a place: oneself, or for a person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.pages import Facts, VerbPage
from apps.core.transitions import WrongState
from apps.training.forms.enrolments import EnrolPersonForm
from apps.training.models import Enrolment, Session
from apps.training.selectors.enrolments import own_enrolment, seats_left, waiting_list, waiting_place
from apps.training.services.enrolments import enrol, enrol_person
from apps.training.views.session_pages import SessionPage


def session_facts(session: Session) -> Facts:
    """What one has to know before one takes a place. Not how many seats are left: that would count people."""
    left = seats_left(session)
    free = left is None or left > waiting_list(session).count()
    needed = "\n".join(course.name for course in session.course.prerequisites.all())
    facts: Facts = [
        (_("Date"), wareki.format_date(session.date, weekday=True)),
        (_("Place"), session.place or "－"),
        (_("Seats"), _("There are free seats.") if free else _("All seats are taken: you come on the waiting list.")),
    ]
    return [*facts, (_("Prerequisites"), needed)] if needed else facts


def place_words(enrolment: Enrolment) -> str:
    """What somebody reads about a place just taken."""
    place = waiting_place(enrolment)
    if place is None:
        return _("Enrolled: there is a seat.")
    return _("Enrolled: number %(place)d on the waiting list.") % {"place": place}


class SessionEnrol(SessionPage, VerbPage):
    """Shall I take part?"""

    permission = "training.enrol_oneself"
    verb_label = gettext_lazy("Enrol")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=session_facts(self.record), **kwargs)

    def done(self, form: Any) -> HttpResponse:
        try:
            enrolment = enrol(session=self.record, by=self.request.user)
        except WrongState:
            # A second click, or a page from before: the place is there.
            found = own_enrolment(self.record, self.request.user)
            if found is None:
                raise
            return HttpResponseRedirect(found.get_absolute_url())
        return self.go(enrolment, place_words(enrolment))


class SessionEnrolPerson(SessionPage, VerbPage):
    """Who of my people takes part?"""

    permission = "training.view_people"
    verb_label = gettext_lazy("Enrol a person")
    form_class = EnrolPersonForm

    def form_arguments(self) -> dict[str, Any]:
        number = self.request.GET.get("person", "")
        return {"by": self.request.user, "initial": {"person": number, "named": number}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=session_facts(self.record), **kwargs)

    def done(self, form: Any) -> HttpResponse:
        person, reason = form.chosen(), form.cleaned_data.get("reason", "")
        enrolment = enrol_person(session=self.record, person=person, by=self.request.user, reason=reason)
        messages.success(self.request, f"{person.name}：{place_words(enrolment)}")
        return HttpResponseRedirect(enrolment.get_absolute_url())
