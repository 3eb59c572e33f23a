"""The forms of the owning unit's view: whom to ask by when, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm, WarekiDateField
from apps.hurdles.choices import OwnerAnswer
from apps.hurdles.forms.fields import area
from apps.organization.models import Unit
from apps.organization.selectors import sections_today


class AskOwnerForm(RecordForm):
    """Which unit is asked, and by when."""

    owning_unit = forms.ModelChoiceField(
        label=_("Owning unit"),
        help_text=_(
            "From now on the unit sees the hurdle. All staff see it once the unit has answered or its date has passed."
        ),
        queryset=Unit.objects.none(),
        empty_label=_("Not chosen"),
    )
    due_on = WarekiDateField(
        label=_("Answer due on"),
        help_text=_("Ten working days from today. For example R5.3.31 or 2023-03-31."),
    )
    reason = area(
        _("Words to the unit"),
        _("What you want to know. The unit reads it where it answers, and it stands in the history."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owning_unit"].queryset = sections_today()  # type: ignore[attr-defined]

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"owning_unit": record.owning_unit_id}


class AnswerForm(RecordForm):
    """What the section says; a condition or a difficulty has a reason."""

    needed_at_times = ("reason",)
    answer = forms.ChoiceField(label=_("View"), choices=OwnerAnswer.choices, widget=forms.RadioSelect)
    reason = area(_("Reason"), _("Needed for “With conditions” and “Difficult”. All staff read it."), rows=5)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needs_reason = cleaned.get("answer") in {OwnerAnswer.CONDITIONAL, OwnerAnswer.DIFFICULT}
        if needs_reason and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", _("“With conditions” and “Difficult” need a reason."))
        return cleaned
