"""The small forms of what hangs on a proposal: evidence, outcome indicators, what binds later years."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.budget.forms.boxes import DecimalBox, PartForm, amount, area, line, record_choice, year
from apps.budget.models import ContinuingCost, OutcomeIndicator
from apps.core.forms import WarekiDateField
from apps.hurdles.choices import EvidenceKind


class EvidenceForm(PartForm):
    """From where one knows how citizens fare."""

    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=EvidenceKind.choices)
    text = area(_("Evidence"), _("Do not write names or addresses of persons."), required=True, rows=4)
    source = line(
        _("Source"), _("A document, an address on the web, a person's office: where one can look it up."), most=500
    )
    seen_on = WarekiDateField(label=_("Date"), required=False)


class OutcomeForm(PartForm):
    """What the project is measured by."""

    name = line(_("Indicator"), required=True)
    unit = line(_("Unit"), _("For example 分, 件 or ％."), most=20)
    baseline = DecimalBox(label=_("Baseline"), required=False)
    target = DecimalBox(label=_("Target"))
    target_year = year(_("Year of the target"))
    measured_until = year(
        _("Measured until fiscal year"), _("At least three years after the year of the proposal; for example R8.")
    )


class DebtBurdenForm(PartForm):
    """What later years are bound to pay, at the most; general revenue is what the sources leave."""

    item = line(_("Item"), required=True)
    from_year = year(_("From fiscal year"))
    to_year = year(_("To fiscal year"))
    limit_k = amount(_("Limit (thousand yen)"), required=True)
    national_k = amount(_("National subsidy (thousand yen)"))
    prefecture_k = amount(_("Prefectural subsidy (thousand yen)"))
    bond_k = amount(_("Municipal bond (thousand yen)"))
    other_k = amount(_("Other sources (thousand yen)"))
    because = line(_("Reason"), most=300)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "reason": "", "because": record.reason}

    def values(self) -> dict[str, Any]:
        return _renamed(_zeros(super().values()))


class ContinuingCostForm(PartForm):
    """継続費: its item; the yearly shares are entered one by one."""

    item = line(_("Item"), required=True)
    because = line(_("Reason"), most=300)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "reason": "", "because": record.reason}

    def values(self) -> dict[str, Any]:
        return _renamed(super().values())


class ContinuingYearForm(PartForm):
    """年割額 of one year."""

    cost = record_choice(_("Continuing cost"), ContinuingCost, required=True)
    fiscal_year = year(_("Fiscal year"))
    amount_k = amount(_("Amount (thousand yen)"), required=True)
    national_k = amount(_("National subsidy (thousand yen)"))
    prefecture_k = amount(_("Prefectural subsidy (thousand yen)"))
    bond_k = amount(_("Municipal bond (thousand yen)"))
    other_k = amount(_("Other sources (thousand yen)"))

    def proposal_of(self, record: Any) -> Any:
        return record.cost.proposal

    def choose_among(self) -> None:
        if self.proposal is not None:
            self.fields["cost"].queryset = self.proposal.continuing_costs.all()  # type: ignore[attr-defined]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "cost": record.cost_id}

    def values(self) -> dict[str, Any]:
        return _zeros(super().values())


class LongTermContractForm(PartForm):
    """What the city's own ordinance lets one contract for over years."""

    item = line(_("Item"), required=True)
    from_year = year(_("From fiscal year"))
    to_year = year(_("To fiscal year"))
    yearly_k = amount(_("Amount a year (thousand yen)"), required=True)
    legal_basis = line(_("Article of the ordinance"))


class CarryoverForm(PartForm):
    """What is budgeted in the year and spent in the next."""

    item = line(_("Item"), required=True)
    spent_in = year(_("Spent in fiscal year"), _("The year after the proposal's own."))
    amount_k = amount(_("Amount (thousand yen)"), required=True)
    because = line(_("Reason"), required=True, most=300)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "reason": "", "because": record.reason}

    def values(self) -> dict[str, Any]:
        return _renamed(super().values())


class FutureCostForm(PartForm):
    """What it costs to run in a later year."""

    fiscal_year = year(_("Fiscal year"))
    amount_k = amount(_("Amount (thousand yen)"), required=True)


class MeasureForm(forms.Form):
    """What was measured of an indicator in a year."""

    indicator = record_choice(_("Indicator"), OutcomeIndicator, required=True)
    fiscal_year = year(_("Fiscal year"))
    value = DecimalBox(label=_("Value"))
    note = line(_("Note"), most=300)

    def __init__(self, data: Any = None, *, proposal: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["indicator"].queryset = proposal.outcomes.all()  # type: ignore[attr-defined]


SHARES = ("national_k", "prefecture_k", "bond_k", "other_k")


def _zeros(values: dict[str, Any]) -> dict[str, Any]:
    """A source that was left empty pays nothing."""
    return {name: 0 if name in SHARES and value is None else value for name, value in values.items()}


def _renamed(values: dict[str, Any]) -> dict[str, Any]:
    """The reason that is printed is another one than the reason of the change, which the history keeps."""
    return {"reason" if name == "because" else name: value for name, value in values.items()}
