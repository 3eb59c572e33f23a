"""Profiles, plans, courses, sessions, and the records of the people who take part."""

from apps.training.models.course_links import (
    CourseHurdle,
    CourseLiteracyArea,
    CoursePrerequisite,
    CourseSkill,
    CourseSkillRole,
)
from apps.training.models.course_parts import CurriculumItem, Evaluation
from apps.training.models.courses import Course
from apps.training.models.enrolments import Enrolment
from apps.training.models.lists import EvaluationLevel, LiteracyArea, Skill, SkillRole, SkillStandard, SkillType
from apps.training.models.people import Candidate, KnownTransfer, Recognition, SkillRecord
from apps.training.models.plans import PlanCost, PlannedCourse, PlanProfile, PlanUnit, TrainingPlan
from apps.training.models.profiles import Headcount, ProfileSkill, ProfileSkillRole, TalentProfile
from apps.training.models.rolls import RollImport
from apps.training.models.sessions import Session

__all__ = [
    "Candidate",
    "Course",
    "CourseHurdle",
    "CourseLiteracyArea",
    "CoursePrerequisite",
    "CourseSkill",
    "CourseSkillRole",
    "CurriculumItem",
    "Enrolment",
    "Evaluation",
    "EvaluationLevel",
    "Headcount",
    "KnownTransfer",
    "LiteracyArea",
    "PlanCost",
    "PlanProfile",
    "PlanUnit",
    "PlannedCourse",
    "ProfileSkill",
    "ProfileSkillRole",
    "Recognition",
    "RollImport",
    "Session",
    "Skill",
    "SkillRecord",
    "SkillRole",
    "SkillStandard",
    "SkillType",
    "TalentProfile",
    "TrainingPlan",
]
