"""The form of headcounts: one row a year with those needed and, until people are counted, an estimate."""

from typing import Any

from crispy_forms.helper import FormHelper
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.forms import WarekiDateField
from apps.core.text import PlainFormField
from apps.organization.models import Unit
from apps.training.forms.growing import GrowingForm
from apps.training.forms.words import count_box
from apps.training.models import TalentProfile
from apps.training.services.headcounts import People

YEARS_AHEAD, MOST_YEARS = 4, 12
KINDS = ("needed", "estimated", "day")


def years_to_fill(known: list[FiscalYear], this_year: FiscalYear) -> list[FiscalYear]:
    """From the first known year to some years after this one, and one year after the last known one."""
    last = max([this_year + YEARS_AHEAD, *(year.next for year in known)])
    first = max(min([this_year, *known]), last + (1 - MOST_YEARS))
    return sorted({*known, *(FiscalYear(year) for year in range(int(first), int(last) + 1))})


class HeadcountForm(GrowingForm):
    """Needed, estimated and the day of the estimate, of the whole city or of one unit group."""

    reason = PlainFormField(
        label=gettext_lazy("Reason of the change"),
        help_text=gettext_lazy("It stands in the history."),
        required=False,
        max_length=500,
    )

    def __init__(self, data: Any = None, *, record: TalentProfile, unit: Unit | None, **kwargs: Any) -> None:
        self.unit = unit
        self.known = {each.fiscal_year: each for each in record.headcounts.filter(unit=unit)}
        self.years = years_to_fill(list(self.known), FiscalYear.of(clock.today()))
        super().__init__(data, record=record, **kwargs)
        for year in self.years:
            named = {"year": str(year)}
            self.fields[f"needed_{int(year)}"] = count_box(_("Needed in %(year)s") % named)
            self.fields[f"estimated_{int(year)}"] = count_box(_("Estimate of %(year)s") % named)
            day = WarekiDateField(label=_("Day of the estimate, %(year)s") % named, required=False, help_text="")
            self.fields[f"day_{int(year)}"] = day
        self.order_fields([name for name in self.fields if name != "reason"])
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    def values_of(self, record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for year, row in self.known.items():
            values = (row.needed, row.estimated, row.estimated_on)
            found |= {f"{kind}_{int(year)}": value for kind, value in zip(KINDS, values, strict=True)}
        return found

    @property
    def grid(self) -> list[tuple[FiscalYear, list[Any]]]:
        """The rows of the years."""
        return [(year, [self[f"{kind}_{int(year)}"] for kind in KINDS]) for year in self.years]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for year in map(int, self.years):
            needed, estimated, day = (cleaned.get(f"{kind}_{year}") for kind in KINDS)
            if needed is None and estimated is not None and f"needed_{year}" not in self.errors:
                self.add_error(f"needed_{year}", _("Say how many people are needed, too."))
            if day and estimated is None and f"estimated_{year}" not in self.errors:
                self.add_error(f"estimated_{year}", _("A day of the estimate needs the estimate itself."))
            if day and day > clock.today():
                self.add_error(f"day_{year}", _("The day cannot be in the future."))
        return cleaned

    def people(self) -> dict[FiscalYear, People]:
        """What was typed of each year."""
        cleaned = self.cleaned_data
        return {year: People(*(cleaned[f"{kind}_{int(year)}"] for kind in KINDS)) for year in self.years}

    def moved_to(self, present: Any) -> "HeadcountForm":
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = present.version
        return type(self)(data, record=present, unit=self.unit)
