"""Boxes that the forms of courses and sessions share: lines of text, reasons, decimal numbers, records by name."""

import re
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.money import number
from apps.core.text import PlainFormField
from apps.organization.models import Unit
from apps.organization.selectors import sections_today
from apps.training.forms.words import NOT_CHOSEN, words

IN_HISTORY = gettext_lazy("It stands in the history.")
# A comma stands between thousands, and nowhere else: 38,5 is not 385.
_PLAIN = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_MINUS = str.maketrans(dict.fromkeys("△▲−‐–—ー", "-"))


def long_words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> PlainFormField:
    """A text box for what fills a page."""
    return words(label, help_text, required=required, rows=rows, most=10_000)


def reason_line(*, required: bool = False) -> PlainFormField:
    """A line that the history keeps."""
    label = gettext_lazy("Reason") if required else gettext_lazy("Reason of the change")
    return PlainFormField(label=label, help_text=IN_HISTORY, required=required, max_length=500)


def line(label: Any, help_text: Any = "", *, required: bool = False, most: int = 200) -> PlainFormField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return PlainFormField(label=label, help_text=help_text, required=required, max_length=most, widget=widget)


class DecimalBox(forms.DecimalField):
    """A decimal number as people type it: 1,234.5, １２３４．５ or △3."""

    widget = forms.TextInput(attrs={"class": "control--number control--short", "inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        text = "".join(normalize("NFKC", value).translate(_MINUS).split())
        if text and not _PLAIN.fullmatch(text):
            raise ValidationError(_("Write a number such as 38.5, and less than nothing as △3."))
        return super().to_python(text.replace(",", ""))

    def prepare_value(self, value: Any) -> Any:
        return number(value.normalize()) if isinstance(value, Decimal) else value


class NamedChoice(forms.ModelChoiceField):
    """Records by number and name."""

    def label_from_instance(self, record: Any) -> str:
        return f"{getattr(record, 'number', None) or ''} {record}".strip()


def record_choice(
    label: Any, model: Any, help_text: Any = "", *, required: bool = True, empty: Any = NOT_CHOSEN
) -> NamedChoice:
    """A choice that the form fills with those records that the person may choose."""
    rows = model.objects.none()
    return NamedChoice(label=label, queryset=rows, required=required, empty_label=empty, help_text=help_text)


def units_and(*further: int | None) -> QuerySet[Unit]:
    """Today's sections, and those units that are chosen already, under the name of then."""
    return Unit.objects.filter(Q(pk__in=sections_today().order_by().values("pk")) | Q(pk__in=further)).order_by(
        "order", "pk"
    )
