"""The form of a call, and the small forms of its verbs."""

from copy import copy
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import CapBase, GrantMoney, WindowKind
from apps.budget.forms.grant_fields import (
    LONGEST_LINE,
    amount_field,
    count_field,
    day_field,
    hour_field,
    line_field,
    lines_field,
    words_field,
)
from apps.budget.models import GrantProgramme
from apps.budget.services.grants import DAYS, refusals
from apps.core import clock
from apps.core.forms import RecordForm
from apps.core.text import PlainFormField
from apps.organization.selectors import sections_today

LISTS = ("eligible_costs", "ineligible_costs", "required_documents", "kpi_rules", "sources")


class _WindowFields(RecordForm):
    """The days of a call, in the order in which they come."""

    guidance_on = day_field(gettext_lazy("Guidance published"))
    opens_on = day_field(gettext_lazy("Opens"))
    consultation_until = day_field(gettext_lazy("Consultation until"))
    closes_on = day_field(gettext_lazy("Apply by"))
    closes_at = hour_field()
    decision_on = day_field(gettext_lazy("Decision"))
    contract_from = day_field(gettext_lazy("Contract from"))
    project_from = day_field(gettext_lazy("Project from"))
    project_to = day_field(gettext_lazy("Project to"))
    report_on = day_field(gettext_lazy("Report by"))

    def clean(self) -> dict[str, Any]:
        """All that the service would refuse, at once, each beside its field in the words of the service."""
        cleaned = super().clean() or self.cleaned_data
        for name, words in list(refusals(self.wanted())):
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, words)
        return cleaned

    def wanted(self) -> GrantProgramme:
        """The call as this form would have it, as far as it can be read."""
        found: Any = copy(self.record) if self.record is not None else GrantProgramme()
        for name, value in self.values().items():
            setattr(found, name, value)
        return found


class GrantForm(_WindowFields):
    """One call. The days of one that was announced are changed by announcing it again."""

    name = line_field(gettext_lazy("Name"), required=True)
    kind = line_field(
        gettext_lazy("Kind"), gettext_lazy("For example 国庫交付金 or 県補助金."), required=True, longest=50
    )
    money = forms.ChoiceField(label=gettext_lazy("Place in the budget"), choices=GrantMoney.choices)
    ministry = line_field(gettext_lazy("Ministry"), required=True, longest=100)
    national_budget = line_field(gettext_lazy("Budget of the nation"))
    contact = line_field(gettext_lazy("Contact"))
    city_unit = forms.ModelChoiceField(
        label=gettext_lazy("Section of the city that answers for it"),
        queryset=sections_today(),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    applicants = line_field(gettext_lazy("Who may apply"))
    max_applications = count_field(gettext_lazy("Applications a city may make"), least=1)
    rate_numerator = count_field(
        gettext_lazy("Rate (numerator)"), gettext_lazy("1 of 1/2; 10 of 10/10."), required=True
    )
    rate_denominator = count_field(gettext_lazy("Rate (denominator)"), required=True)
    cap_k = amount_field(gettext_lazy("Cap (thousand yen)"))
    cap_base = forms.ChoiceField(label=gettext_lazy("The cap limits"), choices=CapBase.choices)
    cap_text = line_field(gettext_lazy("Cap in words"))
    floor_k = amount_field(gettext_lazy("Floor (thousand yen)"), gettext_lazy("Below it nothing is paid."))
    local_share = line_field(gettext_lazy("Treatment of the local share"))
    combination = line_field(gettext_lazy("Together with other grants"))
    eligible_costs = lines_field(gettext_lazy("Eligible costs"))
    ineligible_costs = lines_field(gettext_lazy("Costs not eligible"))
    kpi_years = count_field(gettext_lazy("Years for which indicators are reported"))
    kpi_rules = lines_field(gettext_lazy("Rules for indicators"))
    required_documents = lines_field(gettext_lazy("Documents to hand in"))
    window = forms.ChoiceField(
        label=gettext_lazy("Dates are"),
        choices=[(each.value, each.label) for each in (WindowKind.ASSUMED, WindowKind.ANNOUNCED)],
        widget=forms.RadioSelect,
        initial=WindowKind.ASSUMED,
    )
    checked_on = day_field(
        gettext_lazy("Checked on"), gettext_lazy("Needed for assumed days, for example R4.10.14; not a day to come.")
    )
    sources = lines_field(
        gettext_lazy("Sources"), gettext_lazy("One a line. Assumed days need a source, or the call that it follows.")
    )
    follows = forms.ModelChoiceField(
        label=gettext_lazy("Follows"),
        help_text=gettext_lazy("The call of the year before, also under another name; it can stand for a source."),
        queryset=GrantProgramme.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    notes = words_field(gettext_lazy("Notes"), required=False)

    WHAT = ("name", "kind", "money", "ministry", "national_budget", "contact", "city_unit", "applicants")
    MONEY = (
        "rate_numerator",
        "rate_denominator",
        "cap_k",
        "cap_base",
        "cap_text",
        "floor_k",
        "max_applications",
        "local_share",
        "combination",
    )
    ASKED = ("eligible_costs", "ineligible_costs", "kpi_years", "kpi_rules", "required_documents")
    SURE = ("window", "checked_on", "sources", "follows")
    needed_at_times = ("checked_on", "sources")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = self.fields["follows"]
        others.queryset = GrantProgramme.objects.filter(archived_at__isnull=True)
        days: tuple[str, ...] = (*DAYS[:4], "closes_at", *DAYS[4:])
        sure: tuple[str, ...] = self.SURE
        if self.record is not None:
            others.queryset = others.queryset.exclude(pk=self.record.pk)
            if self.record.window != WindowKind.ASSUMED:  # type: ignore[attr-defined]
                for name in (*days, "window"):
                    del self.fields[name]
                days, sure = (), self.SURE[1:]
            else:
                del self.fields["window"]
                sure = self.SURE[1:]
        self._arrange(days, sure)

    def _arrange(self, days: tuple[str, ...], sure: tuple[str, ...]) -> None:
        parts = [Fieldset(str(_("What it is")), *self.WHAT)]
        if days:
            parts.append(Fieldset(str(_("Days")), *days))
        parts += [
            Fieldset(str(_("How sure the entries are")), *sure),
            Fieldset(str(_("Money")), *self.MONEY),
            Fieldset(str(_("What is asked")), *self.ASKED, "notes"),
        ]
        self.helper.layout = Layout("uid", "version", *parts)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "city_unit": record.city_unit_id, "follows": record.follows_id}


class AnnounceForm(_WindowFields):
    """The real days, and where they were read."""

    source = PlainFormField(
        label=gettext_lazy("Where they were announced"),
        help_text=gettext_lazy("For example the address of the guidance."),
        max_length=LONGEST_LINE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].required = True
        self.order_fields(["uid", "version", "source", *DAYS[:4], "closes_at", *DAYS[4:]])

    def wanted(self) -> GrantProgramme:
        found = super().wanted()
        found.window = WindowKind.ANNOUNCED
        found.checked_on = clock.today()
        return found

    def days(self) -> dict[str, Any]:
        return {name: value for name, value in self.values().items() if name != "source"}


class GrantReasonForm(RecordForm):
    """A verb with its reason."""

    reason = words_field(gettext_lazy("Reason"), gettext_lazy("It stands in the history."))

    def values_of(self, record: Any) -> dict[str, Any]:
        return {}


class ContinueForm(RecordForm):
    """The name of the next call; all else is taken over."""

    name = line_field(
        gettext_lazy("Name of the next call"), gettext_lazy("Names change almost every year."), required=True
    )

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"name": record.name}
