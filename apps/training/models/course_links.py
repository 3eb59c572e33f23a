"""What a course is linked to: hurdles that it helps to clear, what it teaches and to whom, courses that come before."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.models.circles import refuse_circles
from apps.hurdles.models import Hurdle
from apps.training.choices import SkillLevel
from apps.training.models.courses import Course
from apps.training.models.lists import LiteracyArea, Skill, SkillRole


@pghistory.track()
class CourseHurdle(models.Model):
    """A hurdle that a course helps to clear."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="course_links", verbose_name=_("Hurdle"))

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "hurdle"], name="one_hurdle_a_course")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class CourseLiteracyArea(models.Model):
    """An area of digital literacy that a course covers."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="literacy_links")
    area = models.ForeignKey(LiteracyArea, on_delete=models.PROTECT, related_name="+", verbose_name=_("Area"))

    class Meta:
        verbose_name = _("Area of digital literacy")
        verbose_name_plural = _("Areas of digital literacy")
        ordering = ["area__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "area"], name="one_literacy_area_a_course")]

    def __str__(self) -> str:
        return str(self.area)


@pghistory.track()
class CourseSkillRole(models.Model):
    """A role of the digital skill standard that a course trains."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="skill_links")
    role = models.ForeignKey(SkillRole, on_delete=models.PROTECT, related_name="+", verbose_name=_("Role"))

    class Meta:
        verbose_name = _("Role of the digital skill standard")
        verbose_name_plural = _("Roles of the digital skill standard")
        ordering = ["role__skill_type__order", "role__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "role"], name="one_skill_role_a_course")]

    def __str__(self) -> str:
        return str(self.role)


@pghistory.track()
class CourseSkill(models.Model):
    """A skill that a course raises, and to which level."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="raised_skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="course_links", verbose_name=_("Skill"))
    level = models.PositiveSmallIntegerField(_("Level"), choices=SkillLevel.choices)

    class Meta:
        verbose_name = _("Skill it raises")
        verbose_name_plural = _("Skills it raises")
        ordering = ["skill__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "skill"], name="one_skill_a_course"),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="course_skill_has_a_known_level"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.get_level_display()}"


@pghistory.track()
class CoursePrerequisite(models.Model):
    """A course that one has completed before one takes another."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="prerequisite_links")
    needs = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="needed_by_links", verbose_name=_("Prerequisite")
    )

    class Meta:
        verbose_name = _("Prerequisite")
        verbose_name_plural = _("Prerequisites")
        ordering = ["pk"]
        triggers = [
            refuse_circles(
                name="prerequisites_make_no_circle",
                lock="training_prerequisites",
                words="courses would need each other in a circle",
                table="training_courseprerequisite",
                owner="course_id",
                needs="needs_id",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["course", "needs"], name="one_prerequisite_a_course"),
            models.CheckConstraint(
                condition=~Q(course=F("needs")),
                name="course_does_not_need_itself",
                violation_error_message=_("A course cannot be its own prerequisite."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.needs)
