from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.migrations.writer import MigrationWriter
from hypothesis import given
from hypothesis import strategies as st

from apps.core.fiscal import FiscalYear, FiscalYearField, FiscalYearFormField, parse_date_or_fiscal_year
from apps.core.models import NumberSeries
from apps.core.wareki import WarekiError
from tests.edge_cases import EDGE_CASES

FISCAL_YEARS = st.integers(1886, 9998).map(FiscalYear)


class Plan(models.Model):
    """A model without a table, for what a field does before the database."""

    year = FiscalYearField(default=FiscalYear(2022))
    until = FiscalYearField(null=True, blank=True, validators=[MinValueValidator(FiscalYear(2020))])

    class Meta:
        # Registered nowhere: it has no table, and no test that walks the models may meet it.
        apps = Apps()
        app_label = "core"
        managed = False


class PlanForm(forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["year", "until"]


@pytest.mark.parametrize("case", EDGE_CASES["fiscal_year"], ids=lambda case: case["date"])
def test_a_day_lies_in_its_fiscal_year(case: dict[str, Any]) -> None:
    day = date.fromisoformat(case["date"])
    fiscal_year = FiscalYear.of(day)
    assert (int(fiscal_year), fiscal_year.label, str(fiscal_year)) == (
        case["fy"],
        case["label"],
        case["label"],
    )
    assert fiscal_year.contains(day)
    assert not fiscal_year.next.contains(day)


@pytest.mark.parametrize(
    ("year", "label", "short"),
    [
        (2022, "令和4年度", "R4"),
        (2020, "令和2年度", "R2"),
        (2019, "平成31年度（令和元年度）", "H31(R1)"),
        (2018, "平成30年度", "H30"),
        (1989, "平成元年度", "H1"),
        (1988, "昭和63年度", "S63"),
        (1926, "大正15年度（昭和元年度）", "T15(S1)"),
        (1912, "明治45年度（大正元年度）", "M45(T1)"),
        (1886, "明治19年度", "M19"),
    ],
)
def test_a_label_is_double_only_where_the_era_changes_before_the_new_year(year: int, label: str, short: str) -> None:
    assert (FiscalYear(year).label, FiscalYear(year).short) == (label, short)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2022", 2022),
        ("２０２２年度", 2022),
        ("令和4年度", 2022),
        ("令和 ４ 年度", 2022),
        ("R4", 2022),
        ("r04", 2022),
        ("Ｒ４年度", 2022),
        ("㋿4年度", 2022),
        ("令4", 2022),
        ("令和4年", 2022),
        ("平成31年度", 2019),
        ("令和元年度", 2019),
        ("令和1年度", 2019),
        ("平成31年度（令和元年度）", 2019),
        ("H31(R1)", 2019),
        ("昭和63年度", 1988),
        ("平成元年度", 1989),
    ],
)
def test_what_people_type_is_understood(typed: str, year: int) -> None:
    assert FiscalYear.parse(typed) == FiscalYear(year)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("平成32年度", "era_ended"),
        ("昭和64年度", "era_ended"),
        ("平成0年度", "no_such_day"),
        ("22", "no_era"),
        ("4年度", "no_era"),
        ("元年度", "no_era"),
        ("", "unreadable_year"),
        ("来年度", "unreadable_year"),
        ("2022-10-14", "unreadable_year"),
        ("平成31年度（令和2年度）", "unreadable_year"),
        ("令和4年度（", "unreadable_year"),
        ("0001", "year_out_of_range"),
        ("9999", "year_out_of_range"),
    ],
)
def test_what_is_no_fiscal_year_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(WarekiError) as refusal:
        FiscalYear.parse(typed)
    assert refusal.value.code == code
    assert str(refusal.value)


@pytest.mark.parametrize("value", [2022.0, "2022", True, None])
def test_only_a_whole_number_makes_a_fiscal_year(value: Any) -> None:
    assert FiscalYear(2022).year == 2022
    with pytest.raises(TypeError):
        FiscalYear(value)


def test_years_count_and_compare() -> None:
    year = FiscalYear(2022)
    assert (year.start, year.end) == (date(2022, 4, 1), date(2023, 3, 31))
    assert (year.previous, year.next, year + 3, year - 2) == tuple(map(FiscalYear, (2021, 2023, 2025, 2020)))
    assert sorted([year.next, year]) == [year, year.next]
    assert len({year, FiscalYear(2022)}) == 1
    assert year != 2022
    with pytest.raises(TypeError):
        year + "1"  # type: ignore[operator]


def test_a_moment_belongs_to_the_fiscal_year_of_its_day_in_tokyo() -> None:
    new_year = datetime(2022, 3, 31, 15, 0, tzinfo=UTC)
    assert FiscalYear.of(new_year) == FiscalYear(2022)
    assert FiscalYear(2022).contains(new_year)
    assert not FiscalYear(2021).contains(new_year)


