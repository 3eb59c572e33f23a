"""Forms of solved cases and of the sections that do it, too."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm, WarekiDateField
from apps.hurdles.forms.fields import area, count
from apps.organization.models import Unit


class SolvedCaseForm(RecordForm):
    """What was done, what it brought, which section did it and when."""

    what = area(_("What was done"), _("So that another section could do the same."), rows=5, required=True)
    effect = area(_("Effect"), _("What was measured before and after."))
    hours_saved = count(_("Hours saved a year"), _("As measured in the own section, in hours."))
    unit = forms.ModelChoiceField(label=_("Section"), queryset=Unit.objects.none(), empty_label=None)
    solved_on = WarekiDateField(label=_("Solved on"))

    def __init__(self, *args: Any, hurdle: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present: Any = self.record
        of = hurdle or present.hurdle
        units = {of.reporting_unit_id, of.owning_unit_id, getattr(present, "unit_id", None)}
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units)  # type: ignore[attr-defined]
        self.helper.layout = Layout(*self.fields)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "unit": record.unit_id}


class AdoptionForm(forms.Form):
    """Since when and how a section does it, too."""

    unit = forms.ModelChoiceField(label=_("Section"), queryset=Unit.objects.none(), empty_label=None)
    adopted_on = WarekiDateField(label=_("Since"), required=False)
    note = area(_("How the section does it"))
    hours_saved = count(_("Hours saved a year"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "unit"}


class WithdrawForm(forms.Form):
    """Why the section does it no more."""

    unit = forms.ModelChoiceField(label=_("Section"), queryset=Unit.objects.none(), empty_label=None)
    reason = area(_("Reason"), _("It stands in the history."), required=True)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
