"""Lists that describe courses: the digital skill standard, and the levels of evaluation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField


class SkillType(models.Model):
    """A type of person of the digital skill standard デジタルスキル標準 (DSS-P)."""

    name = PlainCharField(_("Name"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Type of the digital skill standard")
        verbose_name_plural = _("Types of the digital skill standard")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class SkillRole(models.Model):
    """A role within a type of the digital skill standard."""

    skill_type = models.ForeignKey(
        SkillType, on_delete=models.PROTECT, related_name="roles", verbose_name=_("Type of the digital skill standard")
    )
    name = PlainCharField(_("Name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Role of the digital skill standard")
        verbose_name_plural = _("Roles of the digital skill standard")
        ordering = ["skill_type__order", "order"]
        constraints = [models.UniqueConstraint(fields=["skill_type", "name"], name="one_skill_role_a_type")]

    def __str__(self) -> str:
        return self.name


class LiteracyArea(models.Model):
    """An area of the literacy standard for all (DSS-L)."""

    name = PlainCharField(_("Name"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Area of digital literacy")
        verbose_name_plural = _("Areas of digital literacy")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class EvaluationLevel(models.Model):
    """A level at which a course is evaluated: reaction, learning, behaviour, results (Kirkpatrick)."""

    level = models.PositiveSmallIntegerField(_("Level"), unique=True)
    name = PlainCharField(_("Name"), max_length=50)

    class Meta:
        verbose_name = _("Level of evaluation")
        verbose_name_plural = _("Levels of evaluation")
        ordering = ["level"]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"
