"""What the acts on a person ask for: a profile, a day, a level, a place, a reason."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import RecordForm, VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.organization.models import Unit, User
from apps.organization.selectors import units_on
from apps.training.choices import RecognitionBasis, SkillLevel
from apps.training.forms.words import NOT_CHOSEN, words
from apps.training.models import Candidate, Course, Skill, TalentProfile
from apps.training.selectors.recognitions import open_recognitions

SEEN_BY = _("The person, the own manager and the personnel section read it.")


def _words(label: Any, *, required: bool = False) -> PlainFormField:
    return words(label, SEEN_BY, required=required)


def _own_profiles(person: User) -> QuerySet[Any, Any]:
    """The profiles to which the person belongs today."""
    return open_recognitions().filter(person=person).values("profile")


class CourseChoice(forms.ModelChoiceField):
    """Courses by their year and name, the newest first."""

    def label_from_instance(self, record: Any) -> str:
        return f"{record.fiscal_year.short} {record.name}"


def _profile(queryset: QuerySet[TalentProfile] | None = None) -> forms.ModelChoiceField:
    rows = TalentProfile.objects.filter(archived_at__isnull=True) if queryset is None else queryset
    return forms.ModelChoiceField(label=_("Talent profile"), queryset=rows, empty_label=NOT_CHOSEN)


class _PersonForm(RecordForm):
    """`person` is whom it is about; subclasses leave out what no longer makes sense for that person."""

    def __init__(self, data: Any = None, *, person: Any = None, **kwargs: Any) -> None:
        self.person = person
        super().__init__(data, **kwargs)
        self.ask()
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def ask(self) -> None:
        """Changes the fields before they are shown."""


class CandidateForm(_PersonForm):
    """Of which profile the person is to become one."""

    profile = _profile()
    reason = _words(_("Reason"))

    def ask(self) -> None:
        if self.person:
            choice: Any = self.fields["profile"]
            named = Candidate.objects.filter(person=self.person).values("profile")
            choice.queryset = choice.queryset.exclude(pk__in=named).exclude(pk__in=_own_profiles(self.person))


class RecognitionForm(_PersonForm):
    """Since when, and on what grounds, a person belongs to which profile."""

    profile = _profile()
    recognised_on = WarekiDateField(label=_("Recognised on"))
    basis = forms.ChoiceField(label=_("Basis"), choices=RecognitionBasis.choices)
    course = CourseChoice(
        label=_("Course"),
        help_text=_("Where one course was the basis."),
        queryset=Course.objects.filter(archived_at__isnull=True).order_by("-fiscal_year", "name", "pk"),
        required=False,
        empty_label=NOT_CHOSEN,
    )
    note = _words(_("Note"))

    def ask(self) -> None:
        self.initial.setdefault("recognised_on", clock.today())
        self.initial.setdefault("basis", RecognitionBasis.EXPERIENCE)
        if self.person:
            choice: Any = self.fields["profile"]
            choice.queryset = choice.queryset.exclude(pk__in=_own_profiles(self.person))


class SkillForm(_PersonForm):
    """Which level of which skill, since when."""

    skill = forms.ModelChoiceField(
        label=_("Skill"),
        queryset=Skill.objects.filter(Q(standard__isnull=True) | Q(standard__is_current=True)),
        empty_label=NOT_CHOSEN,
    )
    level = forms.TypedChoiceField(label=_("Level"), choices=SkillLevel.choices, coerce=int, widget=forms.RadioSelect)
    reached_on = WarekiDateField(label=_("Reached on"))
    note = _words(_("Note"))

    def ask(self) -> None:
        self.initial.setdefault("reached_on", clock.today())


class TakeBackForm(_PersonForm):
    """Why it is taken back."""

    reason = _words(_("Reason"), required=True)


class EndRecognitionForm(VerbForm):
    """From which day the person belongs to the profile no longer, and why."""

    ended_on = WarekiDateField(label=_("Does not belong to it from this day on"))
    reason = _words(_("Reason"), required=True)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"ended_on": clock.today()}


class PlacementForm(VerbForm):
    """Where the skills are used, and since when."""

    placed_on = WarekiDateField(label=_("Placed on"))
    placed_in = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=NOT_CHOSEN
    )
    placed_as = PlainFormField(
        label=_("Where the skills are used"),
        help_text=_("For example: in charge of the counters without writing."),
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["placed_in"]
        units.queryset = units_on(clock.today())

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            "placed_on": record.placed_on or clock.today(),
            "placed_in": record.placed_in_id or record.person.unit_id,
            "placed_as": record.placed_as,
        }


class EndPlacementForm(VerbForm):
    """Why the skills are not used there any more."""

    reason = _words(_("Reason"))
