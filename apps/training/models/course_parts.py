"""What a course consists of and how it is measured: lessons, and evaluations at each level."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField
from apps.training.models.courses import Course
from apps.training.models.lists import EvaluationLevel


@pghistory.track()
class CurriculumItem(models.Model):
    """One lesson of a course; `hours` may be halves."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="curriculum")
    order = models.PositiveSmallIntegerField(_("Order"))
    title = PlainCharField(_("Lesson"), max_length=200)
    hours = models.DecimalField(_("Hours"), max_digits=5, decimal_places=1)
    method = PlainCharField(_("Method"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("Lesson")
        verbose_name_plural = _("Lessons")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["course", "order"], name="one_lesson_a_place")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Evaluation(models.Model):
    """How a course is measured at one level; a missing actual is missing and not zero."""

    history_part = "course"

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="evaluations")
    level = models.ForeignKey(EvaluationLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("Level"))
    measure = PlainCharField(_("Measure"), max_length=200)
    target = models.DecimalField(_("Target"), max_digits=12, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(_("Actual"), max_digits=12, decimal_places=2, null=True, blank=True)
    lower_is_better = models.BooleanField(_("The smaller the better"), default=False)

    class Meta:
        verbose_name = _("Evaluation")
        verbose_name_plural = _("Evaluations")
        ordering = ["level__level", "pk"]

    def __str__(self) -> str:
        return self.measure

    @property
    def is_reached(self) -> bool | None:
        """Whether the actual is as good as the target; None where one of them is missing."""
        if self.target is None or self.actual is None:
            return None
        return self.actual <= self.target if self.lower_is_better else self.actual >= self.target
