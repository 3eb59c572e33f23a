"""The columns of the lists of the training."""

from apps.training.tables.courses import CourseTable
from apps.training.tables.plans import PlanTable
from apps.training.tables.sessions import SessionTable

__all__ = ["CourseTable", "PlanTable", "SessionTable"]
