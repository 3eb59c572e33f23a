"""What a format of the finance system's files says."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import FileEncoding
from apps.budget.selectors.upload_columns import UPLOAD_COLUMNS
from apps.core.forms import RecordForm
from apps.core.text import PlainFormField

DELIMITERS = [(",", _("Comma")), ("\t", _("Tab"))]


class FileFormatForm(RecordForm):
    """Name, encoding, separator, head, unit, and the columns in their order."""

    name = PlainFormField(label=_("Name"), max_length=100)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=FileEncoding.choices)
    delimiter = forms.ChoiceField(label=_("Separator"), choices=DELIMITERS)
    has_header = forms.BooleanField(label=_("First row holds the names of the columns"), required=False, initial=True)
    amounts_in_yen = forms.BooleanField(label=_("Amounts are in yen"), required=False)
    columns = forms.CharField(
        label=_("Columns of the upload"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("One a line, in the order of the file. Known: %(columns)s.")
        self.fields["columns"].help_text = words % {"columns": "、".join(UPLOAD_COLUMNS)}

    def values_of(self, record: Any) -> dict[str, Any]:
        return {**super().values_of(record), "columns": "\n".join(record.columns)}

    def values(self) -> dict[str, Any]:
        typed = re.split(r"[\r\n、,，]+", self.cleaned_data["columns"])
        return {**super().values(), "columns": [name.strip() for name in typed if name.strip()]}
