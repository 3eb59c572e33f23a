"""The form of one criterion of the preliminary review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.budget.forms.plan_boxes import line
from apps.budget.selectors.criteria import criteria_list
from apps.core.forms import RecordForm

MOST_POINTS = 100


class CriterionForm(RecordForm):
    """Name, what is looked at, most points, place, and whether it is in use."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    name = line(_("Name"), required=True, most=100)
    explanation = line(_("What is looked at"), _("Reviewers read it beside the points."), most=300)
    max_points = forms.IntegerField(
        label=_("Most points"),
        help_text=_("Not less than a plan was given already."),
        min_value=1,
        max_value=MOST_POINTS,
        initial=5,
        widget=forms.NumberInput(attrs={"class": "control--short control--number"}),
    )
    order = forms.IntegerField(
        label=_("Order"),
        min_value=0,
        max_value=1000,
        widget=forms.NumberInput(attrs={"class": "control--short control--number"}),
    )
    active = forms.BooleanField(
        label=_("In use"),
        help_text=_("What is no longer in use is asked no more; points that were given stay."),
        required=False,
        initial=True,
    )

    def __init__(self, data: Any = None, *, record: Any = None, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        if record is None:
            last = criteria_list().order_by("-order").values_list("order", flat=True).first()
            self.initial["order"] = (last or 0) + 1

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "seen"}
