"""The courses of a year at the four levels of evaluation: what was aimed at, what came of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from apps.core.fiscal import FiscalYear
from apps.training.models import Course, Evaluation, EvaluationLevel
from apps.training.selectors.records import courses_of_year


@dataclass(frozen=True)
class EvaluatedCourse:
    """A course with what it is measured by, level by level."""

    course: Course
    levels: list[list[Evaluation]]


@dataclass(frozen=True)
class LevelCount:
    """How many measures of a level reached their target, of those measured, of all."""

    level: EvaluationLevel
    reached: int
    measured: int
    whole: int


@dataclass(frozen=True)
class EvaluationTable:
    """The courses of a year that are evaluated at all, over the same levels."""

    levels: list[LevelCount]
    lines: list[EvaluatedCourse]


def evaluation_table(year: FiscalYear, user: Any) -> EvaluationTable:
    """Three queries, however many courses there are."""
    levels = list(EvaluationLevel.objects.all())
    evaluations = Evaluation.objects.order_by("level__level", "pk")
    courses = courses_of_year(year, user).filter(evaluations__isnull=False).distinct().order_by("pk")
    lines = [_line(course, levels) for course in courses.prefetch_related(Prefetch("evaluations", evaluations))]
    return EvaluationTable([_count(level, at, lines) for at, level in enumerate(levels)], lines)


def _line(course: Course, levels: list[EvaluationLevel]) -> EvaluatedCourse:
    here = list(course.evaluations.all())
    return EvaluatedCourse(course, [[each for each in here if each.level_id == level.pk] for level in levels])


def _count(level: EvaluationLevel, at: int, lines: list[EvaluatedCourse]) -> LevelCount:
    here = [each for line in lines for each in line.levels[at]]
    told = [each for each in (getattr(each, "is_reached", None) for each in here) if each is not None]
    return LevelCount(level, sum(told), len(told), len(here))
