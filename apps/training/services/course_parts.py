"""What a course teaches and raises: its lessons, skills, areas and roles, each kept as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.training.models import Course, CourseLiteracyArea, CourseSkill, CourseSkillRole, CurriculumItem

CURRICULUM = declare_event("training.course.curriculum_changed", gettext_lazy("Curriculum changed"))
SKILLS = declare_event("training.course.skills_changed", gettext_lazy("Skills changed"))
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Lesson:
    """One lesson as it is to be; `hours` may be halves."""

    title: str
    hours: Decimal
    method: str = ""


def change_curriculum(*, course: Course, version: int, lessons: Sequence[Lesson], by: Any) -> Course:
    """The lessons in their order. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "training.edit_course", course)
    for lesson in lessons:
        if lesson.hours <= 0 or lesson.hours % HALF:
            raise Unmet(_("“%(title)s”: hours are given in halves, such as 1.5.") % {"title": lesson.title})
    with act(CURRICULUM, by=by):
        save_version(course, version=version, changes={})
        _write(course, lessons)
    return course


def _write(course: Course, lessons: Sequence[Lesson]) -> None:
    """Changes the rows that stand there, place by place: the history tells only what has changed."""
    present = list(course.curriculum.order_by("order"))
    for row, lesson in zip(present, lessons, strict=False):
        said = (lesson.title, lesson.hours, lesson.method)
        if (row.title, row.hours, row.method) != said:
            row.title, row.hours, row.method = said
            row.save()
    for row in present[len(lessons) :]:
        row.delete()
    last = present[-1].order if present else 0
    for place, lesson in enumerate(lessons[len(present) :], start=1):
        CurriculumItem.objects.create(
            course=course, order=last + place, title=lesson.title, hours=lesson.hours, method=lesson.method
        )


def change_course_skills(
    *, course: Course, version: int, levels: Mapping[Any, int], areas: Iterable[Any], roles: Iterable[Any], by: Any
) -> Course:
    """The skills that it raises, each to a level, and the areas and roles of the standard that it covers."""
    require(by, "training.edit_course", course)
    with act(SKILLS, by=by):
        save_version(course, version=version, changes={})
        _sync_levels(course, levels)
        _sync(CourseLiteracyArea, course, "area_id", {area.pk for area in areas})
        _sync(CourseSkillRole, course, "role_id", {role.pk for role in roles})
    return course


def _sync_levels(course: Course, levels: Mapping[Any, int]) -> None:
    wanted = {skill.pk: level for skill, level in levels.items()}
    present = {row.skill_id: row for row in course.raised_skills.all()}
    course.raised_skills.exclude(skill__in=wanted).delete()
    for skill, level in wanted.items():
        row = present.get(skill)
        if row is None:
            CourseSkill.objects.create(course=course, skill_id=skill, level=level)
        elif row.level != level:
            row.level = level
            row.save()


def _sync(model: Any, course: Course, name: str, wanted: set[int]) -> None:
    rows = model.objects.filter(course=course)
    present = set(rows.order_by().values_list(name, flat=True))
    rows.filter(**{f"{name}__in": present - wanted}).delete()
    for key in sorted(wanted - present):
        model.objects.create(course=course, **{name: key})
