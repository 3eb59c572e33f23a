"""A talent profile 人材像 and how many people of it are needed."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import SourcedModel
from apps.core.text import PlainCharField


@pghistory.track()
class TalentProfile(SourcedModel):
    """One of the tiers of people that the city wants to have."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = PlainCharField(_("Name"), max_length=100)
    description = PlainCharField(_("Who is counted"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Talent profile")
        verbose_name_plural = _("Talent profiles")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Headcount(models.Model):
    """People of a profile in a year: needed, and an estimate of those present until people are entered."""

    history_part = "profile"

    profile = models.ForeignKey(TalentProfile, on_delete=models.CASCADE, related_name="headcounts")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    needed = models.PositiveIntegerField(_("Needed"))
    estimated = models.PositiveIntegerField(_("Present (estimate)"), null=True, blank=True)

    class Meta:
        verbose_name = _("Headcount")
        verbose_name_plural = _("Headcounts")
        ordering = ["profile__order", "fiscal_year"]
        constraints = [models.UniqueConstraint(fields=["profile", "fiscal_year"], name="one_headcount_a_year")]

    def __str__(self) -> str:
        return f"{self.profile} {self.fiscal_year}"
