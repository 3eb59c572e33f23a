"""The small forms of what hangs on an initiative: a milestone, an own implementation, a hurdle that it clears."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.fiscal import FiscalYear, FiscalYearFormField
from apps.core.forms import NumberField, RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.roadmap.forms.initiative_course import words
from apps.roadmap.forms.schedule import refuse_far_years

QUARTERS = [
    (1, _("April to June")),
    (2, _("July to September")),
    (3, _("October to December")),
    (4, _("January to March")),
]
CHANGE = _("Reason of the change")
FUTURE = _("The day cannot be in the future.")


def _reason(label: Any = CHANGE, *, required: bool = False) -> PlainFormField:
    """A line that the history keeps."""
    return PlainFormField(label=label, help_text=_("It stands in the history."), required=required, max_length=500)


class InitiativePartForm(RecordForm):
    """`seen` marks what the row said when its form was shown; the reason is optional."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    reason = _reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in {"seen", "reason"}}


class MilestoneForm(InitiativePartForm):
    """What is to be reached, and in which quarter of which fiscal year."""

    fiscal_year = FiscalYearFormField(
        label=_("Fiscal year"),
        help_text=_("For example R5 or 2023: the year from April to March."),
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=QUARTERS, coerce=int, widget=forms.RadioSelect)
    text = PlainFormField(
        label=_("Milestone"), help_text=_("What is there then that was not there before."), max_length=200
    )

    def clean_fiscal_year(self) -> FiscalYear:
        year: FiscalYear = self.cleaned_data["fiscal_year"]
        refuse_far_years(int(year))
        return year


class AchievedForm(RecordForm):
    """On which day it was reached, and by what one sees it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    achieved_on = WarekiDateField(label=_("Achieved on"))
    evidence = words(_("Evidence of the achievement"), _("It stands in the history."), rows=3)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"achieved_on": clock.today()}

    def clean_achieved_on(self) -> Any:
        day = self.cleaned_data["achieved_on"]
        if day and day > clock.today():
            raise forms.ValidationError(FUTURE)
        return day


class SetBackForm(RecordForm):
    """Why it is not reached after all."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    reason = words(_("Reason"), _("It stands in the history."), rows=3)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {}


class TakeOutForm(forms.Form):
    """Why it goes."""

    reason = _reason(_("Reason"), required=True)


class UnlinkForm(forms.Form):
    """A link goes with one more click."""

    reason = _reason()


class ImplementationForm(InitiativePartForm):
    """What the team built or tried out, since when, who uses it, and what it saves."""

    title = PlainFormField(label=_("What was implemented"), max_length=200)
    implemented_on = WarekiDateField(label=_("Implemented on"))
    used_by = PlainFormField(
        label=_("Used by"), help_text=_("Which units, how many people."), max_length=200, required=False
    )
    hours_saved = NumberField(
        label=_("Hours saved a year"),
        help_text=_("All staff together, in hours. Empty while nobody has measured it."),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"}),
    )
    note = words(_("Note"), required=False, rows=3)

    def clean_implemented_on(self) -> Any:
        day = self.cleaned_data["implemented_on"]
        if day and day > clock.today():
            raise forms.ValidationError(FUTURE)
        return day


class LinkHurdleForm(forms.Form):
    """Which hurdle it clears."""

    number = PlainFormField(
        label=_("Number of the hurdle"),
        help_text=_("For example H-2022-0001."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    reason = _reason()


def year_of_today() -> FiscalYear:
    """What the form of a new milestone begins with."""
    return FiscalYear.of(clock.today())
