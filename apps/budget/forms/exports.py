"""The buttons that have a file of the request prepared."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.core.fiscal import FiscalYearFormField


class PrepareForm(forms.Form):
    """Which year, which of `kinds`; the uid was drawn when the page was shown, so that pressing twice is one job."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    year = FiscalYearFormField(widget=forms.HiddenInput)
    kind = forms.ChoiceField()

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(each, each) for each in kinds]
