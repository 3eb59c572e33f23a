"""Filters of the lists of the training; each is a part of the address that one can mail."""

from apps.training.filters.courses import CourseFilter
from apps.training.filters.people import PeopleFilter
from apps.training.filters.plans import PlanFilter
from apps.training.filters.profiles import ProfileFilter
from apps.training.filters.sessions import SessionFilter
from apps.training.filters.transfers import TransferFilter

__all__ = [
    "CourseFilter",
    "PeopleFilter",
    "PlanFilter",
    "ProfileFilter",
    "SessionFilter",
    "TransferFilter",
]
