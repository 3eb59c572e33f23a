"""The demo city in the test database: loaded once for each module, rolled back when the module is done."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from apps.city.services import load_city
from apps.organization.models import User

DEMO = Path(__file__).parents[2] / "demo"
AS_OF = date(2022, 10, 14)
PASSWORD = "only-for-the-tests-of-shiomino"


@pytest.fixture(scope="module")
def _city_of_this_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_city(folder=DEMO, as_of=AS_OF, password=PASSWORD)
        connection.check_constraints()  # the deferred checks, now and not after each test again
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_city(_city_of_this_module: None, db: None) -> None:
    """汐見野市 as it stood on 14 October 2022; what a test writes is gone after it."""


def person(number: str) -> User:
    """An employee of the demo city, fresh, so that roles are read again."""
    return User.objects.get(employee_number=number)
