"""Pages of the training: which people are missing, and the plans, courses and sessions that answer it."""

from apps.training.views.courses import CourseDetail, CourseList
from apps.training.views.overview import Overview
from apps.training.views.plans import PlanDetail, PlanList
from apps.training.views.sessions import SessionDetail, SessionList

__all__ = ["CourseDetail", "CourseList", "Overview", "PlanDetail", "PlanList", "SessionDetail", "SessionList"]
