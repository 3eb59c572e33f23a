"""Old records keep the old name; figures, filters and rights roll them up to the unit of today."""

from datetime import date
from typing import Any

import pytest

from apps.core.registry import figures, standpoint_today
from apps.hurdles.models import AffectedUnit
from apps.organization.models import User
from apps.organization.services.reorganizing import NewUnit, merge_units, rename_unit, split_unit
from tests.factories import DepartmentFactory, HurdleFactory, UnitFactory, user_with
from tests.pages import text_of

pytestmark = pytest.mark.django_db

DAY, EVE = date(2023, 4, 1), date(2023, 3, 31)


@pytest.fixture
def secretariat() -> User:
    return user_with("secretariat")


def by_department(user: User) -> dict[str, int]:
    here = standpoint_today(User.objects.get(pk=user.pk))
    return {str(row["label"]): row["value"] for row in figures["hurdles.by_department"].count(here)}


def count(client: Any, **query: str) -> int:
    return client.get("/hurdles/", query).context["total"]


def test_rename_merge_and_split_the_day_before_and_after(secretariat: User, settings: Any, client_for: Any) -> None:
    first, second = DepartmentFactory(name="甲部", code="91"), DepartmentFactory(name="乙部", code="92")
    units = [UnitFactory(code=f"900{n}", name=f"旧{n}課", parent=first) for n in range(4)]
    for unit in units:
        HurdleFactory(owning_unit=unit, reporting_unit=unit, hours_lost=10)
    renamed = rename_unit(unit=units[0], new=NewUnit("9000", "新課", parent=second), day=DAY, by=secretariat)
    merged = merge_units(units=units[1:3], into=NewUnit("9010", "合同課", parent=second), day=DAY, by=secretariat)
    main, other = split_unit(
        unit=units[3],
        into=[NewUnit("9003", "本課", parent=first), NewUnit("9013", "分課", parent=first)],
        day=DAY,
        by=secretariat,
    )
    client = client_for(secretariat)
    settings.DEMO_TODAY = EVE
    assert by_department(secretariat) == {"甲部": 4}
    assert count(client, owning_unit="9000") == count(client, reporting_unit="9000") == 1
    settings.DEMO_TODAY = DAY
    assert by_department(secretariat) == {"甲部": 1, "乙部": 3}
    for unit, expected in ((renamed, 1), (merged, 2), (main, 1), (other, 0)):
        assert count(client, owning_unit=unit.code) == expected, unit
        assert count(client, reporting_unit=unit.code) == expected, unit
    assert (count(client, department="91"), count(client, department="92")) == (1, 3)
    assert count(client, department="null") == 0
    assert count(client) == 4


def test_the_page_keeps_the_old_name_and_says_todays(secretariat: User, settings: Any, client_for: Any) -> None:
    old = UnitFactory(code="0202", name="情報政策課")
    hurdle = HurdleFactory(owning_unit=old, reporting_unit=old)
    AffectedUnit.objects.create(hurdle=hurdle, unit=old)
    rename_unit(unit=old, new=NewUnit("0202", "情報戦略課"), day=DAY, by=secretariat)
    client = client_for(secretariat)
    assert "（現 情報戦略課）" not in text_of(client.get(hurdle.get_absolute_url()))
    settings.DEMO_TODAY = DAY
    assert text_of(client.get(hurdle.get_absolute_url())).count("情報政策課（現 情報戦略課）") == 3
    assert count(client, affected_unit="0202") == 1
    exported = client.get("/hurdles/?format=csv").content.decode("utf-8-sig")
    assert "情報政策課" in exported


def test_the_successor_sees_and_works_on_old_records(secretariat: User, settings: Any, client_for: Any) -> None:
    old = UnitFactory(code="0202")
    draft = HurdleFactory(status="draft", reporting_unit=old)
    new = rename_unit(unit=old, new=NewUnit("0202", "新課"), day=DAY, by=secretariat)
    newcomer = client_for(user_with("promoter", unit=new))
    assert newcomer.get(draft.get_absolute_url()).status_code == 404, "the old unit has not ended yet"
    settings.DEMO_TODAY = DAY
    client = client_for(user_with("promoter", unit=new))
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(f"{draft.get_absolute_url()}edit/").status_code == 200
    assert client_for(user_with("promoter")).get(draft.get_absolute_url()).status_code == 404
