"""Those present are counted from a day on, what the plans bring comes on top, and small numbers stay hidden."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.core.fiscal import FiscalYear
from apps.organization.choices import UnitKind
from apps.training.models import PlannedCourse
from apps.training.selectors import gap_table, gaps_of_year
from tests.factories import (
    CourseFactory,
    HeadcountFactory,
    RecognitionFactory,
    TalentProfileFactory,
    TrainingPlanFactory,
    UnitFactory,
    UserFactory,
    user_with,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db

Y = FiscalYear


def profile(*years: int, needed: int = 20, **values: Any) -> Any:
    made = TalentProfileFactory(**values)
    for year in years:
        HeadcountFactory(profile=made, fiscal_year=Y(year), needed=needed)
    return made


def people(of: Any, count: int, *, unit: Any = None, **values: Any) -> list[Any]:
    place = unit or UnitFactory()
    return [RecognitionFactory(profile=of, person=UserFactory(unit=place), **values) for _each in range(count)]


def row(at: int = 0) -> list[tuple[Any, ...]]:
    """(year, present, short, effect, short after) of the profile at this place."""
    gaps = gap_table().lines[at].gaps
    return [(int(gap.year), gap.present, gap.short, gap.effect, gap.short_after) for gap in gaps]


def planned(of: Any, year: int, count: int | None, *, status: str = "decided", **values: Any) -> Any:
    plan = TrainingPlanFactory(status=status)
    course = CourseFactory(profile=of, **{"plan": plan, "recognises": True, **values})
    return PlannedCourse.objects.create(plan=plan, course=course, fiscal_year=Y(year), people=count)


def test_from_the_year_of_the_day_on_people_are_counted() -> None:
    leader = profile(2021, 2022, 2023, counted_from=date(2022, 9, 1))
    leader.headcounts.filter(fiscal_year=2021).update(estimated=17)
    people(leader, 7)
    people(leader, 5, ended_on=date(2022, 10, 14))
    people(leader, 5, recognised_on=date(2022, 10, 15))
    assert row() == [(2021, 17, 3, 0, 3), (2022, 7, 13, 0, 13), (2023, 7, 13, 0, 13)]
    assert [gap.basis for gap in gap_table().lines[0].gaps] == ["R3推計", "R4.10.14実人数", "R4.10.14実人数"]


def test_a_past_year_is_counted_at_its_last_day() -> None:
    leader = profile(2020, 2021, 2022, counted_from=date(2021, 3, 31))
    people(leader, 6, recognised_on=date(2021, 3, 31))
    people(leader, 5, recognised_on=date(2021, 4, 1), ended_on=date(2022, 4, 1))
    assert [gap.present for gap in gap_table().lines[0].gaps] == [6, 11, 6]
    assert gap_table().lines[0].gaps[0].counted_on == date(2021, 3, 31)


def test_who_has_left_the_city_is_present_no_more() -> None:
    leader = profile(2022, counted_from=date(2022, 4, 1))
    gone = people(leader, 6)[0].person
    gone.is_active = False
    gone.save()
    people(leader, 9, archived_at="2022-10-01T00:00+09:00")
    assert [gap.present for gap in gap_table().lines[0].gaps] == [5]


@pytest.mark.parametrize("count", [1, 4])
def test_a_small_number_is_hidden_and_what_is_short_with_it(count: int, client_for: Any) -> None:
    leader = profile(2022, counted_from=date(2022, 4, 1), code="LEADER")
    people(leader, count)
    planned(leader, 2022, 3)
    assert row() == [(2022, None, None, 3, None)]
    assert gaps_of_year(Y(2022)) == []
    page = text_of(client_for(user_with("personnel")).get("/training/"))
    assert page.count("5人未満") >= 2, "in the cell and below the table"
    people(leader, 5 - count)
    assert row() == [(2022, 5, 15, 3, 12)]


def test_nobody_is_no_secret() -> None:
    profile(2022, counted_from=date(2022, 4, 1))
    assert row() == [(2022, 0, 20, 0, 20)]


class TestUnitGroups:
    @pytest.fixture
    def city(self) -> dict[str, Any]:
        """Two departments with a section each, and a section in none of them; a profile that counts."""
        made = {name: UnitFactory(kind=UnitKind.DEPARTMENT) for name in ("north", "south")}
        made |= {f"{name} section": UnitFactory(parent=made[name]) for name in ("north", "south")}
        return {**made, "rest": UnitFactory(), "profile": profile(2022, counted_from=date(2022, 4, 1))}

    def groups(self) -> dict[str, tuple[Any, Any, bool]]:
        line = gap_table().lines[0]
        return {each.unit.name: (each.gaps[0].present, each.gaps[0].short, each.gaps[0].hidden) for each in line.groups}

    def fill(self, city: dict[str, Any], north: int, south: int, rest: int) -> None:
        for name, count in (("north section", north), ("south", south), ("rest", rest)):
            people(city["profile"], count, unit=city[name])
        for name in ("north", "south"):
            HeadcountFactory(profile=city["profile"], unit=city[name], needed=10)

    def test_the_people_of_the_unit_and_all_below_it(self, city: dict[str, Any]) -> None:
        self.fill(city, 6, 8, 5)
        assert self.groups() == {city["north"].name: (6, 4, False), city["south"].name: (8, 2, False)}
        assert row()[0][1] == 19

    def test_one_small_group_takes_the_next_smallest_with_it(self, city: dict[str, Any]) -> None:
        self.fill(city, 3, 8, 9)
        assert self.groups() == {city["north"].name: (None, None, True), city["south"].name: (None, None, True)}
        assert row()[0][1] == 20, "the total stands beside: 20 less 8 and 9 would tell the 3"

    def test_who_sits_in_no_group_is_not_found_by_subtraction(self, city: dict[str, Any]) -> None:
        self.fill(city, 6, 8, 2)
        assert [each[0] for each in self.groups().values()] == [None, 8]

    def test_an_estimate_of_a_group_is_never_hidden(self, client_for: Any) -> None:
        unit, made = UnitFactory(name="窓口部"), profile(2022)
        HeadcountFactory(profile=made, unit=unit, needed=4, estimated=2)
        assert self.groups() == {"窓口部": (2, 2, False)}
        page = text_of(client_for(user_with("viewer")).get("/training/"))
        assert "窓口部" in page
        assert row() == [(2022, None, None, None, None)]


class TestEffect:
    def test_after_the_year_of_the_estimate_and_added_up(self) -> None:
        made = profile(2022, 2023, 2024)
        made.headcounts.filter(fiscal_year=2022).update(estimated=2)
        for year, count in ((2022, 100), (2023, 5), (2024, 9), (2025, 50)):
            planned(made, year, count)
        assert row() == [(2022, 2, 18, 0, 18), (2023, 2, 18, 5, 13), (2024, 2, 18, 14, 4)]

    def test_only_what_will_make_people_one_of_the_profile(self) -> None:
        made = profile(2022, 2023)
        made.headcounts.filter(fiscal_year=2022).update(estimated=0)
        planned(made, 2023, 1, status="draft")
        planned(made, 2023, 2, status="ended")
        planned(made, 2023, 4, recognises=False)
        planned(made, 2023, 8, archived_at="2022-10-01T00:00+09:00")
        planned(made, 2023, None)
        planned(profile(2023), 2023, 16)
        assert row()[1][3] == 1
        gone = planned(made, 2023, 32).plan
        gone.archived_at = "2022-10-01T00:00+09:00"
        gone.save()
        assert row()[1][3] == 1

    @pytest.mark.parametrize(("recognised", "left"), [(0, 6), (4, 6), (5, 1), (9, 0)])
    def test_where_people_are_counted_this_year_brings_what_is_left(self, recognised: int, left: int) -> None:
        made = profile(2021, 2022, 2023, counted_from=date(2021, 4, 1))
        planned(made, 2021, 50)
        planned(made, 2022, 6)
        planned(made, 2023, 2)
        people(made, recognised, basis="course")
        people(made, 5, basis="experience")
        assert [each[3] for each in row()] == [0, left, left + 2], "a group under five is left out, not told"


def test_known_transfers_are_told_only_where_they_are_handed_over() -> None:
    made = profile(2022, 2023)
    made.headcounts.filter(fiscal_year=2022).update(estimated=10)
    planned(made, 2023, 3)
    changes = {(made.pk, Y(2022)): -2, (made.pk, Y(2023)): 1, (made.pk + 1, Y(2022)): -7}
    table = gap_table(changes=changes)
    assert table.with_transfers
    assert [(gap.transfers, gap.short_after) for gap in table.lines[0].gaps] == [(-2, 12), (-1, 8)]
    assert [(gap.transfers, gap.short_after) for gap in gap_table().lines[0].gaps] == [(None, 10), (None, 7)]


def test_the_workbook_says_what_the_page_says(client_for: Any) -> None:
    made = profile(2022, counted_from=date(2022, 4, 1), name="𠮷の人材")
    people(made, 3, unit=UnitFactory(name="=1+1"))
    HeadcountFactory(profile=made, unit=UnitFactory(name="窓口部"), needed=4)
    client = client_for(user_with("viewer"))
    response = client.get("/training/?format=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in each] for each in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["𠮷の人材", "全庁", "令和4年度", 20, "5人未満", "R4.10.14実人数", "非表示", 0, "非表示"],
        ["𠮷の人材", "窓口部", "令和4年度", 4, 0, "R4.10.14実人数", 4, None, None],
    ]
    assert client.get("/training/?format=pdf").status_code == 400


def test_the_table_asks_as_often_for_many_profiles_as_for_few() -> None:
    def more(count: int) -> None:
        for _each in range(count):
            made = profile(2021, 2022, counted_from=date(2022, 4, 1))
            HeadcountFactory(profile=made, unit=UnitFactory(kind=UnitKind.DEPARTMENT))
            people(made, 2)
            planned(made, 2022, 5)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            gap_table()
        return len(captured)

    more(2)
    few = queries()
    more(8)
    assert queries() == few <= 7
