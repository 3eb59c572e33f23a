"""What a proposal serves besides hurdles: initiatives, courses, training plans."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.budget.models.proposal import Proposal
from apps.roadmap.models import Initiative
from apps.training.models import Course, TrainingPlan


@pghistory.track()
class ProposalInitiative(models.Model):
    """An initiative that a proposal pays for."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="initiative_links")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="proposal_links", verbose_name=_("Initiative")
    )

    class Meta:
        verbose_name = _("Initiative")
        verbose_name_plural = _("Initiatives")
        ordering = ["initiative__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "initiative"], name="one_initiative_a_proposal")]

    def __str__(self) -> str:
        return str(self.initiative)


@pghistory.track()
class ProposalCourse(models.Model):
    """A course that a proposal pays for."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="course_links")
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="proposal_links", verbose_name=_("Course")
    )

    class Meta:
        verbose_name = _("Course")
        verbose_name_plural = _("Courses")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "course"], name="one_course_a_proposal")]

    def __str__(self) -> str:
        return str(self.course)


@pghistory.track()
class ProposalTrainingPlan(models.Model):
    """A training plan whose cost of the year a proposal asks for."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="training_plan_links")
    plan = models.ForeignKey(
        TrainingPlan, on_delete=models.PROTECT, related_name="proposal_links", verbose_name=_("Training plan")
    )

    class Meta:
        verbose_name = _("Training plan")
        verbose_name_plural = _("Training plans")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "plan"], name="one_training_plan_a_proposal")]

    def __str__(self) -> str:
        return str(self.plan)
