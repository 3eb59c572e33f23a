"""What a proposal brings: hours of measured tasks, what shows how citizens fare, outcomes measured later."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.budget.models.proposal import Proposal
from apps.core.fiscal import FiscalYearField
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.choices import EvidenceKind
from apps.organization.models import User, WorkloadEntry


@pghistory.track()
class ProposalWorkload(models.Model):
    """Hours a year that a proposal saves of a measured task."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="workload_links")
    entry = models.ForeignKey(
        WorkloadEntry, on_delete=models.PROTECT, related_name="proposal_links", verbose_name=_("Workload task")
    )
    hours_saved = models.PositiveIntegerField(_("Hours saved a year"))

    class Meta:
        verbose_name = _("Hours of a task saved")
        verbose_name_plural = _("Hours of tasks saved")
        ordering = ["entry__unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "entry"], name="one_task_a_proposal")]

    def __str__(self) -> str:
        return f"{self.entry} {self.hours_saved}"


@pghistory.track()
class ProposalEvidence(models.Model):
    """From where one knows how citizens fare: a survey, a waiting time, a voice, a question in the council."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("Kind of evidence"), max_length=15, choices=EvidenceKind.choices)
    text = PlainTextField(_("Evidence"))
    source = PlainCharField(_("Source"), max_length=500, blank=True)
    seen_on = models.DateField(_("Date"), null=True, blank=True)

    class Meta:
        verbose_name = _("Evidence of the citizens' view")
        verbose_name_plural = _("Evidence of the citizens' view")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class OutcomeIndicator(models.Model):
    """What the project is measured by, until three years after it at the least (a usual rule of national grants)."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="outcomes")
    name = PlainCharField(_("Indicator"), max_length=200)
    unit = PlainCharField(_("Unit"), max_length=20, blank=True)
    baseline = models.DecimalField(_("Baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("Target"), max_digits=14, decimal_places=2)
    target_year = FiscalYearField(_("Year of the target"))
    measured_until = FiscalYearField(_("Measured until fiscal year"))
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Outcome indicator")
        verbose_name_plural = _("Outcome indicators")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(measured_until__gte=models.F("target_year")),
                name="outcome_measured_to_its_target",
                violation_error_message=_("An indicator is measured at least until the year of its target."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class OutcomeValue(models.Model):
    """What was measured of an indicator in one year."""

    history_part = "indicator"

    indicator = models.ForeignKey(OutcomeIndicator, on_delete=models.CASCADE, related_name="values")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=2)
    note = PlainCharField(_("Note"), max_length=300, blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("By"))

    class Meta:
        verbose_name = _("Value of an outcome indicator")
        verbose_name_plural = _("Values of outcome indicators")
        ordering = ["fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="one_outcome_value_a_year")]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.value}"
