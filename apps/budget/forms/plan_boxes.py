"""Boxes that the forms of plans and intents share."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from apps.budget.selectors import request_year
from apps.core.fiscal import FiscalYear
from apps.core.forms import NumberField, RecordForm, VerbForm
from apps.core.text import PlainFormField
from apps.organization.choices import RoleKind
from apps.organization.models import Unit
from apps.organization.selectors import sections_today

# More than any city's budget; what is larger is a slip of the keyboard.
MOST_K = 9_999_999_999
MOST_HOURS = 10_000_000
YEARS_AHEAD = 5


def words(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 4) -> PlainFormField:
    """A text box of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=10_000)


def line(label: Any, help_text: Any = "", *, required: bool = False, most: int = 200) -> PlainFormField:
    """One line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return PlainFormField(label=label, help_text=help_text, required=required, max_length=most, widget=widget)


def amount_k(label: Any, help_text: Any = "") -> NumberField:
    """An amount in 千円 that may be left open."""
    return _number(label, help_text, MOST_K)


def hours(label: Any, help_text: Any = "") -> NumberField:
    return _number(label, help_text, MOST_HOURS)


def _number(label: Any, help_text: Any, most: int) -> NumberField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"})
    return NumberField(label=label, help_text=help_text, required=False, min_value=0, max_value=most, widget=widget)


def year_box(label: Any) -> forms.TypedChoiceField:
    """The year that budgets are asked for today, and those after it."""
    return forms.TypedChoiceField(label=label, coerce=lambda typed: FiscalYear(int(typed)), choices=())


def year_choices(record: Any) -> list[tuple[str, str]]:
    """Years ahead, and the year that stands in the record."""
    first = int(request_year())
    years = {FiscalYear(year) for year in range(first, first + YEARS_AHEAD)}
    if record is not None:
        years.add(record.fiscal_year)
    return [(str(int(year)), str(year)) for year in sorted(years)]


def own_sections(user: Any) -> QuerySet[Unit]:
    """The sections for which the person writes: the secretariat for all of today."""
    sections = sections_today()
    return sections if user.holds(RoleKind.SECRETARIAT) else sections.filter(Q(pk__in=user.unit_ids))


def first_of(units: QuerySet[Unit], user: Any) -> int | None:
    """The section that is proposed: the person's own, or the only one."""
    keys = list(units.values_list("pk", flat=True)[:2])
    return user.unit_id if units.filter(pk=user.unit_id).exists() else keys[0] if len(keys) == 1 else None


def place_of(form: RecordForm, user: Any) -> None:
    """The section and the year of a plan or an intent: both are proposed for a new one, then the section stays."""
    fields: Any = form.fields
    fields["fiscal_year"].choices = year_choices(form.record)
    if form.record is not None:
        del form.fields["unit"]
        return
    sections = own_sections(user)
    fields["unit"].queryset = sections
    form.initial["unit"] = first_of(sections, user)
    form.initial["fiscal_year"] = str(int(request_year()))


class ReasonForm(VerbForm):
    """Why it is done."""

    reason = words(_("Reason"), _("It stands in the history."), required=True, rows=3)
