"""All steps of a proposal in one form, and the city's list of steps."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.choices import Anchor
from apps.budget.models import BackwardStep, ProposalStep
from apps.budget.selectors.steps import CALENDAR_TITLES
from apps.budget.services.steps import step_refusals
from apps.core.forms import NumberField, WarekiDateField
from apps.core.text import PlainFormField
from apps.core.wareki import format_date
from apps.organization.choices import CalendarKind

MOST_DAYS = 400
KINDS = ("planned_on", "done_on", "not_needed", "unit", "workdays", "duration", "note")
LISTED = ("workdays", "duration", "responsible", "order")


def _days(label: Any, *, least: int, required: bool = False) -> NumberField:
    box = forms.TextInput(attrs={"class": "control--number", "inputmode": "numeric", "size": 3})
    return NumberField(label=label, required=required, min_value=least, max_value=MOST_DAYS, widget=box)


class ShortDayField(WarekiDateField):
    """A day in a narrow box: R5.3.31."""

    def prepare_value(self, value: Any) -> Any:
        return format_date(value, short=True) if hasattr(value, "isoformat") else value


def _named(label: Any, step: Any) -> str:
    return f"{step} {label}"


class StepsForm(forms.Form):
    """One row a step. What is empty is as the list says; a row that says nothing of its own is none."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        steps: Iterable[BackwardStep],
        own: dict[int, ProposalStep],
        units: Any,
        **kwargs: Any,
    ) -> None:
        self.steps = list(steps)
        choices = [("", _("As the list says")), *((str(unit.pk), unit.name) for unit in units)]
        self.units = {str(unit.pk): unit for unit in units}
        initial = dict(kwargs.pop("initial", {}))
        for step in self.steps:
            row = own.get(step.pk)
            for name in KINDS:
                value = getattr(row, name if name != "unit" else "unit_id", None) if row else None
                initial.setdefault(f"{name}_{step.pk}", str(value) if name == "unit" and value else value)
        super().__init__(data, initial=initial, **kwargs)
        for step in self.steps:
            self.fields.update({f"{name}_{step.pk}": field for name, field in self._row(step, choices)})

    def _row(self, step: BackwardStep, choices: list[tuple[str, str]]) -> list[tuple[str, forms.Field]]:
        planned, done = _named(_("Planned on"), step), _named(_("Done on"), step)
        select = forms.Select(attrs={"class": "control--auto"})
        return [
            ("planned_on", ShortDayField(label=planned, required=False, help_text="")),
            ("done_on", ShortDayField(label=done, required=False, help_text="")),
            ("not_needed", forms.BooleanField(label=_named(_("Not needed"), step), required=False)),
            ("unit", forms.ChoiceField(label=_named(_("Unit"), step), choices=choices, required=False, widget=select)),
            ("workdays", _days(_named(_("Working days before"), step), least=0)),
            ("duration", _days(_named(_("Working days that it takes"), step), least=1)),
            ("note", PlainFormField(label=_named(_("Note"), step), required=False, max_length=200)),
        ]

    @property
    def grid(self) -> list[tuple[BackwardStep, dict[str, Any]]]:
        return [(step, {name: self[f"{name}_{step.pk}"] for name in KINDS}) for step in self.steps]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for step in self.steps:
            said = {name: cleaned.get(f"{name}_{step.pk}") for name in KINDS}
            for refusal in step_refusals(said):
                self.add_error(f"done_on_{step.pk}", refusal)
        return cleaned

    def rows(self) -> dict[int, dict[str, Any]]:
        """What was typed of each step."""
        found = {}
        for step in self.steps:
            values = {name: self.cleaned_data[f"{name}_{step.pk}"] for name in KINDS}
            found[step.pk] = {**values, "unit": self.units.get(values["unit"])}
        return found


class StepListForm(forms.Form):
    """The city's list: days and durations, who does it, one new step; and how the calendar calls its days."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    new_name = PlainFormField(label=pgettext_lazy("backward plan", "Step"), required=False, max_length=100)
    new_anchor = forms.ChoiceField(label=gettext_lazy("Counted back from"), choices=Anchor.choices, required=False)
    new_workdays = _days(gettext_lazy("Working days before"), least=0)
    new_duration = _days(gettext_lazy("Working days that it takes"), least=1)
    new_responsible = PlainFormField(label=gettext_lazy("Who does it"), required=False, max_length=100)

    def __init__(self, data: Any = None, *, steps: Iterable[BackwardStep], titles: Any, **kwargs: Any) -> None:
        # A step that somebody added after the form was shown is not asked for.
        self.steps = [step for step in steps if data is None or f"workdays_{step.pk}" in data]
        initial: dict[str, Any] = {f"{name}_{step.pk}": getattr(step, name) for step in self.steps for name in LISTED}
        for anchor, (kind, title) in titles.items():
            initial |= {f"kind_{anchor}": kind, f"title_{anchor}": title}
        super().__init__(data, initial=initial, **kwargs)
        for step in self.steps:
            self.fields.update({f"{name}_{step.pk}": field for name, field in self._row(step)})
        for anchor in CALENDAR_TITLES:
            label = Anchor(anchor).label
            kind = forms.ChoiceField(label=f"{label} {_('Kind')}", choices=CalendarKind.choices)
            self.fields[f"kind_{anchor}"] = kind
            self.fields[f"title_{anchor}"] = PlainFormField(label=f"{label} {_('Title')}", max_length=200)

    def _row(self, step: BackwardStep) -> list[tuple[str, forms.Field]]:
        who = PlainFormField(label=_named(_("Who does it"), step), required=False, max_length=100)
        return [
            ("workdays", _days(_named(_("Working days before"), step), least=0, required=True)),
            ("duration", _days(_named(_("Working days that it takes"), step), least=1, required=True)),
            ("responsible", who),
            ("order", _days(_named(_("Order"), step), least=0, required=True)),
        ]

    @property
    def grid(self) -> list[tuple[BackwardStep, list[Any]]]:
        return [(step, [self[f"{name}_{step.pk}"] for name in LISTED]) for step in self.steps]

    @property
    def titles_grid(self) -> list[tuple[str, list[Any]]]:
        return [
            (str(Anchor(anchor).label), [self[f"kind_{anchor}"], self[f"title_{anchor}"]]) for anchor in CALENDAR_TITLES
        ]

    @property
    def new_boxes(self) -> list[Any]:
        return [self[f"new_{name}"] for name in ("name", "anchor", "workdays", "duration", "responsible")]

    def listed(self) -> dict[int, dict[str, Any]]:
        return {step.pk: {name: self.cleaned_data[f"{name}_{step.pk}"] for name in LISTED} for step in self.steps}

    def new(self) -> list[dict[str, Any]]:
        cleaned = self.cleaned_data
        if not cleaned.get("new_name"):
            return []
        return [
            {
                "name": cleaned["new_name"],
                "anchor": cleaned["new_anchor"] or Anchor.APPLICATION,
                "workdays": cleaned["new_workdays"] or 0,
                "duration": cleaned["new_duration"] or 1,
                "responsible": cleaned["new_responsible"],
                "order": max((step.order for step in self.steps), default=0) + 1,
            }
        ]

    def titles(self) -> dict[str, tuple[str, str]]:
        cleaned = self.cleaned_data
        return {anchor: (cleaned[f"kind_{anchor}"], cleaned[f"title_{anchor}"]) for anchor in CALENDAR_TITLES}
