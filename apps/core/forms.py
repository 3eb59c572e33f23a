"""Bases of forms: typed dates in either calendar, versions, and conflicts shown field by field."""

from collections.abc import Iterable
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core import wareki


class WarekiDateField(forms.Field):
    """A day typed as R5.3.31, 令和5年3月31日 or 2023-03-31; shown as 令和5年3月31日."""

    widget = forms.TextInput(attrs={"class": "control--short", "inputmode": "text", "autocomplete": "off"})
    default_help = _("For example R5.3.31 or 2023-03-31.")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self.default_help)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return wareki.parse_date(str(value))
        except wareki.WarekiError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return wareki.format_date(value) if hasattr(value, "isoformat") else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True


class NumberField(forms.IntegerField):
    """A whole number; takes full-width digits and thousands' commas, as people type them."""

    def __init__(self, *, max_value: int | None = None, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)
        for check in self.validators:
            if max_value is not None and isinstance(check, MaxValueValidator):
                check.message = _at_most(max_value)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").replace("、", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value


def _said_at_most(most: int) -> str:
    return gettext("Write at most %(most)s.") % {"most": f"{most:,}"}


_at_most = lazy(_said_at_most, str)


def call_needed(form: forms.BaseForm, names: Iterable[str]) -> None:
    """Marks fields that are needed now and then, and say so by their help: their labels call them neither."""
    for name in names:
        form.fields[name].needed = True  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """A form over one record: `uid` for a new one, `version` for one that exists.

    Subclasses list their fields and say with `values_of` what a record holds in them.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    needed_at_times: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, record: models.Model | None = None, **kwargs: Any) -> None:
        self.record = record
        if record is not None:
            kwargs["initial"] = {**self.values_of(record), "version": getattr(record, "version", None)}
        super().__init__(data, **kwargs)
        call_needed(self, self.needed_at_times)
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def values_of(self, record: Any) -> dict[str, Any]:
        """What the record holds in each field of the form."""
        return {name: getattr(record, name) for name in self.base_fields if hasattr(record, name)}

    def values(self) -> dict[str, Any]:
        """The cleaned words, without what only serves the form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"uid", "version"}}

    def differences(self, present: "RecordForm") -> list[dict[str, Any]]:
        """The visible fields in which this form and what stands now differ, both in words."""
        rows = []
        for bound in self.visible_fields():
            mine = words(bound.field, bound.value())
            theirs = words(bound.field, present[bound.name].value())
            if mine != theirs:
                rows.append({"name": bound.name, "label": bound.label, "mine": mine, "theirs": theirs})
        return rows

    def untouched(self, shown: "RecordForm") -> set[str]:
        """The visible fields that still say what the form said when it was `shown`."""
        return {
            bound.name
            for bound in self.visible_fields()
            if bound.name in shown.fields
            and words(bound.field, bound.value()) == words(bound.field, shown[bound.name].value())
        }

    def moved_to(self, present: Any) -> "RecordForm":
        """The same typed words as a form that starts from the version that stands now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, record=present)


class VerbForm(RecordForm):
    """A verb that needs no words: only the version of the record that its reader saw."""

    def values_of(self, record: Any) -> dict[str, Any]:
        return {}


def words(field: forms.Field, value: Any) -> str:
    """What a field holds, as a person reads it; choices by their labels."""
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.BooleanField):
        return "✓" if value in {True, "on", "True", "true"} else ""
    values = value if isinstance(value, list | tuple) else [value]
    keys = {str(getattr(each, "pk", each)) for each in values}
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(field.prepare_value(_meant(field, value))).replace("\r\n", "\n")
    return "、".join(str(label) for key, label in choices if str(key) in keys and str(key))


def _meant(field: forms.Field, value: Any) -> Any:
    """What was typed as the field reads it, so that R4.10.14 and 2022-10-14 are the same words; else as typed."""
    try:
        return field.to_python(value)
    except forms.ValidationError:
        return value
