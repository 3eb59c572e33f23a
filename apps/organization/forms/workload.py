"""The upload of a year's workbook."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.fiscal import FiscalYear


def survey_years() -> list[tuple[str, str]]:
    """This year, the next one and five before."""
    present = FiscalYear.of(clock.today())
    return [(str(int(year)), year.label) for year in (present + back for back in (0, 1, -1, -2, -3, -4, -5))]


class SurveyUploadForm(forms.Form):
    """Which year, which file."""

    year = forms.TypedChoiceField(
        label=_("Fiscal year"), choices=survey_years, coerce=lambda value: FiscalYear(int(value))
    )
    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An Excel workbook (.xlsx) with the headings of the form. Nothing is stored before you confirm."),
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
