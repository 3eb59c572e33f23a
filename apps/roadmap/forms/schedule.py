"""Forms around the dates of the plan: moving them, linking initiatives, freezing a baseline."""

from datetime import date
from typing import Any
from unicodedata import normalize

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField

YEARS_AHEAD = 50


def words_of(label: Any, help_text: Any = "", *, required: bool = True) -> PlainFormField:
    """A text box of three lines."""
    widget = forms.Textarea(attrs={"rows": 3})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=2_000)


class RescheduleForm(forms.Form):
    """The new dates, why, and whether what waits moves along."""

    starts_on = WarekiDateField(label=_("New start"))
    ends_on = WarekiDateField(label=_("New end"))
    reason = words_of(_("Why the dates move"), _("It is kept with every initiative that moves."))
    carry = forms.BooleanField(
        label=_("Move what waits for it behind its new end"),
        help_text=_(
            "Only what would begin too early moves, and only later; it keeps its length in working days. "
            "What has begun stays."
        ),
        required=False,
        initial=True,
    )

    def clean_starts_on(self) -> date:
        return near(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date:
        return near(self.cleaned_data["ends_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("An initiative cannot end before it starts."))
        return cleaned


def near(day: date) -> date:
    """A typing error of a whole century would count its working days one by one."""
    refuse_far_years(day.year)
    return day


def refuse_far_years(year: int) -> None:
    """No plan reaches so far: it is a typing error, and every page would show all the years until then."""
    if abs(year - clock.today().year) > YEARS_AHEAD:
        raise forms.ValidationError(_("This is more than %(years)d years away.") % {"years": YEARS_AHEAD})


class LinkForm(forms.Form):
    """Which other initiative, and what it is to this one."""

    kind = forms.ChoiceField(
        label=_("What it is to this one"),
        choices=[("needs", _("It has to end first")), ("related", _("It is related; no order follows"))],
        widget=forms.RadioSelect,
        initial="needs",
    )
    number = PlainFormField(
        label=_("Number of the initiative"),
        help_text=_("For example I-2022-0001. The search below finds it by its title."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    reason = PlainFormField(
        label=_("Reason of the change"), help_text=_("It stands in the history."), required=False, max_length=500
    )

    def clean_number(self) -> str:
        return normalize("NFKC", self.cleaned_data["number"]).strip().upper()


class UnlinkForm(forms.Form):
    """Why the link goes."""

    reason = PlainFormField(
        label=_("Reason of the change"), help_text=_("It stands in the history."), required=False, max_length=500
    )


class BaselineForm(RecordForm):
    """Under which name the plan of today is kept."""

    name = PlainFormField(
        label=_("Name"), help_text=_("For example the month and the meeting that saw it."), max_length=100
    )
    note = words_of(_("Note"), _("What it is kept for."), required=False)


class ArchiveForm(forms.Form):
    """Why it is put away."""

    reason = words_of(_("Reason"), _("It stands in the history."))
