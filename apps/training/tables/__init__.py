"""The columns of the lists of the training."""

from apps.training.tables.courses import CourseTable
from apps.training.tables.people import PeopleTable
from apps.training.tables.plans import PlanTable
from apps.training.tables.profiles import ProfileTable
from apps.training.tables.sessions import SessionTable
from apps.training.tables.transfers import TransferTable

__all__ = [
    "CourseTable",
    "PeopleTable",
    "PlanTable",
    "ProfileTable",
    "SessionTable",
    "TransferTable",
]
