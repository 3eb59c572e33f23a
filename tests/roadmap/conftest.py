"""The demo city for those tests of this folder that ask for it."""

from tests.city.demo_city import _city_of_this_module, demo_city

__all__ = ["_city_of_this_module", "demo_city"]
