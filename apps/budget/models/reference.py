"""How the nation's grants followed one another: a table to look up, also for what came later."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.models import SourcedModel
from apps.core.text import PlainCharField, PlainTextField


class GrantGeneration(SourcedModel):
    """One generation of a grant under its name of that time; amounts in 億円."""

    generation = models.PositiveSmallIntegerField(_("Generation"), null=True, blank=True)
    name = PlainCharField(_("Name"), max_length=200)
    national_budget = PlainCharField(_("Budget of the nation"), max_length=200, blank=True)
    amount_oku = models.PositiveIntegerField(_("Amount (hundred million yen)"), null=True, blank=True)
    calls = PlainTextField(_("Calls"), blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Generation of grants")
        verbose_name_plural = _("Generations of grants")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class GrantGenerationType(models.Model):
    """A type within a generation; rate as a fraction, cap in 億円, and how sure both are."""

    generation = models.ForeignKey(GrantGeneration, on_delete=models.CASCADE, related_name="types")
    name = PlainCharField(_("Name"), max_length=200)
    rate_numerator = models.PositiveSmallIntegerField(_("Rate (numerator)"), null=True, blank=True)
    rate_denominator = models.PositiveSmallIntegerField(_("Rate (denominator)"), null=True, blank=True)
    cap_oku = models.DecimalField(_("Cap (hundred million yen)"), max_digits=7, decimal_places=2, null=True, blank=True)
    verification = PlainCharField(_("How sure the entry is"), max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Type of grant")
        verbose_name_plural = _("Types of grants")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_numerator__isnull=True, rate_denominator__isnull=True)
                | Q(rate_denominator__gt=0, rate_numerator__lte=F("rate_denominator")),
                name="grant_type_rate_at_most_one",
                violation_error_message=_("A rate lies between 0 and 1."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rate_text(self) -> str:
        """The rate as printed, unreduced; nothing where it is unknown."""
        return f"{self.rate_numerator}/{self.rate_denominator}" if self.rate_denominator else ""
