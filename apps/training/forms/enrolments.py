"""What enrolling, inviting, withdrawing and the question three months later ask for."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import VerbForm, call_needed
from apps.core.text import PlainFormField
from apps.organization.models import Unit, User
from apps.organization.models.managing import people_managed_by
from apps.training.choices import FollowUp
from apps.training.forms.words import NOT_CHOSEN, words
from apps.training.models import TalentProfile
from apps.training.permissions import is_personnel
from apps.training.selectors.invitees import (
    PeopleLookup,
    people_in_list,
    people_of_profile,
    people_of_units,
)


class EnrolmentReasonForm(VerbForm):
    """Why it is taken back or declined."""

    reason = words(_("Reason"), _("The person, the own manager and the personnel section read it."), required=False)


class FollowUpForm(VerbForm):
    """Three months later."""

    follow_up = forms.ChoiceField(label=_("Used at work"), choices=FollowUp.choices, widget=forms.RadioSelect)
    follow_up_text = words(
        _("What came of it"),
        _("What you use and what for, or what keeps you from it. The own manager and the personnel section read it."),
        required=False,
        rows=5,
    )

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"follow_up": record.follow_up, "follow_up_text": record.follow_up_text}


class _PlainForm(forms.Form):
    """A form without a record behind it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.introduction)


class EnrolPersonForm(_PlainForm):
    """A manager chooses among the own people, the personnel section names anybody and may overrule with a reason."""

    person: Any = _Person(
        label=_("Employee"), queryset=User.objects.none(), to_field_name="employee_number", empty_label=NOT_CHOSEN
    )
    named = PlainFormField(
        label=_("Employee"), help_text=_("The employee number, or the full name."), max_length=100, required=False
    )
    reason = words(
        _("Reason for enrolling without the prerequisites"),
        _("Only where the person has not completed what the course needs first."),
        required=False,
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_personnel(by):
            del self.fields["person"]
            self.fields["named"].required = True
        else:
            del self.fields["named"], self.fields["reason"]
            people = people_managed_by(by).select_related("unit").order_by("unit__order", "kana", "pk")
            self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def clean_named(self) -> Any:
        found = PeopleLookup().find(self.cleaned_data["named"])
        if isinstance(found, str):
            raise forms.ValidationError(found)
        return found

    def chosen(self) -> User:
        person: User = self.cleaned_data.get("person") or self.cleaned_data["named"]
        return person


class _Units(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


PROFILE, UNITS, LIST = "profile", "units", "list"


class InvitationForm(_PlainForm):
    """Whom to invite: the people of a profile, of units with all below, or of a pasted list."""

    way = forms.ChoiceField(
        label=_("Whom to invite"),
        choices=[(PROFILE, _("The people of a talent profile")), (UNITS, _("Units")), (LIST, _("A list"))],
        widget=forms.RadioSelect,
    )
    profile = forms.ModelChoiceField(
        label=_("Talent profile"),
        queryset=TalentProfile.objects.filter(archived_at__isnull=True),
        required=False,
        help_text=_("For the first way."),
        empty_label=NOT_CHOSEN,
    )
    belonging = forms.MultipleChoiceField(
        label=_("Of the talent profile"),
        choices=[("candidates", _("Those who are to become one")), ("recognised", _("Those who belong to it"))],
        help_text=_("For the first way."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    units: Any = _Units(
        label=_("Units"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("For the second way: with all units below."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    listed = words(
        _("Pasted list"),
        _("For the third way: one employee number or one full name a line, as pasted from Excel."),
        required=False,
        rows=6,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        call_needed(self, ("profile", "belonging", "units", "listed"))
        today = Unit.objects.on(clock.today()).order_by("code")
        self.fields["units"].queryset = today  # type: ignore[attr-defined]
        self.fields["listed"].max_length = 200_000  # type: ignore[attr-defined]
        self.fields["listed"].validators = []
        self.people: list[User] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        find = {PROFILE: self._of_profile, UNITS: self._of_units, LIST: self._of_list}.get(data.get("way", ""))
        if find and not self.errors:
            find(data)
        return data

    def _of_profile(self, data: dict[str, Any]) -> None:
        if not data.get("profile"):
            self.add_error("profile", _("Choose the talent profile."))
        elif not data.get("belonging"):
            self.add_error("belonging", _("Choose at least one."))
        else:
            self.people = list(people_of_profile(data["profile"], **self.chosen()))

    def chosen(self) -> dict[str, bool]:
        """Which people of the talent profile are meant."""
        return {name: name in self.cleaned_data["belonging"] for name in ("candidates", "recognised")}

    def _of_units(self, data: dict[str, Any]) -> None:
        if not data.get("units"):
            self.add_error("units", _("Choose at least one unit."))
        else:
            self.people = list(people_of_units(list(data["units"])))

    def _of_list(self, data: dict[str, Any]) -> None:
        found = people_in_list(data.get("listed", ""))
        for fault in found.faults:
            words = {"line": fault.line, "text": fault.text}
            self.add_error("listed", _("Line %(line)d: %(text)s") % words)
        if not found.people and not found.faults:
            self.add_error("listed", _("Write at least one line."))
        self.people = found.people


class RollUploadForm(_PlainForm):
    """The workbook with who came."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An Excel workbook (.xlsx) with the headings of the form. Nothing is stored before you confirm."),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.disable_csrf = True
