"""The upload of a city's own form, and what it is to be filled with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearFormField
from apps.core.forms import RecordForm
from apps.core.text import PlainFormField


class RequestFormUploadForm(RecordForm):
    """A name, from when on, and the file."""

    name = PlainFormField(label=_("Name"), max_length=100)
    from_year = FiscalYearFormField(label=_("From fiscal year"), required=False)
    file = forms.FileField(
        label=_("Form (.xlsx)"),
        help_text=_("An Excel workbook without macros, links and protection. A form with a fault is not stored."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.disable_csrf = True
