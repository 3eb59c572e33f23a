"""The kinds of boxes that the forms of a call and of its parts are made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.forms import NumberField, WarekiDateField
from apps.core.text import PlainFormField

# No column of the database is wider.
MOST_K = 9_999_999_999
LONGEST_LINE = 300


def line_field(label: Any, help_text: Any = "", *, required: bool = False, longest: int = 200) -> PlainFormField:
    return PlainFormField(label=label, help_text=help_text, required=required, max_length=longest)


def words_field(label: Any, help_text: Any = "", *, required: bool = True) -> PlainFormField:
    widget = forms.Textarea(attrs={"rows": 2})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=2_000)


class LinesField(forms.Field):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:
        found = [line.strip() for line in str(value or "").splitlines()]
        return list(dict.fromkeys(line for line in found if line))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if any(len(line) > LONGEST_LINE for line in value):
            raise forms.ValidationError(_("A line has at most %(count)d characters.") % {"count": LONGEST_LINE})

    def clean(self, value: Any) -> Any:
        field = PlainFormField(required=False)
        return super().clean(field.clean(value))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


def lines_field(label: Any, help_text: Any = "") -> LinesField:
    return LinesField(label=label, required=False, help_text=help_text or gettext_lazy("One a line."))


def amount_field(label: Any, help_text: Any = "") -> NumberField:
    box = forms.TextInput(attrs={"class": "control--short control--number", "inputmode": "numeric"})
    return NumberField(label=label, help_text=help_text, required=False, min_value=0, max_value=MOST_K, widget=box)


def count_field(label: Any, help_text: Any = "", *, required: bool = False, least: int = 0) -> NumberField:
    box = forms.TextInput(attrs={"class": "control--short control--number", "inputmode": "numeric"})
    return NumberField(
        label=label, help_text=help_text, required=required, min_value=least, max_value=10_000, widget=box
    )


def day_field(label: Any, help_text: Any = "") -> WarekiDateField:
    return WarekiDateField(label=label, required=False, help_text=help_text or WarekiDateField.default_help)


def hour_field() -> forms.TimeField:
    box = forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"})
    return forms.TimeField(
        label=gettext_lazy("Hour at which it closes"),
        help_text=gettext_lazy("For example 17:00; empty where the whole day counts."),
        required=False,
        widget=box,
        input_formats=["%H:%M", "%H:%M:%S"],
    )
