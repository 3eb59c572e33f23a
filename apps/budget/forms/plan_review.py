"""The form of the review: what it came to, and for each criterion points with their reason, as a help."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import PlanStatus, PreReviewResult
from apps.budget.forms.plan_boxes import words
from apps.budget.models import ReviewCriterion
from apps.budget.selectors.criteria import criteria_for
from apps.budget.services import Given
from apps.core.forms import RecordForm

# Where words are mandatory: on which conditions, and why it is returned.
NEEDS_WORDS = {
    PreReviewResult.CONDITIONAL.value: gettext_lazy("Say on which conditions."),
    PreReviewResult.RETURNED.value: gettext_lazy("Say why."),
}


@dataclass(frozen=True)
class Row:
    """One criterion with its two boxes."""

    criterion: ReviewCriterion
    points: Any
    reason: Any


class PlanReviewForm(RecordForm):
    """Points are no sum that decides; the result is chosen by a person."""

    needed_at_times = ("words",)

    result = forms.ChoiceField(label=gettext_lazy("Result"), widget=forms.RadioSelect)
    words = words(
        gettext_lazy("Words of the preliminary review"),
        gettext_lazy("Needed for conditions and for a return. The section reads them."),
        rows=4,
    )

    def __init__(self, data: Any = None, *, record: Any, **kwargs: Any) -> None:
        self.criteria = criteria_for(record)
        super().__init__(data, record=record, **kwargs)
        choices: Any = self.fields["result"]
        # What is reviewed already goes back by a verb of its own.
        is_open = record.status != PlanStatus.REVIEWED
        choices.choices = [row for row in PreReviewResult.choices if is_open or row[0] != PreReviewResult.RETURNED]
        for criterion in self.criteria:
            self.fields |= _boxes(criterion)

    def values_of(self, record: Any) -> dict[str, Any]:
        given = {row.criterion_id: row for row in record.points.all()}
        found: dict[str, Any] = {"result": record.result, "words": record.review_words}
        for key, row in given.items():
            found |= {f"points_{key}": row.points, f"reason_{key}": row.reason}
        return found

    @property
    def rows(self) -> list[Row]:
        return [Row(each, self[f"points_{each.pk}"], self[f"reason_{each.pk}"]) for each in self.criteria]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        missing = NEEDS_WORDS.get(cleaned.get("result", ""))
        if missing and not cleaned.get("words", "").strip():
            self.add_error("words", missing)
        for each in self.criteria:
            if cleaned.get(f"points_{each.pk}") is not None and not cleaned.get(f"reason_{each.pk}", "").strip():
                self.add_error(f"reason_{each.pk}", _("Say why it is given these points."))
        return cleaned

    def given(self) -> dict[int, Given]:
        """The points by the key of their criterion."""
        said = self.cleaned_data
        return {each.pk: Given(said[f"points_{each.pk}"], said[f"reason_{each.pk}"]) for each in self.criteria}


def _boxes(criterion: ReviewCriterion) -> dict[str, forms.Field]:
    """Points and reason of one criterion, labelled for those who hear the page."""
    named = {"criterion": criterion.name, "most": criterion.max_points}
    points = forms.IntegerField(
        label=_("%(criterion)s: points of %(most)s") % named,
        required=False,
        min_value=0,
        max_value=criterion.max_points,
        widget=forms.TextInput(attrs={"class": "control--auto control--number", "inputmode": "numeric", "size": 3}),
    )
    reason = words(_("%(criterion)s: reason") % named, rows=1)
    return {f"points_{criterion.pk}": points, f"reason_{criterion.pk}": reason}
