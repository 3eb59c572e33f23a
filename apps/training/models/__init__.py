"""Profiles, plans, courses and sessions."""

from apps.training.models.courses import (
    Course,
    CourseHurdle,
    CourseLiteracyArea,
    CourseSkillRole,
    CurriculumItem,
    Evaluation,
    Session,
)
from apps.training.models.lists import EvaluationLevel, LiteracyArea, SkillRole, SkillType
from apps.training.models.plans import PlanCost, PlannedCourse, PlanProfile, PlanUnit, TrainingPlan
from apps.training.models.profiles import Headcount, TalentProfile

__all__ = [
    "Course",
    "CourseHurdle",
    "CourseLiteracyArea",
    "CourseSkillRole",
    "CurriculumItem",
    "Evaluation",
    "EvaluationLevel",
    "Headcount",
    "LiteracyArea",
    "PlanCost",
    "PlanProfile",
    "PlanUnit",
    "PlannedCourse",
    "Session",
    "SkillRole",
    "SkillType",
    "TalentProfile",
    "TrainingPlan",
]
