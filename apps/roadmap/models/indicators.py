"""Indicators of visions and initiatives: baseline, targets by year, and what was measured."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.text import PlainCharField, PlainTextField
from apps.roadmap.models.initiatives import Initiative
from apps.roadmap.models.visions import Vision


@pghistory.track()
class Indicator(models.Model):
    """One number by which a vision or an initiative is measured, in its own unit."""

    history_part = "initiative"
    history_told_by = ("name",)

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, null=True, blank=True, related_name="indicators"
    )
    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, null=True, blank=True, related_name="indicators")
    name = PlainCharField(_("Indicator"), max_length=200)
    unit = PlainCharField(_("Unit of measure"), max_length=30, blank=True)
    baseline = models.DecimalField(_("Baseline"), max_digits=15, decimal_places=3, null=True, blank=True)
    baseline_year = FiscalYearField(_("Fiscal year of the baseline"), null=True, blank=True)
    source = PlainCharField(_("Where the number comes from"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Indicator")
        verbose_name_plural = _("Indicators")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(initiative__isnull=False, vision__isnull=True)
                | Q(initiative__isnull=True, vision__isnull=False),
                name="indicator_belongs_to_one",
                violation_error_message=_("An indicator belongs to one vision or to one initiative."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> Vision | Initiative:
        """What it measures."""
        owner: Any = self.vision or self.initiative
        return owner


@pghistory.track()
class IndicatorValue(models.Model):
    """Target and actual of one year; a missing actual is missing and not zero."""

    history_part = "indicator"
    history_told_by = ("indicator", "fiscal_year")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    target = models.DecimalField(_("Target"), max_digits=15, decimal_places=3, null=True, blank=True)
    actual = models.DecimalField(_("Actual"), max_digits=15, decimal_places=3, null=True, blank=True)
    measured_on = models.DateField(_("Measured on"), null=True, blank=True)
    note = PlainTextField(_("Note"), blank=True)

    class Meta:
        verbose_name = _("Value of a year")
        verbose_name_plural = _("Values of the years")
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="one_value_a_year"),
            models.CheckConstraint(
                condition=Q(measured_on__isnull=True) | Q(actual__isnull=False),
                name="measured_on_a_day_only_with_actual",
                violation_error_message=_("Where there is a day, there is something that was measured on it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.fiscal_year}"
