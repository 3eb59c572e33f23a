"""The answer to the intent survey: what a section means to start, roughly, and how far it is."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Readiness
from apps.budget.forms.plan_boxes import amount_k, line, place_of, words, year_box
from apps.budget.models import GrantProgramme
from apps.core.forms import RecordForm, VerbForm
from apps.organization.models import Unit

OPEN = _("Not decided yet")
QUARTERS = (
    (1, _("1st quarter (April to June)")),
    (2, _("2nd quarter (July to September)")),
    (3, _("3rd quarter (October to December)")),
    (4, _("4th quarter (January to March)")),
)
# What each step of 熟度 means, so that two sections mean the same by it (domain facts §2.3).
READINESS_MEANS = {
    Readiness.IDEA: _("1: an idea; nothing is written down yet"),
    Readiness.OUTLINE: _("2: the problem is sorted out, and what is to be abolished or simplified"),
    Readiness.PLANNED: _("3: there are an estimate and people who do it"),
    Readiness.AGREED: _("4: a plan is written, and those concerned agree"),
    Readiness.READY: _("5: one can apply at once"),
}


def readiness_box(*, required: bool) -> forms.TypedChoiceField:
    choices = [(each.value, words) for each, words in READINESS_MEANS.items()]
    return forms.TypedChoiceField(
        label=_("Readiness"),
        choices=choices if required else [("", OPEN), *choices],
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
    )


class IntentForm(RecordForm):
    """Title, year and section are required; the rest is said as far as one knows it."""

    unit = forms.ModelChoiceField(label=_("Section"), queryset=Unit.objects.none(), empty_label=None)
    title = line(_("Title"), _("What the section means to start."), required=True)
    fiscal_year = year_box(_("Fiscal year of the start"))
    quarter = forms.TypedChoiceField(
        label=_("Quarter of the start"), choices=[("", OPEN), *QUARTERS], coerce=int, empty_value=None, required=False
    )
    amount_k = amount_k(_("Rough amount (thousand yen)"), _("Initial cost and the running cost of the year, roughly."))
    source = line(_("Source of money"), _("In words, for example: half from the nation, assumed."), most=100)
    readiness = readiness_box(required=False)
    grant = forms.ModelChoiceField(
        label=_("Grant programme it hopes for"),
        queryset=GrantProgramme.objects.none(),
        required=False,
        empty_label=OPEN,
    )
    note = words(_("Note"))

    def __init__(self, data: Any = None, *, user: Any = None, record: Any = None, **kwargs: Any) -> None:
        super().__init__(data, record=record, **kwargs)
        place_of(self, user)
        chosen: Any = self.fields
        chosen["grant"].queryset = GrantProgramme.objects.filter(archived_at__isnull=True).order_by("name", "pk")
        self.helper.layout = Layout(*self.fields)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "fiscal_year": str(int(record.fiscal_year)),
            "grant": record.grant_id,
        }


class ReadinessForm(VerbForm):
    """How far the case is now, and what has come about."""

    readiness = readiness_box(required=True)
    reason = words(_("What has changed"), _("It stands in the history."), required=True, rows=3)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {"readiness": record.readiness}
