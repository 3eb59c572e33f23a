"""What the verbs of an initiative ask for. Each form carries the version that its page was made from."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.hurdles.choices import Health
from apps.roadmap.selectors.waiting import unfinished_before


def words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> PlainFormField:
    """A text box of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=2_000)


class InitiativeReasonForm(VerbForm):
    """Why it is done."""

    reason = words(_("Reason"), _("Everybody who sees the initiative reads it."))


class StartForm(VerbForm):
    """Why it starts although something that it needs first is not finished."""

    reason = words(_("Why it starts all the same"), _("It stands in the history."), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initiative: Any = self.record
        if not unfinished_before(initiative):
            del self.fields["reason"]
            self.helper = FormHelper(self)
            self.helper.form_tag = False


class EvidenceForm(VerbForm):
    """By what one sees that the goal is reached."""

    evidence = words(_("Evidence of the achievement"), _("Since when, what has changed, and by what one sees it."))


class UpdateForm(VerbForm):
    """What has moved, on which day, how it goes, and how far it is."""

    happened_on = WarekiDateField(label=_("Date"))
    health = forms.ChoiceField(label=_("Health"), choices=Health.choices, widget=forms.RadioSelect)
    progress = forms.IntegerField(
        label=_("Progress (percent)"),
        help_text=_(
            "From 0 to 100. Left empty, what was reported before stands, or else the achieved milestones count."
        ),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"}),
    )
    text = words(_("What has moved"), rows=5)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"happened_on": clock.today(), "health": record.health or Health.ON_TRACK}

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Progress has happened: the day cannot be in the future."))
        return day
