"""What the verbs of a proposal's way ask for. Each form carries the version that its page was made from."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.budget.choices import StageKind
from apps.budget.models import BudgetStage, Proposal
from apps.budget.selectors.stages import Item, amounts_at, asked_for, standing_amounts
from apps.budget.selectors.year_acts import TO_TELL, proposals_at
from apps.budget.services.appraisals import MOST_K, stages_to_appraise
from apps.core.fiscal import FiscalYear
from apps.core.forms import NumberField, VerbForm
from apps.core.text import PlainFormField


def words_field(label: Any, help_text: Any = "", *, required: bool = True) -> PlainFormField:
    """A text box of several lines."""
    widget = forms.Textarea(attrs={"rows": 4})
    return PlainFormField(label=label, help_text=help_text, required=required, widget=widget, max_length=2_000)


class StageReasonForm(VerbForm):
    """Why it is done; all who see the proposal read it."""

    reason = words_field(gettext_lazy("Reason"), gettext_lazy("Everybody who sees the proposal reads it."))


class CoordinationForm(VerbForm):
    """What the department agreed on."""

    words = words_field(gettext_lazy("What was agreed"), required=False)


TOLD, ASKED_AGAIN = pgettext_lazy("budget", "Told amount"), pgettext_lazy("budget", "Asked again (amount)")
HIDDEN_WORDS = gettext_lazy(
    "Until the result of the year is told, only the finance section and the head of headquarters read it."
)


class HearingForm(VerbForm):
    words = words_field(gettext_lazy("What was heard"), HIDDEN_WORDS)


class HoldForm(VerbForm):
    words = words_field(gettext_lazy("Why it is held"), HIDDEN_WORDS)


class ResumeForm(VerbForm):
    words = words_field(gettext_lazy("Words on that"), HIDDEN_WORDS, required=False)


Column = tuple[Any, Mapping[Item, int]]


class AmountsForm(VerbForm):
    """An amount for each 節, with what was asked and what stands beside it."""

    words = words_field(gettext_lazy("Words of the appraisal"), required=False)
    note: Any = ""

    def __init__(self, data: Any = None, *, record: Proposal, **kwargs: Any) -> None:
        self.asked = asked_for(record)
        self.standing = standing_amounts(record) if self.tells(record) else self.asked
        super().__init__(data, record=record, **kwargs)
        for place, (item, amount_k) in enumerate(self.standing.items()):
            self.fields[f"item_{place}"] = NumberField(
                label=_("%(item)s (thousand yen)") % {"item": item},
                min_value=0,
                max_value=MOST_K,
                initial=None if self.starts_empty(item) else amount_k,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "control--short control--number"}),
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def tells(self, _record: Proposal) -> bool:
        """Whether whoever may open the form may know what stands of each 節."""
        return True

    def starts_empty(self, _item: Item) -> bool:
        """Whether nothing stands in the box of a 節, so that its amount is decided and not left as it is."""
        return False

    def columns(self) -> list[Column]:
        """The amounts that stand beside each box, with the head of their column."""
        return [(_("Request"), self.asked), (_("Stands now"), self.standing)]

    @property
    def heads(self) -> list[Any]:
        return [label for label, _amounts in self.columns()]

    @property
    def grid(self) -> list[dict[str, Any]]:
        """The rows of the table: the 節, an amount for each column, and the box."""
        columns = self.columns()
        return [
            {"item": item, "cells": [amounts.get(item, 0) for _label, amounts in columns], "box": self[f"item_{place}"]}
            for place, item in enumerate(self.standing)
        ]

    @property
    def totals(self) -> list[int]:
        return [sum(amounts.values()) for _label, amounts in self.columns()]

    def amounts(self) -> Mapping[Item, int]:
        return {item: self.cleaned_data[f"item_{place}"] for place, item in enumerate(self.standing)}

    def values(self) -> dict[str, Any]:
        return {"amounts": self.amounts(), "words": self.cleaned_data["words"]}


class StageChoice(forms.ModelChoiceField):
    """Stages of the appraisal; the one at which the proposal stands says that it is appraised there once more."""

    present: BudgetStage | None = None

    def label_from_instance(self, stage: Any) -> str:
        return _("%(stage)s (once more)") % {"stage": stage} if stage == self.present else str(stage)


class AppraisalForm(AmountsForm):
    """At which stage, and what each 節 comes to. Where there are two, one chooses: nobody goes on by mistake."""

    stage = StageChoice(
        label=gettext_lazy("Stage"),
        queryset=BudgetStage.objects.none(),
        empty_label=gettext_lazy("Not chosen"),
        error_messages={"required": gettext_lazy("Choose the stage at which it is appraised.")},
    )
    words = words_field(
        gettext_lazy("Words of the appraisal"),
        gettext_lazy(
            "Needed where an amount changes. Until the result of the year is told, only the finance section and the "
            "head of headquarters read it."
        ),
        required=False,
    )
    field_order = ("stage",)

    def __init__(self, data: Any = None, *, record: Proposal, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        possible = stages_to_appraise(record)
        chosen: Any = self.fields["stage"]
        chosen.queryset = BudgetStage.objects.filter(pk__in=[stage.pk for stage in possible])
        chosen.present = record.stage
        if len(possible) == 1:
            chosen.empty_label, chosen.initial = None, possible[0].pk

    def values(self) -> dict[str, Any]:
        return {**super().values(), "stage": self.cleaned_data["stage"]}

    def moved_to(self, present: Any) -> "AppraisalForm":
        """Somebody else has appraised it: at which stage one's own amounts are meant now is chosen anew."""
        moved: Any = super().moved_to(present)
        moved.data.pop("stage", None)
        return moved


