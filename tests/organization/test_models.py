"""What the database refuses about units and roles, and roles that end by themselves."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.organization.models import Role, Unit, User
from apps.organization.selectors import departments_today, sections_today
from tests.factories import DepartmentFactory, RoleFactory, UnitFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db

SPRING, AUTUMN = date(2022, 4, 1), date(2022, 9, 30)
OCTOBER = date(2022, 10, 1)


@pytest.mark.parametrize(
    ("first", "second", "fits"),
    [
        ((None, AUTUMN), (OCTOBER, None), True),
        ((SPRING, AUTUMN), (None, date(2022, 3, 31)), True),
        ((None, AUTUMN), (AUTUMN, None), False),
        ((None, None), (SPRING, AUTUMN), False),
        ((SPRING, None), (None, OCTOBER), False),
    ],
)
def test_a_code_names_one_unit_a_day(first: Any, second: Any, fits: bool) -> None:
    UnitFactory(code="0202", valid_from=first[0], valid_to=first[1])
    later = UnitFactory.build(code="0202", valid_from=second[0], valid_to=second[1])
    if fits:
        later.full_clean(exclude=["parent", "kana"])
        later.save()
        assert Unit.objects.filter(code="0202").count() == 2
        return
    with pytest.raises(ValidationError, match="同じ期間に同じコードの所属があります。"):
        later.validate_constraints()
    with pytest.raises(IntegrityError, match="one_unit_a_code_a_day"), transaction.atomic():
        later.save()


@pytest.mark.parametrize("factory", [UnitFactory, RoleFactory])
def test_nothing_ends_before_it_begins(factory: Any) -> None:
    with pytest.raises(IntegrityError, match="begins_before_it_ends"), transaction.atomic():
        factory(valid_from=OCTOBER, valid_to=AUTUMN)


@pytest.mark.parametrize("in_a_unit", [True, False])
def test_a_role_is_held_once_at_a_time(in_a_unit: bool) -> None:
    user, unit = UserFactory(), UnitFactory() if in_a_unit else None
    RoleFactory(user=user, kind="manager", unit=unit, valid_from=SPRING, valid_to=AUTUMN)
    RoleFactory(user=user, kind="manager", unit=unit, valid_from=OCTOBER)
    RoleFactory(user=user, kind="viewer", unit=unit, valid_from=SPRING)
    RoleFactory(user=user, kind="manager", unit=UnitFactory(), valid_from=SPRING)
    RoleFactory(kind="manager", unit=unit, valid_from=SPRING)
    double = Role(user=user, kind="manager", unit=unit, valid_from=AUTUMN, valid_to=AUTUMN)
    with pytest.raises(ValidationError, match="同じ期間にすでにこの役割があります。"):
        double.validate_constraints()
    with pytest.raises(IntegrityError, match="one_role_at_a_time"), transaction.atomic():
        double.save()


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "held"),
    [
        (SPRING, None, True),
        (SPRING, date(2022, 10, 14), True),
        (SPRING, date(2022, 10, 13), False),
        (date(2022, 10, 14), None, True),
        (date(2022, 10, 15), None, False),
    ],
)
def test_a_role_begins_and_ends_by_itself(valid_from: date, valid_to: date | None, held: bool) -> None:
    role = RoleFactory(kind="secretariat", valid_from=valid_from, valid_to=valid_to)
    user = User.objects.get(pk=role.user_id)
    assert user.holds("secretariat") is held
    assert user.role_kinds == (frozenset({"secretariat"}) if held else frozenset())


def test_the_day_decides(settings: Any) -> None:
    user = RoleFactory(kind="chief", valid_from=SPRING, valid_to=AUTUMN).user
    settings.DEMO_TODAY = AUTUMN
    assert User.objects.get(pk=user.pk).holds("chief")
    settings.DEMO_TODAY = OCTOBER
    assert not User.objects.get(pk=user.pk).holds("chief")


def test_an_ended_role_opens_its_unit_no_more() -> None:
    user, other = UserFactory(), UnitFactory()
    RoleFactory(user=user, unit=other, valid_to=AUTUMN)
    assert user.unit_ids == {user.unit_id}


def test_who_has_left_holds_nothing() -> None:
    user = user_with("secretariat", is_active=False)
    assert user.role_kinds == frozenset()
    assert not user.is_staff


@pytest.mark.parametrize(("role", "opens"), [("administrator", True), ("secretariat", False), ("chief", False)])
def test_the_lists_are_for_administrators(role: str, opens: bool, client_for: Any) -> None:
    user = user_with(role)
    assert user.is_staff is opens
    assert client_for(user).get("/admin/").status_code == (200 if opens else 302)


def test_units_of_today_in_the_order_of_the_administration() -> None:
    department = DepartmentFactory(order=1)
    last = UnitFactory(name="あ課", order=9, parent=department)
    first = UnitFactory(name="わ課", order=2, parent=department)
    UnitFactory(name="旧課", order=3, valid_to=AUTUMN)
    UnitFactory(name="来年課", order=4, valid_from=date(2023, 4, 1))
    assert list(sections_today()) == [first, last]
    assert list(departments_today()) == [department]


def test_an_employee_number_is_given_once() -> None:
    UserFactory(employee_number="10001")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(employee_number="10001")
