"""Grant programmes of nation and prefecture: one row a call, for names and rates change yearly."""

from fractions import Fraction
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import GrantStatus, WindowKind
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField


def _texts(label: Any) -> Any:
    return ArrayField(models.TextField(), verbose_name=label, default=list, blank=True)


@pghistory.track(exclude=["search_key"])
class GrantProgramme(Searched, NumberedRecord):
    """One call of a grant, subsidy or allocation. The rate is a fraction, never a float."""

    name = PlainCharField(_("Name"), max_length=200)
    national_budget = PlainCharField(_("Budget of the nation"), max_length=200, blank=True)
    kind = PlainCharField(_("Kind"), max_length=50)
    ministry = PlainCharField(_("Ministry"), max_length=100)
    contact = PlainCharField(_("Contact"), max_length=200, blank=True)
    applicants = PlainCharField(_("Who may apply"), max_length=200, blank=True)
    rate_numerator = models.PositiveSmallIntegerField(_("Rate (numerator)"))
    rate_denominator = models.PositiveSmallIntegerField(_("Rate (denominator)"))
    cap_text = PlainCharField(_("Cap in words"), max_length=200, blank=True)
    cap_k = models.PositiveBigIntegerField(_("Cap (thousand yen)"), null=True, blank=True)
    local_share = PlainCharField(_("Treatment of the local share"), max_length=200, blank=True)
    eligible_costs = _texts(_("Eligible costs"))
    ineligible_costs = _texts(_("Costs not eligible"))
    requirements = _texts(_("Requirements"))
    computed_requirements = models.JSONField(_("Computed requirements"), default=list, blank=True)
    kpi_rules = _texts(_("Rules for indicators"))
    required_documents = _texts(_("Documents to hand in"))
    sources = _texts(_("Sources"))
    verification = models.JSONField(_("How sure the entries are"), default=dict, blank=True)
    status = models.CharField(_("State"), max_length=30, choices=GrantStatus.choices)
    window = models.CharField(_("Dates are"), max_length=10, choices=WindowKind.choices)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    guidance_on = models.DateField(_("Guidance published"), null=True, blank=True)
    opens_on = models.DateField(_("Opens"), null=True, blank=True)
    consultation_until = models.DateField(_("Consultation until"), null=True, blank=True)
    closes_on = models.DateField(_("Apply by"), null=True, blank=True)
    decision_on = models.DateField(_("Decision"), null=True, blank=True)
    project_from = models.DateField(_("Project from"), null=True, blank=True)
    project_to = models.DateField(_("Project to"), null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("Follows"),
    )
    notes = PlainTextField(_("Notes"), blank=True)

    class Meta:
        verbose_name = _("Grant programme")
        verbose_name_plural = _("Grant programmes")
        ordering = ["closes_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_denominator__gt=0, rate_numerator__lte=F("rate_denominator")),
                name="grant_rate_at_most_one",
                violation_error_message=_("A rate lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(opens_on__lte=F("closes_on")),
                name="grant_opens_before_it_closes",
                violation_error_message=_("A call cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.name, self.ministry, self.kind)

    def get_absolute_url(self) -> str:
        return reverse("budget:grant-detail", args=[self.address])

    @property
    def rate(self) -> Fraction:
        return Fraction(self.rate_numerator, self.rate_denominator)

    @property
    def rate_text(self) -> str:
        """The rate as it is printed in a call, unreduced: 10/10 stays 10/10."""
        return f"{self.rate_numerator}/{self.rate_denominator}"

    @property
    def chip(self) -> str:
        """The look of the state."""
        return {"requirements_unmet": "bar", "closed": "bar"}.get(self.status, "ring")
