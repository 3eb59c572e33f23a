"""What becomes of a recognition: it ends, and the person is placed somewhere."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import wareki
from apps.core.pages import Facts, RecordVerbPage
from apps.core.pages.base import Crumbs
from apps.training.forms.people import EndPlacementForm, EndRecognitionForm, PlacementForm
from apps.training.models import Recognition
from apps.training.selectors.people import recognitions_visible_to
from apps.training.services.recognitions import end_placement, end_recognition, place_person
from apps.training.views.crumbs import crumbs
from apps.training.views.people_acts import PERSONAL


class RecognitionVerb(RecordVerbPage):
    """One verb; the permission is asked about the person."""

    classification = PERSONAL
    record: Recognition

    def get_queryset(self) -> QuerySet[Recognition]:
        return recognitions_visible_to(self.request.user).select_related("person__unit", "profile", "placed_in")

    def permission_subject(self) -> Any:
        return self.record.person

    def crumbs(self) -> Crumbs:
        person = (self.record.person.name, self.record.get_absolute_url())
        return crumbs(
            (_("Staff and their training"), reverse("training:people-list")), person, (self.get_title(), None)
        )

    def facts(self) -> Facts:
        return [
            (_("Employee"), self.record.person.introduction),
            (_("Recognised on"), wareki.format_date(self.record.recognised_on)),
        ]


class RecognitionEnd(RecognitionVerb):
    permission = "training.end_recognition"
    verb_label = gettext_lazy("End the recognition")
    form_class = EndRecognitionForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(end_recognition(recognition=self.record, **self.said(form)), _("The recognition is ended."))


class PersonPlace(RecognitionVerb):
    permission = "training.place_person"
    verb_label = gettext_lazy("Place")
    form_class = PlacementForm

    def done(self, form: Any) -> HttpResponse:
        return self.go(place_person(recognition=self.record, **self.said(form)), _("The placement is kept."))


class PlacementEnd(RecognitionVerb):
    permission = "training.end_placement"
    verb_label = gettext_lazy("End the placement")
    form_class = EndPlacementForm

    def facts(self) -> Facts:
        return [*super().facts(), (_("Where the skills are used"), self.record.placed_as)]

    def done(self, form: Any) -> HttpResponse:
        return self.go(end_placement(recognition=self.record, **self.said(form)), _("The placement is ended."))