def test_a_day_and_a_fiscal_year_are_told_apart() -> None:
    assert parse_date_or_fiscal_year("平成31年度（令和元年度）") == FiscalYear(2019)
    assert parse_date_or_fiscal_year("令和4年4月1日") == date(2022, 4, 1)
    with pytest.raises(WarekiError):
        parse_date_or_fiscal_year("令和4年")


@given(FISCAL_YEARS)
def test_a_label_is_read_back(year: FiscalYear) -> None:
    assert FiscalYear.parse(year.label) == FiscalYear.parse(year.short) == FiscalYear.parse(str(int(year))) == year


@given(st.dates(min_value=date(1886, 4, 1), max_value=date(9999, 3, 31)))
def test_every_day_lies_in_exactly_one_fiscal_year(day: date) -> None:
    year = FiscalYear.of(day)
    assert year.start <= day <= year.end
    assert year.start.toordinal() == FiscalYear.of(year.start).start.toordinal()


class TestField:
    @pytest.mark.parametrize("value", [2022, FiscalYear(2022)])
    def test_a_record_holds_a_fiscal_year_at_once(self, value: Any) -> None:
        plan = Plan(year=value)
        assert plan.year == FiscalYear(2022)
        plan.until = 2023
        assert plan.until == FiscalYear(2023)
        plan.full_clean()

    @pytest.mark.parametrize("value", ["来年", 3, 2.5, True])
    def test_what_is_no_year_waits_for_full_clean(self, value: Any) -> None:
        plan = Plan(year=value)
        with pytest.raises(ValidationError) as refusal:
            plan.full_clean()
        assert set(refusal.value.message_dict) == {"year"}

    def test_its_own_validators_see_fiscal_years(self) -> None:
        Plan(until=FiscalYear(2020)).full_clean()
        with pytest.raises(ValidationError):
            Plan(until=FiscalYear(2019)).full_clean()

    def test_a_migration_writes_the_default_as_a_number(self) -> None:
        field = Plan._meta.get_field("year")
        _name, path, _args, kwargs = field.deconstruct()
        assert (path, kwargs) == ("apps.core.fiscal.FiscalYearField", {"default": 2022})
        assert "default=2022" in MigrationWriter.serialize(field)[0]
        assert field.clone().get_internal_type() == "SmallIntegerField"

    def test_a_serialiser_writes_the_number(self) -> None:
        field = Plan._meta.get_field("year")
        assert field.value_to_string(Plan(year=2022)) == "2022"
        assert Plan._meta.get_field("until").value_to_string(Plan()) == ""

    @pytest.mark.django_db
    def test_it_filters_orders_and_aggregates(self) -> None:
        for year in (2023, 2021, 2022):
            NumberSeries.objects.create(prefix="H", fiscal_year=year)
        years = NumberSeries.objects.order_by("fiscal_year").values_list("fiscal_year", flat=True)
        assert list(years) == [FiscalYear(2021), FiscalYear(2022), FiscalYear(2023)]
        assert NumberSeries.objects.get(fiscal_year=2022) == NumberSeries.objects.get(fiscal_year="令和4年度")
        assert NumberSeries.objects.filter(fiscal_year__gte=FiscalYear(2022)).count() == 2
        assert NumberSeries.objects.filter(fiscal_year__in=[FiscalYear(2021), 2023]).count() == 2
        assert NumberSeries.objects.aggregate(last=models.Max("fiscal_year")) == {"last": FiscalYear(2023)}

    @pytest.mark.django_db
    def test_deferred_and_computed_years_come_back_as_years(self) -> None:
        NumberSeries.objects.create(prefix="H", fiscal_year=FiscalYear(2022))
        assert NumberSeries.objects.defer("fiscal_year").get().fiscal_year == FiscalYear(2022)
        series = NumberSeries.objects.get()
        series.fiscal_year = models.F("fiscal_year") + 1
        series.save()
        series.refresh_from_db()
        assert series.fiscal_year == FiscalYear(2023)


class TestForm:
    def test_a_person_types_wareki(self) -> None:
        form = PlanForm({"year": " Ｒ４年度 ", "until": ""}, instance=Plan(year=2021))
        assert form.is_valid(), form.errors
        assert form.save(commit=False).year == FiscalYear(2022)
        assert form.changed_data == ["year"]

    def test_a_refusal_stands_at_the_field_and_keeps_what_was_typed(self) -> None:
        form = PlanForm({"year": "平成32年度", "until": "2019"})
        assert not form.is_valid()
        assert {name: [error.code for error in errors.as_data()] for name, errors in form.errors.items()} == {
            "year": ["era_ended"],
            "until": ["min_value"],
        }
        assert 'value="平成32年度"' in str(form["year"])

    @pytest.mark.parametrize("initial", [2019, FiscalYear(2019)])
    def test_the_box_shows_the_label_and_sends_it_back_unchanged(self, initial: Any) -> None:
        shown = FiscalYearFormField(required=False).prepare_value(initial)
        assert str(shown) == "平成31年度（令和元年度）"
        assert not FiscalYearFormField(required=False).has_changed(initial, str(shown))
        assert FiscalYearFormField(required=False).has_changed(initial, "R2")
