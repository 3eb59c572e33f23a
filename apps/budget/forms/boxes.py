"""Boxes that the forms of proposals share: lines, texts, amounts, decimals, rates, years, records by name."""

import re
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.services.amounts import MOST_K
from apps.core.fiscal import FiscalYearFormField
from apps.core.forms import NumberField, RecordForm
from apps.core.money import YEN_PER_K, number
from apps.core.text import PlainFormField
from apps.organization.models import Unit
from apps.organization.selectors import sections_today

NOT_CHOSEN = gettext_lazy("Not chosen")
MOST_HOURS = 2_000_000_000
YEAR_HELP = gettext_lazy("For example R5 or 2023.")
_RATE = re.compile(r"(\d{1,4})/(\d{1,4})", re.ASCII)
_DECIMAL = re.compile(r"-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,2})?", re.ASCII)
_MINUS = str.maketrans(dict.fromkeys("△▲−‐–—ー", "-"))


def line(label: Any, help_text: Any = "", *, required: bool = False, most: int = 200) -> PlainFormField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return PlainFormField(label=label, help_text=help_text, required=required, max_length=most, widget=widget)


def area(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> PlainFormField:
    """A text box of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, max_length=10_000, widget=widget)


def amount(label: Any, help_text: Any = "", *, required: bool = False, most: int = MOST_K) -> NumberField:
    """An amount of money or of hours, never negative."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"})
    return NumberField(label=label, help_text=help_text, required=required, min_value=0, max_value=most, widget=widget)


def yen(label: Any, help_text: Any = "") -> NumberField:
    return amount(label, help_text, most=MOST_K * YEN_PER_K)


def year(label: Any, help_text: Any = YEAR_HELP, *, required: bool = True) -> Any:
    """A fiscal year, typed in either calendar."""
    widget = forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"})
    return FiscalYearFormField(label=label, help_text=help_text, required=required, widget=widget)


class DecimalBox(forms.Field):
    """A decimal number as people type it: 1,234.5, １２３４．５ or △3; two decimals are kept."""

    widget = forms.TextInput(attrs={"class": "control--number control--short", "inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None if not isinstance(value, Decimal) else value
        text = "".join(normalize("NFKC", str(value)).translate(_MINUS).split())
        if not _DECIMAL.fullmatch(text):
            raise ValidationError(_("Write a number such as 38.5, and less than nothing as △3."))
        return Decimal(text.replace(",", ""))

    def prepare_value(self, value: Any) -> Any:
        return number(value.normalize()) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class RateBox(forms.Field):
    """A rate as a fraction, 1/2 or 10/10; never a percentage, which would round. It lies between 0 and 1."""

    widget = forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"})

    def to_python(self, value: Any) -> tuple[int, int] | None:
        if value in self.empty_values or isinstance(value, tuple):
            return value or None
        found = _RATE.fullmatch("".join(normalize("NFKC", str(value)).split()))
        if not found:
            raise ValidationError(_("Write the rate as a fraction, such as 1/2."))
        numerator, denominator = int(found[1]), int(found[2])
        if denominator == 0:
            raise ValidationError(_("Nothing can be divided by 0."))
        if not 0 < numerator <= denominator:
            raise ValidationError(_("A rate lies between 0 and 1."))
        return numerator, denominator

    def prepare_value(self, value: Any) -> Any:
        return f"{value[0]}/{value[1]}" if isinstance(value, tuple) else value


class NamedChoice(forms.ModelChoiceField):
    """Records by number and name."""

    def label_from_instance(self, record: Any) -> str:
        return f"{getattr(record, 'number', None) or ''} {record}".strip()


def record_choice(label: Any, model: Any, help_text: Any = "", *, required: bool = False) -> NamedChoice:
    """A choice that the form fills with those records that may be chosen."""
    rows = model.objects.none()
    return NamedChoice(label=label, queryset=rows, required=required, empty_label=NOT_CHOSEN, help_text=help_text)


def units_and(*further: int | None) -> QuerySet[Unit]:
    """Today's sections, and those units that are chosen already, under the name of then."""
    rows = Q(pk__in=sections_today().order_by().values("pk")) | Q(pk__in=[each for each in further if each])
    return Unit.objects.filter(rows).order_by("order", "pk")


class PartForm(RecordForm):
    """`seen` marks what the part said when its form was shown; the reason is optional."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    reason = line(gettext_lazy("Reason of the change"), gettext_lazy("It stands in the history."), most=500)

    def __init__(self, data: Any = None, *, proposal: Any = None, **kwargs: Any) -> None:
        record = kwargs.get("record")
        self.proposal = proposal or (self.proposal_of(record) if record is not None else None)
        super().__init__(data, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])
        self.choose_among()
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def proposal_of(self, record: Any) -> Any:
        return record.proposal

    def choose_among(self) -> None:
        """Fills the choices from what may be chosen for the proposal."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in {"seen", "reason"}}


class RemoveForm(forms.Form):
    """A part goes with one more click."""

    reason = line(gettext_lazy("Reason of the change"), gettext_lazy("It stands in the history."), most=500)
