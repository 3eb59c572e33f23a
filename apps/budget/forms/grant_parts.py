"""The forms of what belongs to a call: a point of its checklist, and a proposal that could ride on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.forms.grant_fields import line_field, words_field
from apps.core import clock
from apps.core.forms import RecordForm, WarekiDateField


def _value(label: Any, help_text: Any = "") -> forms.DecimalField:
    """A measured value that may be missing, such as a share in %."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "control--short control--number", "inputmode": "decimal"}),
    )


class RequirementForm(forms.Form):
    """One point of the checklist: ticked by a person, or computed from a number of the city."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    text = line_field(gettext_lazy("Requirement"), required=True, longest=300)
    is_met = forms.TypedChoiceField(
        label=pgettext_lazy("a requirement", "Met"),
        choices=[
            ("", gettext_lazy("Not known yet")),
            ("1", pgettext_lazy("a requirement", "Met")),
            ("0", pgettext_lazy("a requirement", "Not met")),
        ],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    least = _value(
        gettext_lazy("Least value"), gettext_lazy("With a least value the portal itself says whether it is met.")
    )
    city_value = _value(gettext_lazy("Value of the city"))
    unit = line_field(gettext_lazy("Unit"), gettext_lazy("For example %."), longest=20)
    checked_on = WarekiDateField(label=gettext_lazy("Checked on"), required=False)
    source = line_field(gettext_lazy("Source"), longest=300)

    def __init__(self, data: Any = None, *, record: Any = None, **kwargs: Any) -> None:
        if record is not None:
            initial = {name: getattr(record, name) for name in self.base_fields if name != "seen"}
            initial["is_met"] = {True: "1", False: "0"}.get(record.is_met, "")
            for name in ("least", "city_value"):
                if initial[name] is not None:
                    initial[name] = initial[name].normalize()
            kwargs["initial"] = initial
        super().__init__(data, **kwargs)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("The day cannot be in the future."))
        return day

    differences = RecordForm.differences


class TakeOutForm(forms.Form):
    """Why it is taken out."""

    reason = words_field(gettext_lazy("Reason"), gettext_lazy("It stands in the history."))


class CandidateForm(forms.Form):
    """A proposal, or a call, and a note."""

    chosen: Any = forms.ModelChoiceField(label="", queryset=None, empty_label=gettext_lazy("Not chosen"))
    note = line_field(gettext_lazy("Note"), longest=300)

    def __init__(self, *args: Any, choices: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.queryset, field.label = choices, label
