"""The demo city and a person of the finance section, for those tests of this folder that ask for them."""

import pytest

from apps.organization.models import User
from tests.city.demo_city import _city_of_this_module, demo_city
from tests.factories import user_with

__all__ = ["_city_of_this_module", "demo_city"]


@pytest.fixture
def finance(db: None) -> User:
    return user_with("finance")
