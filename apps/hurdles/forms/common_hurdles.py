"""Forms of common hurdles: what the team says, and the words with which members come and go."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.hurdles.forms.fields import area
from apps.organization.models import Unit
from apps.organization.selectors import sections_today


class CommonHurdleForm(RecordForm):
    """Only the title is required; direction, goal and date come with the team's discussion."""

    title = PlainFormField(
        label=_("Title"),
        help_text=_("What the hurdles share, in about %(count)d characters.") % {"count": 40},
        max_length=200,
        widget=forms.TextInput(attrs={"data-count-max": 40, "autocomplete": "off"}),
    )
    direction = area(_("Direction"), _("In which way the city goes about it."))
    goal = area(_("Goal"), _("By when what is different, so that one can measure it."))
    countermeasures = area(_("Countermeasures"))
    lead_unit = forms.ModelChoiceField(
        label=_("Lead unit"), queryset=Unit.objects.none(), required=False, empty_label=_("Not decided")
    )
    target_date = WarekiDateField(label=_("Target date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].queryset = sections_today()  # type: ignore[attr-defined]
        self.helper.layout = Layout(*self.fields)

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "lead_unit": record.lead_unit_id}


class RemovalForm(forms.Form):
    """Why something is taken away; it stands in the history."""

    reason = area(_("Reason"), _("It stands in the history."), required=True)


class BundleForm(forms.Form):
    """The last step before hurdles are bundled."""

    reason = area(_("Why they belong together"), _("It stands in the history."), rows=2)
