"""Numbers as people type them: full width, commas, △ for less than nothing."""

import re
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from apps.core.money import number

INTEGER_DIGITS, DECIMALS = 12, 3
# A comma stands between thousands, and nowhere else: 38,5 is not 385.
_PLAIN = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_MINUS = str.maketrans(dict.fromkeys("△▲−‐–—ー", "-"))


class DecimalBox(forms.Field):
    """A decimal number, exactly as typed: 1,234.5, １２３４．５ or △3."""

    widget = forms.TextInput(attrs={"class": "control--number control--short", "inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        text = "".join(normalize("NFKC", str(value)).translate(_MINUS).split())
        if not text:
            return None
        if not _PLAIN.fullmatch(text):
            raise ValidationError(_("Write a number such as 38.5, and less than nothing as △3."))
        return _within(Decimal(text.replace(",", "")))

    def prepare_value(self, value: Any) -> Any:
        return number(value.normalize()) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def _within(value: Decimal) -> Decimal:
    _sign, digits, exponent = value.normalize().as_tuple()
    decimals = max(0, -int(exponent))
    if decimals > DECIMALS:
        raise ValidationError(_("At most %(count)d decimals are kept.") % {"count": DECIMALS})
    if len(digits) + int(exponent) > INTEGER_DIGITS:
        raise ValidationError(_("This number is too large."))
    return value
