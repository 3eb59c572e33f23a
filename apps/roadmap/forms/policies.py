"""What a policy says, and what its verbs ask for. Each form carries the version that its page was made from."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import RecordForm, VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.hurdles.models import LegalLevel
from apps.organization.models import Unit
from apps.roadmap.choices import PolicyKind, PolicyStatus
from apps.roadmap.selectors import bound_links, units_to_bind


def _area(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> PlainFormField:
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=10_000)


class PolicyForm(RecordForm):
    """Kind, title and the goal in one sentence are required; why, standard, date and level come with the work."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        help_text=_("A policy has a goal and a date; a guideline says how things are to be done."),
        choices=PolicyKind.choices,
        widget=forms.RadioSelect,
        initial=PolicyKind.POLICY,
    )
    title = PlainFormField(
        label=_("Title"),
        help_text=_("What the whole city will do, in about %(count)d characters.") % {"count": 30},
        max_length=200,
        widget=forms.TextInput(attrs={"data-count-max": 30, "autocomplete": "off"}),
    )
    goal = _area(_("Goal"), _("One sentence: by when what is different, so that one can measure it."), rows=2)
    reason = _area(_("Why it is needed"), required=False)
    standard = _area(_("Standard"), _("By what the sections go, such as what may remain an exception."), required=False)
    legal_level = forms.ModelChoiceField(
        label=_("What it changes"),
        help_text=_(
            "The highest rule that has to change; it says who may decide the policy. Where it is left open, the legal"
            " bases of its hurdles say it."
        ),
        queryset=LegalLevel.objects.all(),
        required=False,
        empty_label=_("Left open"),
    )
    target_date = WarekiDateField(label=_("Target date"), required=False)
    in_force_on = WarekiDateField(
        label=_("Planned to be in force on"),
        help_text=_("When the day comes after the decision, the secretariat is asked. For example R5.4.1."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record: Any = self.record
        if record is not None and record.status == PolicyStatus.IN_FORCE:
            # It is a fact now, not a plan.
            del self.fields["in_force_on"]
        self.helper.layout = Layout(*self.fields)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "legal_level": record.legal_level_id}


class PolicyReasonForm(VerbForm):
    """Why it is done."""

    reason = _area(_("Reason"), _("Everybody who sees the policy reads it."))


class PolicyForceForm(VerbForm):
    """From which day on it is in force."""

    day = WarekiDateField(label=_("In force on"))

    def values_of(self, record: Any) -> dict[str, Any]:
        planned, today = record.in_force_on, clock.today()
        return {"day": planned if planned and planned <= today else today}


class PolicyAchieveForm(VerbForm):
    """By what one sees that the goal is achieved."""

    evidence = _area(
        _("Evidence that the goal is achieved"), _("Since when, what has changed, and by what one sees it.")
    )


class PolicyTextForm(VerbForm):
    """The next version; it begins with the words of the last one."""

    text = PlainFormField(
        label=_("Text"),
        help_text=_("What is written here is never changed afterwards: a further change makes a further version."),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=10_000,
    )
    reason = _area(_("Reason of the change"), _("It stands beside the version."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record: Any = self.record
        if record is not None and not record.versions.exists():
            self.fields["reason"].required = False
            self.fields["reason"].label = _("Note on the first version")

    def values_of(self, record: Any) -> dict[str, Any]:
        newest = record.versions.order_by("-version").first()
        return {"text": newest.text if newest else ""}


class PolicyBindForm(VerbForm):
    """Several sections, or all of today."""

    all_units = forms.BooleanField(label=_("All sections of the city"), required=False)
    units = forms.ModelMultipleChoiceField(
        label=_("Sections"), queryset=Unit.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record is not None:
            self.fields["units"].queryset = units_to_bind(self.record)  # type: ignore[attr-defined, arg-type]

    def chosen(self) -> list[Unit]:
        """All that are not bound yet, or those that are ticked."""
        offered: Any = self.fields["units"]
        return list(offered.queryset) if self.cleaned_data["all_units"] else list(self.cleaned_data["units"])


class PolicyReleaseForm(VerbForm):
    """Bound units that are no more to be bound, and why."""

    units = forms.ModelMultipleChoiceField(
        label=_("Units bound by it"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    reason = _area(_("Reason"), _("Everybody who sees the policy reads it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record is not None:
            bound = bound_links(self.record).values("unit")  # type: ignore[arg-type]
            self.fields["units"].queryset = Unit.objects.filter(pk__in=bound)  # type: ignore[attr-defined]


class PolicyAdoptForm(VerbForm):
    """Which unit, since when, and what it does. `units` are those for which the person speaks."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    adopted_on = WarekiDateField(label=_("Adopted on"))
    note = _area(_("What the unit does"), _("What changes in its work, in a sentence or two."))

    def __init__(self, *args: Any, units: Any, unit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.initial["unit"] = next((each.pk for each in units if each.code == unit), None)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"adopted_on": clock.today()}
