"""Lists that describe courses and people: the digital skill standard, skills, and the levels of evaluation."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField, PlainTextField


class SkillStandard(models.Model):
    """One version of the digital skill standard デジタルスキル標準 (IPA), or of a list of the city's own.

    A later version is another row: what was mapped to the earlier one keeps pointing to it.
    """

    name = PlainCharField(_("Name"), max_length=100)
    version = PlainCharField(_("Version of the list"), max_length=30, blank=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    source = PlainCharField(_("Source"), max_length=300, blank=True)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    is_current = models.BooleanField(_("In use"), default=False)

    class Meta:
        verbose_name = _("Version of the skill standard")
        verbose_name_plural = _("Versions of the skill standard")
        ordering = ["-is_current", "-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="one_skill_standard_a_version"),
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="one_current_skill_standard",
                violation_error_message=_("Another version is in use. Take it out of use first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


class SkillType(models.Model):
    """A type of person of the digital skill standard デジタルスキル標準 (DSS-P)."""

    standard = models.ForeignKey(
        SkillStandard,
        on_delete=models.PROTECT,
        related_name="skill_types",
        verbose_name=_("Version of the skill standard"),
    )
    name = PlainCharField(_("Name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Type of the digital skill standard")
        verbose_name_plural = _("Types of the digital skill standard")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["standard", "name"], name="one_skill_type_a_standard")]

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

    standard = models.ForeignKey(
        SkillStandard,
        on_delete=models.PROTECT,
        related_name="literacy_areas",
        verbose_name=_("Version of the skill standard"),
    )
    name = PlainCharField(_("Name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Area of digital literacy")
        verbose_name_plural = _("Areas of digital literacy")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["standard", "name"], name="one_literacy_area_a_standard")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Skill(models.Model):
    """Something that people can do, on the levels of `SkillLevel`; without a standard it is the city's own."""

    standard = models.ForeignKey(
        SkillStandard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="skills",
        verbose_name=_("Version of the skill standard"),
    )
    category = PlainCharField(_("Category of skills"), max_length=100, blank=True)
    name = PlainCharField(_("Name"), max_length=100)
    description = PlainTextField(_("What one can do"), blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Skill")
        verbose_name_plural = _("Skills")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "name"], name="one_skill_a_standard", nulls_distinct=False)
        ]

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
