"""Fields that several forms of the registry share."""

from typing import Any

from django import forms

from apps.core.forms import NumberField
from apps.core.text import PlainFormField


def area(label: Any, help_text: Any = "", rows: int = 3, required: bool = False) -> PlainFormField:
    """A text box of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=10_000)


def count(label: Any, help_text: Any = "") -> NumberField:
    """A box for a whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"})
    return NumberField(
        label=label, help_text=help_text, required=False, widget=widget, min_value=0, max_value=2_000_000_000
    )
