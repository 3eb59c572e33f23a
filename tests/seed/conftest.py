"""Each sentence of the paper works in the browser, on the demo city: the same visitors as in the journeys."""

from tests.journeys.conftest import chromium, city, visitor

__all__ = ["chromium", "city", "visitor"]
