"""The form of "ours too": the own example and loss, all of it optional."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.forms import RecordForm
from apps.hurdles.forms.fields import area, count


class EndorsementForm(RecordForm):
    """What the section has of the same: nothing is required, one click is enough.

    `seen` marks what a colleague's form showed when it was opened.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    example = area(_("Example of your section"), _("When, for whom, how much. Do not write names of persons."), rows=4)
    hours_lost = count(_("Hours lost a year"), _("In your section, all staff together."))
    yen_lost = count(_("Yen lost a year"))

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "seen"}
