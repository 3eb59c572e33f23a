"""The forms of an evaluation: what is measured and aimed at, and what was measured."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from apps.core.forms import RecordForm
from apps.training.forms.course_boxes import DecimalBox, line, reason_line
from apps.training.models import EvaluationLevel


class EvaluationForm(RecordForm):
    """At which level, by what, and what is aimed at. `seen` marks what the row said when its form was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    level = forms.ModelChoiceField(
        label=gettext_lazy("Level"), queryset=EvaluationLevel.objects.all(), empty_label=None
    )
    measure = line(
        gettext_lazy("Measure"),
        gettext_lazy("With its unit, for example how satisfied people were, out of 5 points."),
        required=True,
    )
    target = DecimalBox(label=gettext_lazy("Target"), required=False, max_digits=12, decimal_places=2)
    lower_is_better = forms.BooleanField(label=gettext_lazy("The smaller the better"), required=False)
    reason = reason_line()

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "level": record.level_id}

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in {"seen", "reason"}}


class ActualForm(RecordForm):
    """What was measured."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    actual = DecimalBox(
        label=gettext_lazy("Actual"),
        help_text=gettext_lazy("Empty while it was not measured: it is missing and not zero."),
        required=False,
        max_digits=12,
        decimal_places=2,
    )
    reason = reason_line()


class TakeOutForm(forms.Form):
    """Why it goes."""

    reason = reason_line(required=True)
