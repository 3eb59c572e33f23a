"""The forms of a session: what it says, and what its verbs ask for."""

import re
from datetime import time
from typing import Any
from unicodedata import normalize

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.forms import NumberField, RecordForm, VerbForm, WarekiDateField
from apps.training.choices import SessionState
from apps.training.forms.course_boxes import line
from apps.training.forms.words import words
from apps.training.models import Session
from apps.training.services.session_flow import REPORTED, too_many_completed

MOST_PEOPLE = 1_000_000
FIRST_YEAR, LAST_YEAR = 2000, 2100


class ClockField(forms.TimeField):
    """A time of the day as people type it: 13:30, １３：３０, 13時30分 or 1330."""

    widget = forms.TextInput(attrs={"class": "control--short", "inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            text = normalize("NFKC", value).strip().replace("時", ":").rstrip("分")
            text = f"{text}00" if text.endswith(":") else text
            value = re.sub(r"^(\d{1,2})(\d{2})$", r"\1:\2", text)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value


def people_box(label: Any, help_text: Any = "", *, required: bool = True) -> NumberField:
    """A number of people."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"})
    return NumberField(
        label=label, help_text=help_text, required=required, min_value=0, max_value=MOST_PEOPLE, widget=widget
    )


def reported_boxes() -> dict[str, forms.Field]:
    """What somebody reports of a session without a roll."""
    labels = (gettext_lazy("Applied"), gettext_lazy("Attended"), gettext_lazy("Completed"))
    return {name: people_box(label) for name, label in zip(REPORTED, labels, strict=True)}


def check_completed(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Says beside the number what is wrong with it."""
    if all(cleaned.get(name) is not None for name in REPORTED) and (message := too_many_completed(cleaned)):
        form.add_error("completed", message)


class SessionForm(RecordForm):
    """When, where, for how many people; of a session held without a roll also the numbers that were reported."""

    title = line(gettext_lazy("Title"), gettext_lazy("Which one of several it is, or for whom."), most=100)
    date = WarekiDateField(label=gettext_lazy("Date"))
    starts_at = ClockField(label=gettext_lazy("From"), help_text=gettext_lazy("For example 13:30."), required=False)
    ends_at = ClockField(label=gettext_lazy("Until"), required=False)
    place = line(gettext_lazy("Place"))
    format = line(gettext_lazy("How it is held"), gettext_lazy("For example in one room, or online."))
    instructor = line(gettext_lazy("Instructor"), most=100)
    capacity = people_box(
        gettext_lazy("Capacity"),
        gettext_lazy("Empty: without a limit. More places go to those who wait, at once and in their order."),
        required=False,
    )
    closes_on = WarekiDateField(label=gettext_lazy("Enrolment until"), required=False)
    keeps_roll = forms.BooleanField(
        label=gettext_lazy("Keeps a roll"),
        help_text=gettext_lazy(
            "With a roll people enrol by name, and are counted from it; reported numbers count no more then. Without "
            "one somebody reports how many came."
        ),
        required=False,
    )

    def __init__(self, data: Any = None, *, record: Any = None, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        self.has_numbers = record is not None and record.state == SessionState.HELD and not record.keeps_roll
        if self.has_numbers:
            self.fields |= reported_boxes()
        self.helper.layout = Layout(*self._layout())

    def _layout(self) -> list[Any]:
        numbers = [Fieldset(_("Reported numbers"), *REPORTED)] if self.has_numbers else []
        return [
            *("uid", "version", "title"),
            Fieldset(_("When and where"), "date", "starts_at", "ends_at", "place", "format", "instructor"),
            Fieldset(_("Who takes part"), "capacity", "closes_on", "keeps_roll"),
            *numbers,
        ]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), **{name: getattr(record, name) for name in REPORTED}}

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("This year is too far away."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, closes_on = cleaned.get("date"), cleaned.get("closes_on")
        if day and closes_on and closes_on > day:
            self.add_error("closes_on", _("Enrolment cannot end after the day of the session."))
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("A session cannot end before it begins."))
        if self.has_numbers:
            check_completed(self, cleaned)
        return cleaned


class HoldForm(VerbForm):
    """How many people applied, attended and completed it; nothing where a roll says it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session: Any = self.record
        if isinstance(session, Session) and not session.keeps_roll:
            self.fields |= reported_boxes()
            self.helper = FormHelper(self)
            self.helper.form_tag = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "completed" in self.fields:
            check_completed(self, cleaned)
        return cleaned


class SessionReasonForm(VerbForm):
    """Why it is done."""

    reason = words(gettext_lazy("Reason"), gettext_lazy("Everybody who sees the session reads it."))
