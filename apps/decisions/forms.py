"""What is asked when a decision is recorded."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.core import wareki
from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.decisions.models import AgendaItem, Meeting
from apps.decisions.selectors import items_without_decision, meetings_that_may_decide

MEETING, APPROVAL = "meeting", "approval"
BY_DOCUMENT = _("Needed for a decision by an approval document.")
WAYS = [(MEETING, _("A meeting of headquarters or of the promotion team")), (APPROVAL, _("Approval document"))]


class _MeetingField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{wareki.format_date(obj.held_on, short=True)} {obj.name}"


class _ItemField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.meeting.name} {obj.order} {obj.title}"


class RecordDecisionForm(RecordForm):
    """By a meeting or by 決裁, and the words of the decision."""

    needed_at_times = ("meeting", "approval_number", "decided_on")
    way = forms.ChoiceField(
        label=_("Who has decided it"),
        choices=[
            (MEETING, _("A meeting of headquarters or of the promotion team")),
            (APPROVAL, _("Approval document")),
        ],
        widget=forms.RadioSelect,
    )
    meeting = _MeetingField(
        label=_("Meeting"),
        help_text=_("Meetings that were held since the first text of the policy. Needed for a decision by a meeting."),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Not chosen"),
    )
    item = _ItemField(
        label=_("Agenda item"),
        help_text=_("If it stood on the agenda; items that have no decision yet."),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("Not on the agenda"),
    )
    approval_number = PlainFormField(
        label=_("Number of the approval document"),
        help_text=BY_DOCUMENT,
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    decided_on = WarekiDateField(
        label=_("Day of the approval"),
        help_text=format_lazy("{} {}", BY_DOCUMENT, WarekiDateField.default_help),
        required=False,
    )
    text = PlainFormField(
        label=_("Decision"),
        help_text=_("What was decided, as it stands in the minutes or in the document."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy: Any = self.record
        meetings = meetings_that_may_decide(policy) if policy else Meeting.objects.none()
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["item"].queryset = items_without_decision(meetings)  # type: ignore[attr-defined]
        self.helper.layout = Layout(*self.fields)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") == MEETING:
            item = cleaned.get("item")
            if item and not cleaned.get("meeting"):
                cleaned["meeting"] = item.meeting
            if not cleaned.get("meeting") and "meeting" not in self.errors:
                self.add_error("meeting", _("Choose the meeting."))
            cleaned |= {"approval_number": "", "decided_on": None}
        elif cleaned.get("way") == APPROVAL:
            for name, words in (("approval_number", _("Write the number.")), ("decided_on", _("Write the day."))):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
            cleaned |= {"meeting": None, "item": None}
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "way"}
