"""A talent profile 人材像, what its people can do, and how many of them are needed."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import Record
from apps.core.text import PlainCharField
from apps.organization.models import Unit
from apps.training.choices import SkillLevel, Tier
from apps.training.models.lists import Skill, SkillRole


@pghistory.track()
class TalentProfile(Record):
    """People of one tier that the city wants to have.

    Until `counted_from` those present are an estimate; from that day on they are counted from the people entered.
    """

    code = models.CharField(_("Code"), max_length=20, unique=True)
    tier = models.CharField(_("Tier"), max_length=10, choices=Tier.choices, default=Tier.GENERAL)
    name = PlainCharField(_("Name"), max_length=100)
    description = PlainCharField(_("Who is counted"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    counted_from = models.DateField(_("Counted from people since"), null=True, blank=True)
    skill_roles: "models.ManyToManyField[SkillRole, ProfileSkillRole]" = models.ManyToManyField(
        SkillRole,
        through="ProfileSkillRole",
        blank=True,
        related_name="profiles",
        verbose_name=_("Roles of the digital skill standard"),
    )
    skills: "models.ManyToManyField[Skill, ProfileSkill]" = models.ManyToManyField(
        Skill, through="ProfileSkill", blank=True, related_name="profiles", verbose_name=_("Skills")
    )

    class Meta:
        verbose_name = _("Talent profile")
        verbose_name_plural = _("Talent profiles")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("training:profile-detail", args=[self.uid])


@pghistory.track()
class ProfileSkillRole(models.Model):
    """A role of the digital skill standard to which a profile is mapped."""

    history_part = "profile"

    profile = models.ForeignKey(TalentProfile, on_delete=models.CASCADE, related_name="role_links")
    role = models.ForeignKey(SkillRole, on_delete=models.PROTECT, related_name="+", verbose_name=_("Role"))

    class Meta:
        verbose_name = _("Role of the digital skill standard")
        verbose_name_plural = _("Roles of the digital skill standard")
        ordering = ["role__skill_type__order", "role__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["profile", "role"], name="one_skill_role_a_profile")]

    def __str__(self) -> str:
        return str(self.role)


@pghistory.track()
class ProfileSkill(models.Model):
    """A skill that people of a profile have, at least at this level."""

    history_part = "profile"

    profile = models.ForeignKey(TalentProfile, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+", verbose_name=_("Skill"))
    level = models.PositiveSmallIntegerField(_("Level"), choices=SkillLevel.choices)

    class Meta:
        verbose_name = _("Skill of a profile")
        verbose_name_plural = _("Skills of a profile")
        ordering = ["skill__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "skill"], name="one_skill_a_profile"),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="profile_skill_has_a_known_level"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.get_level_display()}"


@pghistory.track()
class Headcount(models.Model):
    """People of a profile in a year: needed, and an estimate of those present until people are counted.

    Without a unit it is the whole city; with one, the unit and all below it (a unit group is a department).
    """

    history_part = "profile"

    profile = models.ForeignKey(TalentProfile, on_delete=models.CASCADE, related_name="headcounts")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit group")
    )
    needed = models.PositiveIntegerField(_("Needed"))
    estimated = models.PositiveIntegerField(_("Present (estimate)"), null=True, blank=True)
    estimated_on = models.DateField(_("Day of the estimate"), null=True, blank=True)

    class Meta:
        verbose_name = _("Headcount")
        verbose_name_plural = _("Headcounts")
        ordering = ["profile__order", "fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "fiscal_year", "unit"], name="one_headcount_a_year_and_unit", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(estimated_on__isnull=True) | Q(estimated__isnull=False),
                name="day_of_an_estimate_has_an_estimate",
                violation_error_message=_("A day of the estimate needs the estimate itself."),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(str(each) for each in (self.profile, self.fiscal_year, self.unit) if each)
