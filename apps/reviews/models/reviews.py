"""An activity 取組事項 with its result, and a reflection 反省点 with what answers it."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.models import Proposal
from apps.core.fiscal import FiscalYearField
from apps.core.models import Record, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import Theme
from apps.petitions.models import Petition
from apps.reviews.choices import ReflectionLevel
from apps.roadmap.models import Initiative, Policy
from apps.training.models import Course


@pghistory.track()
class Activity(Record):
    """What was done in a fiscal year, and what came of it."""

    fiscal_year = FiscalYearField(_("Fiscal year"))
    title = PlainCharField(_("Title"), max_length=200)
    result = PlainTextField(_("Result"), blank=True)

    class Meta:
        verbose_name = _("Activity")
        verbose_name_plural = _("Activities")
        ordering = ["-fiscal_year", "pk"]

    def __str__(self) -> str:
        return self.title


@pghistory.track(exclude=["search_key"])
class Reflection(Searched, Record):
    """What did not go well in a fiscal year; policies, initiatives, courses, proposals and petitions answer it."""

    title_texts = 1

    fiscal_year = FiscalYearField(_("Fiscal year"))
    level = models.CharField(_("Level of the reflection"), max_length=12, choices=ReflectionLevel.choices)
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reflections",
        verbose_name=_("Theme"),
    )
    text = PlainTextField(_("Reflection"))
    policies: "models.ManyToManyField[Policy, ReflectionPolicy]" = models.ManyToManyField(
        Policy, through="ReflectionPolicy", blank=True, related_name="reflections", verbose_name=_("Policies")
    )
    initiatives: "models.ManyToManyField[Initiative, ReflectionInitiative]" = models.ManyToManyField(
        Initiative,
        through="ReflectionInitiative",
        blank=True,
        related_name="reflections",
        verbose_name=_("Initiatives"),
    )
    courses: "models.ManyToManyField[Course, ReflectionCourse]" = models.ManyToManyField(
        Course, through="ReflectionCourse", blank=True, related_name="reflections", verbose_name=_("Courses")
    )
    proposals: "models.ManyToManyField[Proposal, ReflectionProposal]" = models.ManyToManyField(
        Proposal,
        through="ReflectionProposal",
        blank=True,
        related_name="reflections",
        verbose_name=_("Budget proposals"),
    )
    petitions: "models.ManyToManyField[Petition, ReflectionPetition]" = models.ManyToManyField(
        Petition,
        through="ReflectionPetition",
        blank=True,
        related_name="reflections",
        verbose_name=_("Petitions"),
    )

    class Meta:
        verbose_name = _("Reflection")
        verbose_name_plural = _("Reflections")
        ordering = ["-fiscal_year", "pk"]

    def __str__(self) -> str:
        return self.text

    def searched_texts(self) -> tuple[str, ...]:
        return (self.text,)

    def get_absolute_url(self) -> str:
        return reverse("reviews:reflection-detail", args=[self.uid])


@pghistory.track()
class ReflectionPolicy(models.Model):
    """A policy that answers a reflection."""

    history_part = "reflection"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="policy_links")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+", verbose_name=_("Policy"))

    class Meta:
        verbose_name = _("Policy")
        verbose_name_plural = _("Policies")
        constraints = [models.UniqueConstraint(fields=["reflection", "policy"], name="one_policy_a_reflection")]

    def __str__(self) -> str:
        return str(self.policy)


@pghistory.track()
class ReflectionInitiative(models.Model):
    """An initiative that answers a reflection."""

    history_part = "reflection"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="initiative_links")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+", verbose_name=_("Initiative"))

    class Meta:
        verbose_name = _("Initiative")
        verbose_name_plural = _("Initiatives")
        constraints = [models.UniqueConstraint(fields=["reflection", "initiative"], name="one_initiative_a_reflection")]

    def __str__(self) -> str:
        return str(self.initiative)


@pghistory.track()
class ReflectionCourse(models.Model):
    """A course that answers a reflection."""

    history_part = "reflection"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="course_links")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+", verbose_name=_("Course"))

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        constraints = [models.UniqueConstraint(fields=["reflection", "course"], name="one_course_a_reflection")]

    def __str__(self) -> str:
        return str(self.course)


@pghistory.track()
class ReflectionProposal(models.Model):
    """A budget proposal that answers a reflection."""

    history_part = "reflection"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="proposal_links")
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="+", verbose_name=_("Budget proposal")
    )

    class Meta:
        verbose_name = _("Budget proposal")
        verbose_name_plural = _("Budget proposals")
        constraints = [models.UniqueConstraint(fields=["reflection", "proposal"], name="one_proposal_a_reflection")]

    def __str__(self) -> str:
        return str(self.proposal)


@pghistory.track()
class ReflectionPetition(models.Model):
    """A petition that answers a reflection."""

    history_part = "reflection"

    reflection = models.ForeignKey(Reflection, on_delete=models.CASCADE, related_name="petition_links")
    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="+", verbose_name=_("Petition"))

    class Meta:
        verbose_name = _("Petition")
        verbose_name_plural = _("Petitions")
        constraints = [models.UniqueConstraint(fields=["reflection", "petition"], name="one_petition_a_reflection")]

    def __str__(self) -> str:
        return str(self.petition)
