"""The demo city for the tests of this folder."""

from tests.city.demo_city import _city_of_this_module, demo_city, folder
from tests.city.whole_database import structure

__all__ = ["_city_of_this_module", "demo_city", "folder", "structure"]
