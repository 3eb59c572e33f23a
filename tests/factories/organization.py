"""Units, people and the roles they hold."""

from datetime import date
from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from apps.core.fiscal import FiscalYear
from apps.organization.choices import RoleKind, UnitKind
from apps.organization.models import City, Role, Unit, User, WorkloadEntry

PASSWORD = "ひらけ-Goma-2022"
_HASH: list[str] = []


def hashed_password() -> str:
    """The hash of PASSWORD, computed once."""
    if not _HASH:
        _HASH.append(make_password(PASSWORD))
    return _HASH[0]


class CityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = City

    name = "試験市"
    code = "000000"


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"D{n:04d}")
    name = factory.Sequence(lambda n: f"第{n}部")
    kind = UnitKind.DEPARTMENT
    order = factory.Sequence(lambda n: n)


class UnitFactory(factory.django.DjangoModelFactory):
    """A section without a department, valid for ever; give `parent`, `valid_from`, `valid_to` where they matter."""

    class Meta:
        model = Unit

    # Five digits, so that none is ever that of a section of the demo city.
    code = factory.Sequence(lambda n: f"{n:05d}")
    name = factory.Sequence(lambda n: f"第{n}課")
    kind = UnitKind.SECTION
    order = factory.Sequence(lambda n: n)


class UserFactory(factory.django.DjangoModelFactory):
    """An employee of a unit of their own, who signs in with PASSWORD; without any role."""

    class Meta:
        model = User

    employee_number = factory.Sequence(lambda n: f"E{n:05d}")
    name = factory.Sequence(lambda n: f"職員{n}号")
    password = factory.LazyFunction(hashed_password)
    unit = factory.SubFactory(UnitFactory)


class RoleFactory(factory.django.DjangoModelFactory):
    """A role from the fiscal year 2022 on, until further notice."""

    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    kind = RoleKind.VIEWER
    unit = factory.SelfAttribute("user.unit")
    valid_from = date(2022, 4, 1)


class WorkloadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkloadEntry

    fiscal_year = FiscalYear(2021)
    unit = factory.SubFactory(UnitFactory)
    task = factory.Sequence(lambda n: f"業務{n}")
    hours = 1200
    headcount = "0.62"
    routine = True
    core = False


def user_with(*kinds: str, **fields: Any) -> User:
    """An employee who holds these roles today; `unit=` is where they sit and hold them."""
    user = UserFactory(**fields)
    for kind in kinds:
        RoleFactory(user=user, kind=kind)
    return user
