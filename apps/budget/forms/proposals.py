"""The form of a proposal: what it is, where it stands in the budget book, what it brings and what it needs."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import OwnerStance, ProposalKind
from apps.budget.forms.boxes import MOST_HOURS, NOT_CHOSEN, amount, area, line, units_and, year, yen
from apps.budget.models import BudgetItem, Proposal
from apps.budget.services.writing import may_draft_for_all, owner_refusals
from apps.core.fiscal import FiscalYear
from apps.core.forms import RecordForm, VerbForm
from apps.core.wareki import WarekiError
from apps.organization.models import Unit

OF_THE_TEAM = ("team_proposal", "owning_unit")


def _unit(label: Any, help_text: Any = "", *, required: bool = False) -> forms.ModelChoiceField:
    rows = Unit.objects.none()
    return forms.ModelChoiceField(
        label=label, help_text=help_text, queryset=rows, required=required, empty_label=NOT_CHOSEN
    )


class ProposalForm(RecordForm):
    """Only what a draft needs is required: the rest may follow until the request is handed in."""

    fiscal_year = year(gettext_lazy("Fiscal year"))
    requesting_unit = _unit(gettext_lazy("Requesting unit"), required=True)
    name = line(gettext_lazy("Project"), required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of request"), choices=ProposalKind.choices)
    budget_item = forms.ModelChoiceField(
        label=gettext_lazy("Budget item"), queryset=BudgetItem.objects.none(), empty_label=NOT_CHOSEN
    )
    project_code = line(
        gettext_lazy("Project code"), gettext_lazy("May follow; no two proposals of a year have the same."), most=20
    )
    purpose = area(gettext_lazy("Purpose"), required=True)
    outline = area(gettext_lazy("Outline of the project"), rows=5)
    legal_basis = area(gettext_lazy("Legal basis"), rows=2)
    contract_plan = line(
        gettext_lazy("Contract"), gettext_lazy("How the contractor is found, for example open proposals in May.")
    )
    supporting_units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Supporting units"), queryset=Unit.objects.none(), required=False
    )
    team_proposal = forms.BooleanField(
        label=gettext_lazy("The promotion team proposes it, from the citizens' and an outside point of view"),
        required=False,
    )
    owning_unit = _unit(
        gettext_lazy("Unit whose service it is"),
        gettext_lazy("It sees the proposal, is told, and answers it. Empty where the requesting unit's own."),
    )
    citizen_view = area(gettext_lazy("As citizens see it"))
    citizen_effect = area(gettext_lazy("Effect for citizens"))
    hours_saved = amount(gettext_lazy("Staff hours saved a year"), most=MOST_HOURS)
    citizen_hours_saved = amount(gettext_lazy("Hours of citizens saved a year"), most=MOST_HOURS)
    yen_saved = yen(gettext_lazy("Yen saved a year"))
    deregulation = area(
        gettext_lazy("Special zone or deregulation that it needs"),
        gettext_lazy("Which rule stands in the way, and by which channel one asks for an exception."),
    )
    allocation_k = amount(
        gettext_lazy("Special local allocation tax that is expected (thousand yen)"),
        gettext_lazy("A memo: it is general revenue and no source of its own."),
    )
    allocation_basis = line(gettext_lazy("Basis of that"), most=300)

    def __init__(self, data: Any = None, *, user: Any, record: Any = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, record=record, **kwargs)
        if record is not None:
            del self.fields["fiscal_year"]
            if record.workload_links.exists():
                del self.fields["hours_saved"]
        if not may_draft_for_all(user):
            for name in OF_THE_TEAM:
                del self.fields[name]
        self._choose_among()
        self.helper.layout = Layout(*self._layout())

    def _choose_among(self) -> None:
        """Own units, or all of them for those who draft for all; the items of the proposal's year."""
        record: Any = self.record
        every = units_and(*self._units_there())
        own = every if may_draft_for_all(self.user) else self._own_units()
        offered: dict[str, Any] = {"requesting_unit": own, "supporting_units": every, "owning_unit": every}
        of_year = BudgetItem.objects.select_related("account").of(self.year())
        offered["budget_item"] = of_year
        for name, rows in offered.items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if record is None and own.count() == 1:
            self.fields["requesting_unit"].initial = own.first()

    def _units_there(self) -> list[int | None]:
        record: Any = self.record
        if record is None:
            return []
        return [record.requesting_unit_id, record.owning_unit_id, *(each.pk for each in record.supporting_units.all())]

    def _own_units(self) -> Any:
        record: Any = self.record
        there = [record.requesting_unit_id] if record is not None else []
        return Unit.objects.filter(pk__in=[*self.user.held_unit_ids, *there]).order_by("order", "pk")

    def year(self) -> FiscalYear:
        """The year whose lists hold: the record's, the one that was typed, or the one that the form begins with."""
        record: Any = self.record
        if record is not None:
            return FiscalYear(int(record.fiscal_year))
        begun: FiscalYear = self.initial["fiscal_year"]
        try:
            return FiscalYear.parse(self.data.get("fiscal_year") or begun.label) if self.is_bound else begun
        except WarekiError:
            return begun

    def _layout(self) -> list[Any]:
        def there(*names: str) -> list[str]:
            return [name for name in names if name in self.fields]

        effects = ("citizen_effect", "hours_saved", "citizen_hours_saved", "yen_saved")
        return [
            *there("uid", "version", "name", "fiscal_year", "requesting_unit", "kind", "budget_item", "project_code"),
            *there("purpose", "outline", "legal_basis", "contract_plan", "supporting_units"),
            Fieldset(_("Citizens' view"), *there(*OF_THE_TEAM, "citizen_view")),
            Fieldset(_("Effect"), *there(*effects)),
            Fieldset(_("What it needs besides"), *there("deregulation", "allocation_k", "allocation_basis")),
        ]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "requesting_unit": record.requesting_unit_id,
            "owning_unit": record.owning_unit_id,
            "budget_item": record.budget_item_id,
            "supporting_units": [unit.pk for unit in record.supporting_units.all()],
        }

    def clean_project_code(self) -> str:
        code: str = self.cleaned_data["project_code"].strip()
        others = Proposal.objects.filter(fiscal_year=self.year(), project_code=code)
        if code and others.exclude(pk=getattr(self.record, "pk", 0)).exists():
            raise forms.ValidationError(_("Another proposal of the year has this project code."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for refusal in owner_refusals(cleaned.get("requesting_unit"), cleaned):
            self.add_error("owning_unit", refusal)
        if cleaned.get("allocation_k") and not cleaned.get("allocation_basis"):
            self.add_error("allocation_basis", _("Say on what the expectation rests."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Empty numbers are none saved."""
        values = super().values()
        zero = {name for name in ("hours_saved", "citizen_hours_saved", "yen_saved") if values.get(name, 0) is None}
        return {**values, **dict.fromkeys(zero, 0)}

    def moved_to(self, present: Any) -> "ProposalForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, user=self.user, record=present)


class ProposalReasonForm(VerbForm):
    """Why it is done."""

    reason = area(gettext_lazy("Reason"), gettext_lazy("It stands in the history."), required=True)


class AnswerForm(VerbForm):
    """Whether the owning unit agrees, and its words."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Answer of that unit"), choices=OwnerStance.choices, widget=forms.RadioSelect
    )
    words = area(gettext_lazy("Words of that unit"), gettext_lazy("A condition and a disagreement need words."), rows=4)


class ServeForm(forms.Form):
    """One record that the proposal serves, or serves no more."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in ("hurdle", "initiative", "course", "training_plan")])
    record = forms.CharField(max_length=40)
    act = forms.ChoiceField(choices=[("add", "add"), ("remove", "remove")])
