"""The form of an introduction plan in its parts, and those of its verbs."""

from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import PlanKind
from apps.budget.forms.plan_boxes import amount_k, hours, line, place_of, words, year_box
from apps.budget.models import BudgetItem
from apps.budget.selectors import open_to_link
from apps.budget.selectors.plan_parts import MANDATORY, PARTS, PRESENT_SYSTEM, Part
from apps.core.forms import RecordForm, VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.organization.models import Unit

TO_HAND_IN = _("Needed before it is handed in.")
ONE_OF_BOTH = _("One of both is needed before it is handed in: hours of staff, or an effect for citizens.")
FOR_RENEWALS = _("Needed for renewals and continuations.")


class PlanForm(RecordForm):
    """Only section, year, kind and title are needed for a draft; what is handed in needs more, and says what."""

    needed_at_times = (*MANDATORY, *PRESENT_SYSTEM.fields, "hours_saved", "citizen_effect")

    unit = forms.ModelChoiceField(label=_("Section"), queryset=Unit.objects.none(), empty_label=None)
    fiscal_year = year_box(_("Fiscal year of the request"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        help_text=_("A renewal or a continuation names the present system instead of a hurdle."),
        choices=PlanKind.choices,
        widget=forms.RadioSelect,
        initial=PlanKind.NEW,
    )
    title = line(_("Title"), required=True)
    problem = words(_("Present state and problem"), _("How it is done today, and what is in the way."))
    simplified_first = words(
        _("What is abolished, merged or simplified first"),
        _("What goes, what becomes one, what becomes simpler before anything is introduced."),
    )
    content = words(_("What is introduced"), _("What it does, for whom, in which places."))
    alternatives = words(_("Other ways that were compared"), _("Also: what if nothing is introduced?"), rows=3)
    current_system = line(_("Present system and contract"), FOR_RENEWALS)
    current_until = WarekiDateField(
        label=_("Present contract ends on"),
        required=False,
        help_text=format_lazy("{} {}", WarekiDateField.default_help, FOR_RENEWALS),
    )
    current_yearly_k = amount_k(_("Present cost a year (thousand yen)"), FOR_RENEWALS)
    initial_k = amount_k(_("Initial cost (thousand yen)"), _("0 where there is none."))
    running_k = amount_k(_("Running cost a year (thousand yen)"), _("0 where there is none."))
    money_words = words(_("Sources of money"), rows=2)
    hours_saved = hours(_("Staff hours saved a year"), ONE_OF_BOTH)
    citizen_effect = words(_("Effect for citizens"), ONE_OF_BOTH, rows=2)
    schedule = words(_("Schedule"), rows=3)
    procurement = line(_("Way of procurement"))
    staffing = words(_("Who carries it out"), rows=3)
    security = words(_("Security and personal data"), _("Which data, where they are kept, who reaches them."), rows=3)
    standards = words(
        _("Standard systems and linked data"), _("Standard systems of the nation, data that others could use."), rows=3
    )

    def __init__(self, data: Any = None, *, user: Any = None, record: Any = None, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        place_of(self, user)
        head = [name for name in ("uid", "version", "unit", "fiscal_year", "kind", "title") if name in self.fields]
        self._say_what_is_needed()
        self.helper.layout = Layout(*head, *map(_part, PARTS))

    def _say_what_is_needed(self) -> None:
        """A draft may leave these open; what is handed in may not."""
        for name in MANDATORY:
            field = self.fields[name]
            field.help_text = format_lazy("{} {}", field.help_text, TO_HAND_IN) if field.help_text else TO_HAND_IN

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "fiscal_year": str(int(record.fiscal_year))}


def _part(part: Part) -> Any:
    """A group of fields under its heading; a single field says by its label what it is."""
    return Fieldset(part.title, *part.fields) if len(part.fields) > 1 else part.fields[0]


class PlanProposalForm(VerbForm):
    """To which proposal of the same section and year the plan belongs."""

    proposal = forms.ModelChoiceField(
        label=_("Budget proposal"), queryset=BudgetItem.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if self.record is not None:
            self.fields["proposal"].queryset = open_to_link(self.record, user)  # type: ignore[attr-defined, arg-type]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"proposal": record.proposal_id}

    def moved_to(self, present: Any) -> "PlanProposalForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, user=self.user, record=present)


class DraftProposalForm(forms.Form):
    """Under which name, and where in the budget book the draft stands."""

    name = line(_("Project"), required=True)
    budget_item = forms.ModelChoiceField(
        label=_("Budget item"), queryset=BudgetItem.objects.none(), empty_label=_("Not chosen")
    )

    def __init__(self, data: Any = None, *, source: Any, **kwargs: Any) -> None:
        super().__init__(data, initial={"name": source.title}, **kwargs)
        items = BudgetItem.objects.of(source.fiscal_year).select_related("account")
        self.fields["budget_item"].queryset = items  # type: ignore[attr-defined]


class PlanHurdleForm(forms.Form):
    """Which hurdle the plan clears."""

    number = PlainFormField(
        label=_("Number of the hurdle"),
        help_text=_("For example H-2022-0001."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )


class PlanUnlinkForm(forms.Form):
    """A link goes with one more click."""

    reason = line(_("Reason of the change"), _("It stands in the history."), most=500)
