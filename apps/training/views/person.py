"""The page of one person: what one came to, can do, is to become, and where it leads on."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.menu import Act, as_buttons, grouped
from apps.core.pages import Facts, Page
from apps.core.pages.base import Crumbs
from apps.core.pages.form import FormPage
from apps.core.permissions import permitted
from apps.organization.models import User
from apps.training.selectors.people import persons_visible_to
from apps.training.selectors.personal import personal_record
from apps.training.views.crumbs import crumbs
from apps.training.views.people_acts import PERSONAL

# Verb of the head, its label and its page; the first that one may do is the one primary button.
HEAD: tuple[tuple[str, Any, str], ...] = (
    ("name_candidate", gettext_lazy("Name as a candidate"), "candidate-name"),
    ("recognise_person", gettext_lazy("Recognise"), "person-recognise"),
    ("record_skill", gettext_lazy("Record a skill"), "skill-record"),
)
# What one may do in the tables of the page.
IN_TABLES = ("withdraw_candidacy", "end_recognition", "place_person", "end_placement", "withdraw_skill")


class PersonPage(Page):
    """A page about one person; who may not see the person's records is told that there is none."""

    classification = PERSONAL
    request: Any
    record: User

    def load(self) -> None:
        people = persons_visible_to(self.request.user).filter(employee_number=self.kwargs["number"])
        found = people.select_related("unit").first()
        if found is None:
            raise Http404
        self.record = found

    def permission_subject(self) -> Any:
        return self.record

    @property
    def is_oneself(self) -> bool:
        return self.record.pk == self.request.user.pk

    def page_url(self) -> str:
        """Where the person's record stands."""
        if self.is_oneself:
            return reverse("training:my-record")
        return reverse("training:person-detail", args=[self.record.employee_number])

    def crumbs(self) -> Crumbs:
        if self.is_oneself:
            return crumbs((_("My training"), self.page_url()), *self.further())
        people = (_("Staff and their training"), reverse("training:people-list"))
        return crumbs(people, (self.record.name, self.page_url()), *self.further())

    def further(self) -> Crumbs:
        """The way from the person's page to this one."""
        return [(self.get_title(), None)]


class PersonDetail(PersonPage):
    permission = "training.view_person"
    template_name = "training/person_detail.html"

    def get_title(self) -> Any:
        return self.record.name

    def crumbs(self) -> Crumbs:
        way = super().crumbs()
        return [*way[:-1], (way[-1][0], None)]

    def further(self) -> Crumbs:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, person = self.request.user, self.record
        return super().get_context_data(
            record=person,
            personal=personal_record(person),
            is_oneself=self.is_oneself,
            menu=self.menu(),
            may={verb: permitted(user, f"training.{verb}", person) for verb in IN_TABLES},
            **kwargs,
        )

    def menu(self) -> dict[str, Any]:
        """What one may do with the person."""
        person, user = self.record, self.request.user
        acts = [
            Act(verb, label, reverse(f"training:{page}", args=[person.employee_number]))
            for verb, label, page in HEAD
            if person.is_active and permitted(user, f"training.{verb}", person)
        ]
        if person.is_active and permitted(user, "training.record_transfer"):
            address = f"{reverse('training:transfer-record')}?person={person.employee_number}"
            acts.append(Act("record_transfer", _("Record a known transfer"), address))
        groups = grouped(acts[len(HEAD) :], {_("Further"): ()}) if acts[len(HEAD) :] else []
        return {"buttons": as_buttons(acts[: len(HEAD)], primary=["name_candidate"]), "groups": groups, "others": []}


class MyRecord(PersonDetail):
    """One's own record."""

    permission = "training.view_own_record"

    def load(self) -> None:
        found = User.objects.filter(pk=self.request.user.pk).select_related("unit").first()
        if found is None:
            raise Http404
        self.record = found

    def get_title(self) -> Any:
        return _("My training")


class PersonForm(PersonPage, FormPage):
    """A page that does something with the person's record, and leads back there."""

    template_name = "components/verb_page.html"
    verb_label: Any = ""
    said: Any = ""

    def get_title(self) -> Any:
        return self.verb_label

    def facts(self) -> Facts:
        """What one has to know before one does it."""
        unit = self.record.unit or "－"
        return [(_("Employee number"), self.record.employee_number), (_("Unit"), unit)]

    def form_arguments(self) -> dict[str, Any]:
        return {"person": self.record}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            record=self.record, verb_label=self.verb_label, back_url=self.page_url(), facts=self.facts(), **kwargs
        )

    def back(self) -> HttpResponse:
        """To the person's page."""
        return HttpResponseRedirect(self.page_url())
