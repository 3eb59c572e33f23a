"""What the verbs of a hurdle ask for. Each form carries the version that its page was made from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.forms import VerbForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.hurdles.choices import Health, HurdleStatus, Severity
from apps.organization.choices import RoleKind
from apps.organization.models import Unit
from apps.organization.selectors import sections_today

# The posts that do work on a hurdle.
POSTS = (RoleKind.PROMOTER, RoleKind.MANAGER, RoleKind.VIEWER, RoleKind.MEMBER, RoleKind.SECRETARIAT)


def _text(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> PlainFormField:
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=2_000)


def _yes_or_no(label: Any, yes: Any, no: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("yes", yes), ("no", no)], coerce=lambda word: word == "yes", widget=forms.RadioSelect
    )


# Said before somebody asks for it, not only after.
WAITS = _("Where the owning unit asks for a later date on a hurdle of severity 5, the secretariat decides.")


class QuestionForm(VerbForm):
    """The words with which a hurdle goes back."""

    question = _text(
        _("Question to the section"), _("It stands on the hurdle's page until the section submits it again.")
    )


class ReasonForm(VerbForm):
    """Why it is done."""

    reason = _text(_("Reason"), _("Everybody who sees the hurdle reads it."))


class DecisionForm(VerbForm):
    """What allows to begin; after a decided policy nothing more is needed."""

    decision = _text(
        _("Decision that allows to begin"),
        _("The number and the day of the internal approval, or which meeting agreed to it."),
        rows=2,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hurdle: Any = self.record
        if hurdle is not None and hurdle.status == HurdleStatus.POLICY_SET:
            self.fields["decision"].required = False


class PartForm(VerbForm):
    """What is solved, and what is not."""

    solved = _text(_("What is solved"))
    remains = _text(_("What remains"))


class ProposalForm(VerbForm):
    """By what one sees that it is resolved."""

    evidence = _text(
        _("Evidence of the resolution"),
        _("Since when, what has changed, and by what one sees it. A second person looks at it."),
    )


class ConfirmForm(VerbForm):
    """A word of the second person, if there is one."""

    answer = _text(_("Word of the second person"), required=False, rows=2)


class RefusalForm(VerbForm):
    """Why the second person does not see it."""

    answer = _text(_("Answer"), _("What is missing for a resolution. Who said that it is resolved reads it."))


class LastingForm(VerbForm):
    """A year later."""

    needed_at_times = ("note",)
    lasts = _yes_or_no(_("Has the resolution lasted?"), _("Yes, it has"), _("No: the hurdle is opened again"))
    note = _text(_("What has become of it"), _("Needed where it has not lasted."), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("lasts") is False and not cleaned.get("note"):
            self.add_error("note", _("Say why."))
        return cleaned


class PromiseForm(VerbForm):
    """The first promise."""

    new_date = WarekiDateField(label=_("Target date"))

    def clean_new_date(self) -> Any:
        day = self.cleaned_data["new_date"]
        if day and day < clock.today():
            raise forms.ValidationError(_("A day that has passed cannot be promised."))
        return day


class TargetForm(PromiseForm):
    """Another day, and why."""

    new_date = WarekiDateField(label=_("New date"))
    reason = _text(_("Why the date moves"), _("It is kept with the move, beside the first agreed date."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hurdle: Any = self.record
        if hurdle is not None and hurdle.severity == Severity.SEVERE:
            field = self.fields["new_date"]
            field.help_text = f"{field.help_text} {WAITS}"


class MoveDecisionForm(VerbForm):
    """The secretariat's word on a later date."""

    agree = _yes_or_no(_("Decision"), _("Agree to the later date"), _("Keep the date as it is"))
    answer = _text(_("Answer"), _("Who asked for it reads it."))


class NextActionForm(VerbForm):
    """What is next, until when, and which post does it."""

    text = PlainFormField(
        label=_("Next action"), help_text=_("Empty: nothing is planned."), required=False, max_length=300
    )
    due = WarekiDateField(label=_("Until when"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("Not chosen")
    )
    role = forms.ChoiceField(
        label=_("Post"),
        help_text=_("Whoever holds it on the day finds it under “My work”."),
        choices=[("", _("Not chosen")), *((post.value, post.label) for post in POSTS)],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = sections_today()  # type: ignore[attr-defined]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            "text": record.next_action,
            "due": record.next_action_on,
            "unit": record.next_action_unit_id or record.owning_unit_id,
            "role": record.next_action_role or RoleKind.PROMOTER,  # every section has one
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("text"):
            for name in ("due", "unit", "role"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Needed for a next action."))
        return cleaned


class ProgressForm(VerbForm):
    """What has moved, on which day, and how it goes."""

    happened_on = WarekiDateField(label=_("Date"))
    health = forms.ChoiceField(label=_("Health"), choices=Health.choices, widget=forms.RadioSelect)
    text = _text(_("What has moved"), rows=5)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"happened_on": clock.today(), "health": record.health or Health.ON_TRACK}

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Progress has happened: the day cannot be in the future."))
        return day
