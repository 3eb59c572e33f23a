"""Units renamed, merged, split, abolished and founded: what ends, what begins, who goes over, what rolls up."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.history import entries_of
from apps.core.permissions import Forbidden
from apps.core.transitions import Unmet
from apps.organization.models import Role, Unit, User
from apps.organization.models.lineage import Lineage
from apps.organization.selectors.lineage import (
    departments_of_units,
    say_todays_names,
    units_now,
    units_of_department,
    units_rolled_up_to,
)
from apps.organization.services.moving import move_to_successors
from apps.organization.services.reorganizing import (
    NewUnit,
    abolish_unit,
    found_unit,
    merge_units,
    rename_unit,
    split_unit,
)
from tests.factories import BodyFactory, DepartmentFactory, RoleFactory, UnitFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

DAY, EVE, LONG_AFTER = date(2023, 4, 1), date(2023, 3, 31), date(2024, 10, 1)


@pytest.fixture
def secretariat() -> User:
    return user_with("secretariat")


def today(settings: Any, day: date) -> None:
    settings.DEMO_TODAY = day


def test_a_rename_changes_nothing_before_its_day(secretariat: User, settings: Any) -> None:
    old = UnitFactory(code="0202", name="情報政策課")
    person = user_with("manager", unit=old)
    new = rename_unit(unit=old, new=NewUnit("0202", "情報戦略課"), day=DAY, by=secretariat, reason="組織改編")
    old.refresh_from_db()
    assert (old.name, old.valid_to, old.main_successor) == ("情報政策課", EVE, new)
    assert (new.code, new.name, new.valid_from, new.valid_to, list(new.predecessors.all())) == (
        "0202",
        "情報戦略課",
        DAY,
        None,
        [old],
    )
    roles = Role.objects.filter(user=person).order_by("valid_from").values_list("unit", "valid_from", "valid_to")
    assert list(roles) == [(old.pk, date(2022, 4, 1), EVE), (new.pk, DAY, None)]
    person = User.objects.get(pk=person.pk)
    assert person.unit == old
    assert person.unit_ids == {old.pk}
    assert units_now()[old.pk] == old.pk
    assert units_now(DAY)[old.pk] == new.pk
    entry = entries_of(new)[0]
    assert (entry.actor, entry.reason) == (secretariat.name, "組織改編")
    today(settings, DAY)
    person = User.objects.get(pk=person.pk)
    assert person.unit == old, "the sweep has not run yet"
    assert person.unit_ids == {old.pk, new.pk}
    assert person.holds("manager")
    assert move_to_successors() == 1
    assert move_to_successors() == 0
    person = User.objects.get(pk=person.pk)
    assert (person.unit, person.unit_ids) == (new, {old.pk, new.pk})
    assert entries_of(person)[0].actor == "組織改編の反映"
    say_todays_names(old, new, None)
    assert (old.todays_name, new.todays_name) == ("情報戦略課", "")


def test_a_rename_asked_twice_is_done_once(secretariat: User) -> None:
    old, new = UnitFactory(code="0202"), NewUnit("0202", "情報戦略課")
    first = rename_unit(unit=old, new=new, day=DAY, by=secretariat)
    old.refresh_from_db()
    assert rename_unit(unit=old, new=new, day=DAY, by=secretariat) == first
    assert Unit.objects.filter(code="0202").count() == 2


def test_on_a_day_that_has_come_people_move_at_once(secretariat: User) -> None:
    old = UnitFactory()
    person, body = UserFactory(unit=old), BodyFactory(secretariat=old)
    body.member_units.add(old)
    new = rename_unit(unit=old, new=NewUnit(old.code, "新課"), day=date(2022, 10, 1), by=secretariat)
    person.refresh_from_db()
    body.refresh_from_db()
    assert (person.unit, list(body.member_units.all()), body.secretariat) == (new, [new], new)


def test_a_department_takes_its_sections_along(secretariat: User, settings: Any) -> None:
    old = DepartmentFactory(code="02", name="総務部")
    section = UnitFactory(parent=old)
    new = rename_unit(unit=old, new=NewUnit("02", "総務企画部", kind="department"), day=DAY, by=secretariat)
    today(settings, DAY)
    assert departments_of_units()[section.pk] == new.pk, "before the sweep, too"
    move_to_successors()
    section.refresh_from_db()
    assert section.parent == new
    assert units_of_department(new) == {old.pk, new.pk, section.pk}


def test_a_merger_into_a_unit_that_goes_on(secretariat: User, settings: Any) -> None:
    first, second, goes_on = UnitFactory(), UnitFactory(), UnitFactory()
    both = UserFactory(unit=first)
    RoleFactory(user=both, kind="promoter", unit=first)
    RoleFactory(user=both, kind="promoter", unit=goes_on)
    assert merge_units(units=[first, second, goes_on], into=goes_on, day=DAY, by=secretariat) == goes_on
    today(settings, DAY)
    assert units_rolled_up_to(goes_on) == {first.pk, second.pk, goes_on.pk}
    held = Role.objects.filter(user=both).on(DAY)
    assert [role.unit for role in held] == [goes_on], "the role that both would have is held once"


def test_a_merger_into_a_new_unit_may_keep_a_code(secretariat: User) -> None:
    first, second = UnitFactory(code="0301"), UnitFactory(code="0302")
    new = merge_units(units=[first, second], into=NewUnit("0301", "市民課"), day=DAY, by=secretariat)
    assert set(new.predecessors.all()) == {first, second}
    assert new.valid_from == DAY


def test_a_split_counts_once_and_both_work_on(secretariat: User, settings: Any) -> None:
    old = UnitFactory(code="0401")
    main, other = split_unit(
        unit=old, into=[NewUnit("0401", "市民課"), NewUnit("0409", "窓口課")], day=DAY, by=secretariat
    )
    there = user_with("promoter", unit=other)
    today(settings, DAY)
    assert units_rolled_up_to(main) == {old.pk, main.pk}
    assert units_rolled_up_to(other) == {other.pk}
    assert User.objects.get(pk=there.pk).unit_ids == {old.pk, other.pk}


def test_abolished_with_a_successor_and_without(secretariat: User) -> None:
    old, successor, empty = UnitFactory(), UnitFactory(), UnitFactory()
    UserFactory(unit=old)
    with pytest.raises(Unmet, match="引き継ぐ所属を選んで"):
        abolish_unit(unit=old, successor=None, day=DAY, by=secretariat)
    abolish_unit(unit=old, successor=successor, day=DAY, by=secretariat)
    abolish_unit(unit=empty, successor=None, day=DAY, by=secretariat)
    old.refresh_from_db()
    empty.refresh_from_db()
    assert (old.main_successor, old.valid_to) == (successor, EVE)
    assert (empty.main_successor, empty.valid_to) == (None, EVE)


def test_a_new_unit_stands_behind_the_others(secretariat: User) -> None:
    department = DepartmentFactory(order=3000)
    UnitFactory(parent=department, order=3004)
    new = found_unit(new=NewUnit("0399", "𠮷野課", parent=department), day=DAY, by=secretariat)
    assert (new.order, new.name, new.valid_from) == (3005, "𠮷野課", DAY)


def test_what_is_refused(secretariat: User) -> None:
    unit, other, department = UnitFactory(code="0501"), UnitFactory(code="0502"), DepartmentFactory()
    begins = UnitFactory(valid_from=DAY)
    common: dict[str, Any] = {"by": secretariat}
    refusals = {
        "今年度": lambda: rename_unit(unit=unit, new=NewUnit("0501", "新"), day=date(2022, 3, 31), **common),
        "0502": lambda: rename_unit(unit=unit, new=NewUnit("0502", "新"), day=DAY, **common),
        "何も変わりません": lambda: rename_unit(unit=unit, new=NewUnit("0501", unit.name), day=DAY, **common),
        "コードと名称": lambda: found_unit(new=NewUnit("", "新"), day=DAY, **common),
        "2つ以上の所属": lambda: merge_units(units=[unit], into=unit, day=DAY, **common),
        "2つ以上の新しい": lambda: split_unit(unit=unit, into=[NewUnit("0509", "新")], day=DAY, **common),
        "部は部が": lambda: abolish_unit(unit=unit, successor=department, day=DAY, **common),
        "設置されます": lambda: abolish_unit(unit=begins, successor=other, day=DAY, **common),
        "自分自身": lambda: abolish_unit(unit=unit, successor=unit, day=DAY, **common),
    }
    before = Unit.objects.count()
    for words, refused in refusals.items():
        with pytest.raises(Unmet, match=words):
            refused()
    rename_unit(unit=unit, new=NewUnit("0501", "新"), day=DAY, **common)
    with pytest.raises(Unmet, match="令和5年3月31日"):
        abolish_unit(unit=unit, successor=other, day=DAY, **common)
    assert Unit.objects.count() == before + 1


@pytest.mark.parametrize(("role", "may"), [("secretariat", True), ("administrator", True), ("manager", False)])
def test_who_may(role: str, may: bool) -> None:
    person = user_with(role)
    if may:
        assert found_unit(new=NewUnit("0599", "新"), day=DAY, by=person)
        return
    with pytest.raises(Forbidden):
        found_unit(new=NewUnit("0599", "新"), day=DAY, by=person)


def test_rename_merge_and_split_on_one_day(secretariat: User, settings: Any) -> None:
    renamed, first, second, divided = (UnitFactory(name=name) for name in "甲乙丙丁")
    new = rename_unit(unit=renamed, new=NewUnit(renamed.code, "甲新"), day=DAY, by=secretariat)
    one = merge_units(units=[first, second], into=NewUnit("9901", "乙丙"), day=DAY, by=secretariat)
    main, other = split_unit(
        unit=divided, into=[NewUnit("9902", "丁1"), NewUnit("9903", "丁2")], day=DAY, by=secretariat
    )
    everything = [renamed, first, second, divided]
    today(settings, EVE)
    assert [units_now()[unit.pk] for unit in everything] == [unit.pk for unit in everything]
    today(settings, DAY)
    assert [units_now()[unit.pk] for unit in everything] == [new.pk, one.pk, one.pk, main.pk]
    assert units_now()[other.pk] == other.pk


def test_lineage_is_one_query_and_ends_in_a_circle() -> None:
    first, second = UnitFactory(valid_to=EVE), UnitFactory(valid_to=EVE)
    for old, new in ((first, second), (second, first)):
        old.main_successor = new
        old.save()
        old.successors.add(new)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        lineage = Lineage.on(LONG_AFTER)
        assert lineage.now(first.pk) in {first.pk, second.pk}
        assert lineage.own([first.pk]) == {first.pk, second.pk}
    assert len(queries) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.dictionaries(st.integers(1, 30), st.integers(1, 30)), st.lists(st.integers(1, 30)))
def test_sums_stay_the_same_whatever_is_reorganised(main: dict[int, int], records: list[int]) -> None:
    """Each record counts with exactly one unit of today, and each unit of today counts what it rolls up."""
    lineage = Lineage(DAY, main={old: new for old, new in main.items() if new > old})
    by_unit: dict[int, int] = {}
    for unit in records:
        by_unit[lineage.now(unit)] = by_unit.get(lineage.now(unit), 0) + 1
    assert sum(by_unit.values()) == len(records)
    for unit, count in by_unit.items():
        assert count == sum(1 for record in records if record in lineage.rolled_up_to([unit]))


def test_the_pages(client_for: Any, secretariat: User) -> None:
    old = UnitFactory(code="0202", name="情報政策課", valid_to=date(2021, 3, 31))
    new = UnitFactory(code="0202", name="情報戦略課", valid_from=date(2021, 4, 1))
    old.main_successor = new
    old.save()
    old.successors.add(new)
    client = client_for(secretariat)
    page = client.get("/units/", {"q": "情報政策"}).content.decode()
    assert "情報戦略課" in page
    assert "<b>1</b>" in page
    form = {"unit": new.pk, "name": "ＤＸ推進課", "day": "R5.4.1", "reason": "組織改編"}
    preview = client.post("/units/reorganize/rename/", form).content.decode()
    assert "令和5年4月1日に行われること" in preview
    assert Unit.objects.filter(name="ＤＸ推進課").count() == 0
    done = client.post("/units/reorganize/rename/", {**form, "confirm": "1"})
    assert (done.status_code, done["Location"]) == (302, "/units/")
    assert Unit.objects.get(name="ＤＸ推進課").valid_from == DAY
    again = client.post("/units/reorganize/abolish/", {"unit": new.pk, "day": "R5.4.1", "confirm": "1"})
    assert again.status_code == 422
    assert client_for(user_with("manager")).get("/units/reorganize/").status_code == 403
    assert client_for(user_with("viewer")).get("/units/").status_code == 200
    assert client.get("/units/reorganize/elsewhere/").status_code == 404
