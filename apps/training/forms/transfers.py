"""The forms of known transfers."""

import unicodedata
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import RecordForm, VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.organization.models import Unit, User
from apps.training.choices import TransferKind
from apps.training.forms.words import NOT_CHOSEN, words

ALONE = _("The personnel section alone reads it.")


class TransferForm(RecordForm):
    """Who goes where, on which day. The person is named by the employee number."""

    needed_at_times = ("to_unit",)
    person = PlainFormField(
        label=_("Employee number"),
        max_length=30,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Kind of transfer"), choices=TransferKind.choices, widget=forms.RadioSelect)
    effective_on = WarekiDateField(label=_("Takes effect on"))
    to_unit = forms.ModelChoiceField(
        label=_("To unit"),
        help_text=_("Only for a transfer within the city hall."),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=NOT_CHOSEN,
    )
    note = words(_("Note"), ALONE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["to_unit"]
        units.queryset = Unit.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))

    def clean_person(self) -> User:
        number = unicodedata.normalize("NFKC", self.cleaned_data["person"]).strip()
        person = User.objects.filter(employee_number__iexact=number, is_active=True).select_related("unit").first()
        if person is None:
            raise forms.ValidationError(_("Nobody who works for the city has this employee number."))
        return person

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind, unit = data.get("kind"), data.get("to_unit")
        if kind == TransferKind.TRANSFER and not unit and "to_unit" not in self.errors:
            self.add_error("to_unit", _("Say to which unit."))
        if kind == TransferKind.LEAVING and unit:
            self.add_error("to_unit", _("Who leaves the city goes to no unit."))
        return data


class WithdrawTransferForm(VerbForm):
    """Why it does not come to it."""

    reason = words(_("Reason"), ALONE, required=False)
