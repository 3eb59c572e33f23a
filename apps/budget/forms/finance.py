"""The upload of a file of the finance system."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import AmountBasis
from apps.budget.models import BudgetStage, FinanceFileFormat
from apps.budget.selectors.finance import file_formats, stages_open_to
from apps.budget.selectors.requests import request_year, years_to_choose
from apps.core.fiscal import FiscalYear


def budget_years() -> list[tuple[str, str]]:
    """The years to choose from, by value and name."""
    return [(str(int(year)), year.label) for year in years_to_choose()]


class FinanceUploadForm(forms.Form):
    """Which budget year, what the amounts are, how the file is written, which file."""

    year = forms.TypedChoiceField(
        label=_("Fiscal year of the budget"), choices=budget_years, coerce=lambda value: FiscalYear(int(value))
    )
    basis = forms.ChoiceField(label=_("What it holds"), choices=AmountBasis.choices)
    stage = forms.ModelChoiceField(
        label=_("Stage"),
        queryset=BudgetStage.objects.none(),
        required=False,
        empty_label="－",
        help_text=_("For amounts at a stage only. A file of an appraisal writes the appraisal of each proposal."),
    )
    file_format = forms.ModelChoiceField(
        label=_("File format"),
        queryset=FinanceFileFormat.objects.none(),
        required=False,
        empty_label="－",
        help_text=_("Says whether the amounts are in yen or in thousand yen; without a format in thousand yen."),
    )
    zero_absent = forms.BooleanField(
        label=_("Expense items that the file does not name become zero"),
        required=False,
        help_text=_(
            "Tick this for a file that names every expense item with an amount. It concerns the projects in the file "
            "alone; without it, what the file does not name stays as it is."
        ),
    )
    file = forms.FileField(
        label=_("File of the finance system"),
        help_text=_(
            "CSV (UTF-8 or Shift JIS, commas or tabs) or Excel (.xlsx). The columns are found by their names: "
            "事業コード, 節番号 or 節, and the amount; of an appraisal 査定理由, too, if there is one. "
            "Nothing is stored before you confirm."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, user: Any, year: FiscalYear | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.preset = user, year or request_year()
        self.fields["year"].initial = str(self.preset.year)
        formats: Any = self.fields["file_format"]
        formats.queryset = file_formats()
        formats.initial = formats.queryset.first()
        stages: Any = self.fields["stage"]
        stages.queryset = BudgetStage.objects.filter(pk__in=[each.pk for each in stages_open_to(user, self._year())])
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _year(self) -> FiscalYear:
        known = dict(budget_years())
        asked = str(self.data.get("year", ""))
        return FiscalYear(int(asked)) if asked in known else self.preset

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("basis") == AmountBasis.STAGE and not cleaned.get("stage") and "stage" not in self.errors:
            self.add_error("stage", _("Name the stage of the amounts."))
        if cleaned.get("basis") != AmountBasis.STAGE and cleaned.get("stage"):
            self.add_error("stage", _("Name the stage of the amounts, and only then."))
        return cleaned
