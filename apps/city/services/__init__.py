"""Loading a city."""

from apps.city.services.load import LoadReport, load_city
from apps.city.services.problems import Problem, Unloadable

__all__ = ["LoadReport", "Problem", "Unloadable", "load_city"]
