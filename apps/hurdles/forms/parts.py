"""The small forms of a hurdle's parts: one legal basis, one example, one piece of evidence, the tasks it costs."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm
from apps.core.text import PlainFormField
from apps.hurdles.choices import EvidenceKind
from apps.hurdles.forms.fields import area
from apps.hurdles.models import LegalLevel
from apps.organization.models import WorkloadEntry

SOURCE_HELP = _("A document, an address on the web, a person's office: where one can look it up.")


class PartForm(RecordForm):
    """`seen` marks what the part said when its form was shown; the reason is optional."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    reason = PlainFormField(
        label=_("Reason of the change"), help_text=_("It stands in the history."), required=False, max_length=500
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in {"seen", "reason"}}


class LegalBasisForm(PartForm):
    """On what the obstacle rests; the route that follows is shown beside it."""

    level = forms.ModelChoiceField(
        label=_("Legal level"),
        help_text=_("Law, rule or custom. It decides who can change it."),
        queryset=LegalLevel.objects.all(),
        empty_label=_("Not chosen"),
    )
    name = PlainFormField(label=_("Name of the basis"), max_length=200)
    article = PlainFormField(label=_("Article"), max_length=200, required=False)
    authority = PlainFormField(
        label=_("Authority"), help_text=_("Who is in charge of it."), max_length=100, required=False
    )
    verified = forms.BooleanField(
        label=_("Verified"), help_text=_("Somebody has read the text itself."), required=False
    )

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "level": record.level_id}


class CityExampleForm(PartForm):
    """How another city does it, and where one can read so."""

    city = PlainFormField(label=_("Other city"), max_length=100, required=False)
    text = area(_("How that city does it"), rows=4, required=True)
    source = PlainFormField(label=_("Source"), help_text=SOURCE_HELP, max_length=500, required=False)


class CitizenEvidenceForm(PartForm):
    """What citizens say or lose."""

    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=EvidenceKind.choices)
    text = area(_("Evidence"), _("Do not write names or addresses of persons."), rows=4, required=True)
    source = PlainFormField(label=_("Source"), help_text=SOURCE_HELP, max_length=500, required=False)


class RemoveForm(forms.Form):
    """A part goes with one more click."""

    reason = PlainFormField(
        label=_("Reason of the change"), help_text=_("It stands in the history."), required=False, max_length=500
    )


class NeedsForm(forms.Form):
    """Which other hurdle has to be out of the way first."""

    number = PlainFormField(
        label=_("Number of the hurdle"),
        help_text=_("For example H-2022-0001."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    reason = PlainFormField(
        label=_("Reason of the change"), help_text=_("It stands in the history."), required=False, max_length=500
    )


class WorkloadChoice(forms.ModelMultipleChoiceField):
    """Tasks with their hours."""

    def label_from_instance(self, entry: Any) -> str:
        return str(_("%(task)s: %(hours)s hours")) % {"task": entry.task, "hours": f"{entry.hours:,}"}


class WorkloadForm(forms.Form):
    """The tasks of the unit's last survey that the hurdle costs."""

    entries = WorkloadChoice(
        label=_("Workload tasks"),
        queryset=WorkloadEntry.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    takes_hours = forms.BooleanField(label=_("Take the sum of their hours as the loss of this hurdle"), required=False)
    reason = PlainFormField(
        label=_("Reason of the change"), help_text=_("It stands in the history."), required=False, max_length=500
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = choices  # type: ignore[attr-defined]
