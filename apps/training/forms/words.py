"""Boxes that several forms of the training have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import NumberField, VerbForm
from apps.core.text import PlainFormField

NOT_CHOSEN = _("Not chosen")
MOST_PEOPLE = 10_000_000


def words(
    label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3, most: int = 2_000
) -> PlainFormField:
    """A text box of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=most)


def count_box(label: Any, *, most: int = MOST_PEOPLE) -> NumberField:
    """A whole number that may be left out."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"})
    return NumberField(label=label, required=False, min_value=0, max_value=most, widget=widget)


class ReasonForm(VerbForm):
    """Why it is done."""

    reason = words(_("Reason"), _("It stands in the history."))
