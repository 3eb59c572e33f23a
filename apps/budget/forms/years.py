"""What holds for one year's budget."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import NumberField
from apps.core.money import Rounding
from apps.core.text import PlainFormField
from apps.organization.choices import RoundingPer


class BudgetYearForm(forms.Form):
    """The roundings, and what an hour of staff costs."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    expenditure_rounding = forms.ChoiceField(label=_("Rounding of expenditure"), choices=Rounding.choices)
    expenditure_per = forms.ChoiceField(label=_("Expenditure is rounded"), choices=RoundingPer.choices)
    subsidy_rounding = forms.ChoiceField(label=_("Rounding of subsidies"), choices=Rounding.choices)
    bond_unit_k = NumberField(
        label=_("Unit of bonds (thousand yen)"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "control--number", "inputmode": "numeric"}),
    )
    hour_yen = NumberField(
        label=_("Cost of an hour of staff (yen)"),
        help_text=_("What the investment view counts for an hour that is saved. Empty: hours are not counted in yen."),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"class": "control--number", "inputmode": "numeric"}),
    )
    hour_basis = PlainFormField(label=_("Basis of that"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("hour_yen") and not cleaned.get("hour_basis"):
            self.add_error("hour_basis", _("Say on what the cost of an hour rests."))
        return cleaned