class RevivalForm(AmountsForm):
    """What is asked for again; while the appraisal is hidden from the unit its amounts are not even read."""

    words = words_field(
        gettext_lazy("Why it is needed all the same"), gettext_lazy("Everybody who sees the proposal reads it.")
    )

    def tells(self, record: Proposal) -> bool:
        return record.stage.kind == StageKind.NOTICE

    def columns(self) -> list[Column]:
        return [(_("Request"), self.asked), (TOLD, self.standing)]


class RevivalAppraisalForm(AmountsForm):
    """What was asked again is decided 節 by 節, the others stay as they stand.

    A further one, which corrects the first, starts from what stands.
    """

    words = words_field(
        gettext_lazy("Words of the appraisal"),
        gettext_lazy("Needed where an amount changes. Everybody who sees the proposal reads it."),
        required=False,
    )
    note: Any = gettext_lazy("The boxes of what was asked again are empty: say what each comes to.")

    def __init__(self, data: Any = None, *, record: Proposal, **kwargs: Any) -> None:
        self.told = amounts_at(record, *TO_TELL, StageKind.NOTICE)
        self.again = amounts_at(record, StageKind.REVIVAL)
        self.is_further = record.stage.kind == StageKind.REVIVAL_APPRAISAL
        super().__init__(data, record=record, **kwargs)
        if self.is_further:
            self.fields["words"].required = True
            self.fields["words"].help_text = _("Why it is corrected. Everybody who sees the proposal reads it.")
            self.note = _("What was asked again is appraised already. What you enter takes its place; both stay.")

    def starts_empty(self, item: Item) -> bool:
        is_asked = self.again.get(item) != self.told.get(item) or self.again == self.told
        return is_asked and not self.is_further

    def columns(self) -> list[Column]:
        columns: list[Column] = [(_("Request"), self.asked), (TOLD, self.told), (ASKED_AGAIN, self.again)]
        return [*columns, (_("Stands now"), self.standing)] if self.is_further else columns


class DisclosureForm(forms.Form):
    """What was never appraised is told as asked for, where that is said."""

    as_asked = forms.BooleanField(label=gettext_lazy("Tell what was not appraised as it was asked for"), required=False)

    def __init__(self, data: Any = None, *, unappraised: int, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not unappraised:
            del self.fields["as_asked"]
        self.helper = FormHelper(self)
        self.helper.form_tag = False


class SettlementForm(forms.Form):
    """Which step the page was made for; when the bill is fixed, which requests are postponed."""

    step = forms.CharField(widget=forms.HiddenInput)
    postponed = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Postponed to the next year"),
        help_text=gettext_lazy("The rest is said by the amounts: in full, with less, or not budgeted."),
        queryset=Proposal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, fiscal_year: FiscalYear, sources: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if sources:
            chosen: Any = self.fields["postponed"]
            chosen.queryset = proposals_at(fiscal_year, *sources)
        else:
            del self.fields["postponed"]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
