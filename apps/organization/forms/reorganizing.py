"""What is asked for each kind of reorganisation."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.forms import WarekiDateField, call_needed
from apps.core.text import PlainFormField, clean
from apps.organization.choices import Reorganization, UnitKind
from apps.organization.models import Unit
from apps.organization.selectors import departments_today
from apps.organization.selectors.units import units_to_change
from apps.organization.services.reorganizing import NewUnit


class UnitChoice(forms.ModelChoiceField):
    """Units with their codes; a department stands before its sections."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


class UnitChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.name}"


NEW_UNIT = _("Needed where a new unit begins.")


class ReorganizationForm(forms.Form):
    """The day and the reason, which every kind has."""

    day = WarekiDateField(label=_("Day"))
    reason = PlainFormField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": FiscalYear.of(clock.today()).next.start, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        present = units_to_change(clock.today())
        for name in ("unit", "units", "into", "successor"):
            if name in self.fields:
                self.fields[name].queryset = present  # type: ignore[attr-defined]
        if "parent" in self.fields:
            self.fields["parent"].queryset = departments_today()  # type: ignore[attr-defined]

    def day_given(self) -> date:
        return self.cleaned_data["day"]

    def units_ending(self) -> list[Unit]:
        """The units on which the preview counts what they hold."""
        data = self.cleaned_data
        chosen = [*(data.get("units") or ()), data.get("unit")]
        return [unit for unit in chosen if unit is not None and unit != data.get("into")]

    def news(self) -> list[NewUnit]:
        """The units that would begin."""
        data = self.cleaned_data
        if not data.get("name"):
            return []
        return [NewUnit(self.code_given(), data["name"], data.get("kana", ""), self.kind_given(), self.parent_given())]

    def code_given(self) -> str:
        return str(self.cleaned_data["code"])

    def kind_given(self) -> str:
        ending = self.units_ending()
        return str(self.cleaned_data.get("kind") or (ending[0].kind if ending else UnitKind.SECTION))

    def parent_given(self) -> Unit | None:
        """The department that was chosen; else that of the unit which ends."""
        ending = self.units_ending()
        chosen: Unit | None = self.cleaned_data.get("parent")
        return chosen or (ending[0].parent if ending else None)


class RenameForm(ReorganizationForm):
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    name = PlainFormField(label=_("New name"), max_length=100)
    kana = PlainFormField(label=_("Kana"), max_length=100, required=False)
    code = PlainFormField(
        label=_("New code"), max_length=10, required=False, help_text=_("Empty: the code stays the same.")
    )
    parent = UnitChoice(
        label=_("New department"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Empty: the department stays the same."),
    )
    field_order = ("unit", "name", "kana", "code", "parent", "day", "reason")

    def code_given(self) -> str:
        return str(self.cleaned_data["code"] or self.cleaned_data["unit"].code)


class MergeForm(ReorganizationForm):
    units = UnitChoices(
        label=_("Units that become one"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    into = UnitChoice(
        label=_("Unit that takes them in"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Empty: a new unit begins, whose code and name stand below."),
    )
    code = PlainFormField(label=_("New code"), max_length=10, required=False, help_text=NEW_UNIT)
    name = PlainFormField(label=_("New name"), max_length=100, required=False, help_text=NEW_UNIT)
    kana = PlainFormField(label=_("Kana"), max_length=100, required=False)
    parent = UnitChoice(label=_("Department"), queryset=Unit.objects.none(), required=False)
    field_order = ("units", "into", "code", "name", "kana", "parent", "day", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        call_needed(self, ("into", "code", "name"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("into") and not (data.get("code") and data.get("name")):
            self.add_error("into", _("Choose the unit that takes them in, or give the new one a code and a name."))
        if data.get("into") and (data.get("code") or data.get("name")):
            self.add_error("into", _("Either a unit takes them in, or a new one begins: not both."))
        return data


class SplitForm(ReorganizationForm):
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    into = PlainFormField(
        label=_("New units"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One on a line: code, space, name. The first one takes over what was: old records count there. "
            "The old code may go on."
        ),
    )
    field_order = ("unit", "into", "day", "reason")

    def clean_into(self) -> list[tuple[str, str]]:
        lines = [line.split(None, 1) for line in clean(self.cleaned_data["into"]).splitlines() if line.strip()]
        if any(len(parts) < 2 for parts in lines):
            raise forms.ValidationError(_("Each line has a code, a space and a name."))
        if len(lines) < 2:
            raise forms.ValidationError(_("A split needs at least two new units."))
        if any(len(code) > 10 or len(name.strip()) > 100 for code, name in lines):
            raise forms.ValidationError(_("A code has at most 10 characters, a name at most 100."))
        return [(code, name.strip()) for code, name in lines]

    def units_ending(self) -> list[Unit]:
        return [self.cleaned_data["unit"]]

    def news(self) -> list[NewUnit]:
        unit = self.cleaned_data["unit"]
        return [NewUnit(code, name, "", unit.kind, unit.parent) for code, name in self.cleaned_data["into"]]


class AbolishForm(ReorganizationForm):
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none())
    successor = UnitChoice(
        label=_("Unit that takes over"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Empty: only where nobody and nothing is left in the unit."),
    )
    field_order = ("unit", "successor", "day", "reason")


class FoundForm(ReorganizationForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices, initial=UnitKind.SECTION)
    code = PlainFormField(label=_("Code"), max_length=10)
    name = PlainFormField(label=_("Name"), max_length=100)
    kana = PlainFormField(label=_("Kana"), max_length=100, required=False)
    parent = UnitChoice(label=_("Department"), queryset=Unit.objects.none(), required=False)
    field_order = ("kind", "code", "name", "kana", "parent", "day", "reason")


FORMS: dict[str, type[ReorganizationForm]] = {
    Reorganization.RENAME: RenameForm,
    Reorganization.MERGE: MergeForm,
    Reorganization.SPLIT: SplitForm,
    Reorganization.ABOLISH: AbolishForm,
    Reorganization.FOUND: FoundForm,
}
