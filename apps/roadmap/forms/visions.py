"""Forms of visions: what one says, why it is laid aside, and which hurdles hold it back."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.fiscal import FiscalYearFormField
from apps.core.forms import RecordForm
from apps.core.text import PlainFormField
from apps.roadmap.choices import Horizon
from apps.roadmap.models import ComprehensivePlanItem, Vision
from apps.roadmap.selectors import areas_of


def _text(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 3) -> PlainFormField:
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=2_000)


def _why(label: Any, *, required: bool = True) -> PlainFormField:
    return _text(label, gettext_lazy("It stands in the history."), required=required, rows=2)


class _NumberedChoice(forms.ModelChoiceField):
    """A vision by its number, its title and its year."""

    def label_from_instance(self, vision: Any) -> str:
        return f"{vision.number or ''} {vision.title}（{vision.target_year}）".strip()


class _ItemChoice(forms.ModelChoiceField):
    """An item of the comprehensive plan, with the plan."""

    def label_from_instance(self, item: Any) -> str:
        return f"{item}（{item.plan}）"


class VisionForm(RecordForm):
    """One statement about one area."""

    horizon = forms.ChoiceField(
        label=gettext_lazy("Horizon"), choices=Horizon.choices, widget=forms.RadioSelect, initial=Horizon.THREE_YEARS
    )
    area = PlainFormField(label=gettext_lazy("Area"), max_length=100)
    title = PlainFormField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("In about %(count)d characters.") % {"count": 30},
        max_length=200,
        widget=forms.TextInput(attrs={"data-count-max": 30, "autocomplete": "off"}),
    )
    statement = _text(
        gettext_lazy("Statement"), gettext_lazy("What will be true then, in one sentence that everybody understands.")
    )
    target_year = FiscalYearFormField(
        label=gettext_lazy("Target fiscal year"),
        help_text=gettext_lazy("For example R7 or 2025."),
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    serves = _NumberedChoice(
        label=gettext_lazy("Serves the ten-year vision"),
        help_text=gettext_lazy("Only for a three-year vision."),
        queryset=Vision.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    plan_item = _ItemChoice(
        label=gettext_lazy("Item of the comprehensive plan"),
        queryset=ComprehensivePlanItem.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Vision.objects.filter(archived_at__isnull=True)
        far: Any = self.fields["serves"]
        far.queryset = standing.filter(horizon=Horizon.TEN_YEARS).order_by("number", "pk")
        if self.record is not None:
            far.queryset = far.queryset.exclude(pk=self.record.pk)
        items: Any = self.fields["plan_item"]
        items.queryset = ComprehensivePlanItem.objects.select_related("plan").order_by("-plan__from_year", "code")
        if areas := areas_of(standing):
            self.fields["area"].help_text = _("There are already: %(areas)s") % {"areas": "、".join(areas)}
        self.helper.layout = Layout(*self.fields)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "serves": record.serves_id, "plan_item": record.plan_item_id}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("horizon") == Horizon.TEN_YEARS and cleaned.get("serves"):
            self.add_error("serves", _("Only a three-year vision serves another one."))
        return cleaned


class VisionArchiveForm(forms.Form):
    """Why, and where what hangs on it goes."""

    move_to = _NumberedChoice(
        label=gettext_lazy("What belongs to it moves to"),
        queryset=Vision.objects.none(),
        required=False,
        empty_label=gettext_lazy("Not chosen"),
    )
    reason = _why(gettext_lazy("Reason"))

    def __init__(self, *args: Any, others: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target: Any = self.fields["move_to"]
        target.queryset = others
        target.required = needed
        if not needed:
            del self.fields["move_to"]


class LinkHurdlesForm(forms.Form):
    """Why they hold it back."""

    reason = _why(gettext_lazy("Why they hold it back"), required=False)


class UnlinkHurdleForm(forms.Form):
    """Why it is taken out."""

    reason = _why(gettext_lazy("Reason"))


class HoldsBackForm(forms.Form):
    """From a hurdle's page: which visions it holds back."""

    visions = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Visions it holds back"),
        queryset=Vision.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = _why(gettext_lazy("Why it holds them back"), required=False)

    def __init__(self, *args: Any, visions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visions"]
        field.queryset = visions
        field.label_from_instance = _NumberedChoice.label_from_instance.__get__(field)
