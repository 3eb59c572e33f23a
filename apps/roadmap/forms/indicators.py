"""Forms of indicators: what is measured with its targets, and what was measured, each with one row a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear, FiscalYearFormField
from apps.core.forms import RecordForm, WarekiDateField
from apps.core.text import PlainFormField
from apps.roadmap.forms.numbers import DecimalBox
from apps.roadmap.services.indicators import Actual, seen_as

YEAR_HELP = gettext_lazy("For example R7 or 2025.")


def _reason(*, required: bool = False) -> PlainFormField:
    return PlainFormField(
        label=gettext_lazy("Reason of the change"),
        help_text=gettext_lazy("It stands in the history."),
        required=required,
        max_length=500,
    )


def _year(label: Any, help_text: Any = YEAR_HELP) -> FiscalYearFormField:
    widget = forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"})
    return FiscalYearFormField(label=label, help_text=help_text, required=False, widget=widget)


@dataclass(frozen=True)
class GridRow:
    """One year of a form: its name, and the boxes that belong to it."""

    label: Any
    boxes: list[Any]


class _YearsForm(RecordForm):
    """A form over an indicator with boxes for each of `years`, and one row for another year."""

    kinds: tuple[str, ...] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, years: Iterable[FiscalYear], **kwargs: Any) -> None:
        self.years = list(years)
        super().__init__(*args, **kwargs)
        for year in self.years:
            for kind in self.kinds:
                self.fields[f"{kind}_{int(year)}"] = self.box(kind, str(year))
        self.fields["other_year"] = _year(_("Another fiscal year"), "")
        for kind in self.kinds:
            self.fields[f"{kind}_other"] = self.box(kind, _("Another fiscal year"))

    def box(self, kind: str, year: str) -> forms.Field:
        raise NotImplementedError

    def row_of(self, name: str) -> list[Any]:
        return [self[f"{kind}_{name}"] for kind in self.kinds]

    @property
    def grid(self) -> list[GridRow]:
        """The rows of the years."""
        return [GridRow(year, self.row_of(str(int(year)))) for year in self.years]

    @property
    def other(self) -> GridRow:
        """The last row."""
        return GridRow(self["other_year"], self.row_of("other"))

    @property
    def plain_fields(self) -> list[Any]:
        """What stands outside of the grid."""
        return [field for field in self.visible_fields() if field.name in type(self).base_fields]

    def clean(self) -> dict[str, Any]:
        """The other year stands by itself, and is not one of the rows above."""
        cleaned = super().clean() or self.cleaned_data
        year, typed = cleaned.get("other_year"), [cleaned.get(f"{kind}_other") for kind in self.kinds]
        if any(each not in (None, "") for each in typed) and not year and "other_year" not in self.errors:
            self.add_error("other_year", _("Say which fiscal year it is."))
        if year in self.years:
            self.add_error("other_year", _("This year stands in a row of its own."))
        return cleaned

    def by_year(self) -> dict[FiscalYear, list[Any]]:
        """What was typed for each year, in the order of `kinds`."""
        cleaned = self.cleaned_data
        rows = {year: str(int(year)) for year in self.years}
        if other := cleaned.get("other_year"):
            rows[other] = "other"
        return {year: [cleaned.get(f"{kind}_{name}") for kind in self.kinds] for year, name in rows.items()}

    def compare(self, present: Any) -> None:
        """Somebody has saved in the meantime: both texts stand in the form, which starts from `present` now."""
        for row in self.differences(type(self)(record=present, years=self.years)):
            words = _("Saved meanwhile by somebody else: %(text)s") % {"text": row["theirs"] or "－"}
            self.add_error(row["name"], words)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = seen_as(present)
        self.data = data
        self.add_error(None, _("Somebody changed this in the meantime. Compare, and save again what is to stand."))


class IndicatorForm(_YearsForm):
    """What is measured, from where, and the targets."""

    kinds = ("target",)
    name = PlainFormField(
        label=gettext_lazy("Indicator"),
        help_text=gettext_lazy("For example: share of invoices received electronically."),
        max_length=200,
    )
    unit = PlainFormField(
        label=gettext_lazy("Unit of measure"),
        help_text=gettext_lazy("For example %, hours or cases."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "control--short", "autocomplete": "off"}),
    )
    baseline = DecimalBox(
        label=gettext_lazy("Baseline"),
        help_text=gettext_lazy("Where it starts. Less than nothing is written △3."),
        required=False,
    )
    baseline_year = _year(gettext_lazy("Fiscal year of the baseline"))
    source = PlainFormField(label=gettext_lazy("Where the number comes from"), max_length=200, required=False)
    reason = _reason()

    def box(self, kind: str, year: str) -> forms.Field:
        return DecimalBox(label=_("Target of %(year)s") % {"year": year}, required=False)

    def values_of(self, record: Any) -> dict[str, Any]:
        targets = {f"target_{int(value.fiscal_year)}": value.target for value in record.values.all()}
        return {**super().values_of(record), **targets, "seen": seen_as(record)}

    def said(self) -> dict[str, Any]:
        """The indicator's own fields."""
        return {name: self.cleaned_data[name] for name in ("name", "unit", "baseline", "baseline_year", "source")}

    def targets(self) -> dict[FiscalYear, Decimal | None]:
        return {year: boxes[0] for year, boxes in self.by_year().items()}


class ActualsForm(_YearsForm):
    """What was measured, by year: an empty box is a missing value and not zero."""

    kinds = ("actual", "measured", "note")
    reason = _reason()

    def box(self, kind: str, year: str) -> forms.Field:
        if kind == "actual":
            return DecimalBox(label=_("Actual of %(year)s") % {"year": year}, required=False)
        if kind == "measured":
            return WarekiDateField(label=_("Day measured, %(year)s") % {"year": year}, required=False, help_text="")
        label = _("Note, %(year)s") % {"year": year}
        return PlainFormField(label=label, required=False, max_length=500)

    def values_of(self, record: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"seen": seen_as(record)}
        for value in record.values.all():
            year = int(value.fiscal_year)
            found |= {f"actual_{year}": value.actual, f"measured_{year}": value.measured_on, f"note_{year}": value.note}
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (year := cleaned.get("other_year")) and year > FiscalYear.of(clock.today()):
            said = _("%(year)s has not begun: nothing can have been measured in it.")
            self.add_error("other_year", said % {"year": year})
        for name in [*(str(int(year)) for year in self.years), "other"]:
            self._check(f"measured_{name}", cleaned.get(f"measured_{name}"), cleaned.get(f"actual_{name}"))
        return cleaned

    def _check(self, name: str, day: Any, actual: Any) -> None:
        if day and actual is None:
            self.add_error(name, _("Give the value that was measured, too."))
        if day and day > clock.today():
            self.add_error(name, _("The day of measuring cannot be in the future."))

    def actuals(self) -> dict[FiscalYear, Actual]:
        return {year: Actual(value, day, note or "") for year, (value, day, note) in self.by_year().items()}


class IndicatorRemovalForm(forms.Form):
    """Why it is removed."""

    reason = _reason(required=True)


def span(known: Sequence[FiscalYear], last: FiscalYear, most: int = 12) -> list[FiscalYear]:
    """Every year from the first known one to `last`, and what is known besides."""
    first = max(int(min([*known, last])), int(last) - most + 1)
    return sorted({*known, *(FiscalYear(year) for year in range(first, int(last) + 1))})
