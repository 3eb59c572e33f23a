"""Grant programmes of nation and prefecture: one row a call, for names and rates change yearly."""

from fractions import Fraction
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import CapBase, GrantMoney, GrantStatus, WindowKind
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.organization.models import Unit


def _texts(label: Any) -> Any:
    return ArrayField(models.TextField(), verbose_name=label, default=list, blank=True)


@pghistory.track(exclude=["search_key"])
class GrantProgramme(Searched, NumberedRecord):
    """One call of a grant, subsidy or allocation. The rate is a fraction, never a float."""

    name = PlainCharField(_("Name"), max_length=200)
    national_budget = PlainCharField(_("Budget of the nation"), max_length=200, blank=True)
    kind = PlainCharField(_("Kind"), max_length=50)
    money = models.CharField(_("Place in the budget"), max_length=12, choices=GrantMoney.choices)
    ministry = PlainCharField(_("Ministry"), max_length=100)
    contact = PlainCharField(_("Contact"), max_length=200, blank=True)
    city_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name=_("Section of the city that answers for it"),
    )
    applicants = PlainCharField(_("Who may apply"), max_length=200, blank=True)
    rate_numerator = models.PositiveSmallIntegerField(_("Rate (numerator)"))
    rate_denominator = models.PositiveSmallIntegerField(_("Rate (denominator)"))
    cap_text = PlainCharField(_("Cap in words"), max_length=200, blank=True)
    cap_k = models.PositiveBigIntegerField(_("Cap (thousand yen)"), null=True, blank=True)
    cap_base = models.CharField(_("The cap limits"), max_length=10, choices=CapBase.choices, default=CapBase.GRANT)
    floor_k = models.PositiveBigIntegerField(
        _("Floor (thousand yen)"), null=True, blank=True, help_text=_("Below it nothing is paid.")
    )
    max_applications = models.PositiveSmallIntegerField(_("Applications a city may make"), null=True, blank=True)
    combination = PlainCharField(_("Together with other grants"), max_length=200, blank=True)
    kpi_years = models.PositiveSmallIntegerField(_("Years for which indicators are reported"), null=True, blank=True)
    local_share = PlainCharField(_("Treatment of the local share"), max_length=200, blank=True)
    eligible_costs = _texts(_("Eligible costs"))
    ineligible_costs = _texts(_("Costs not eligible"))
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
    closes_at = models.TimeField(_("Hour at which it closes"), null=True, blank=True)
    decision_on = models.DateField(_("Decision"), null=True, blank=True)
    contract_from = models.DateField(_("Contract from"), null=True, blank=True)
    project_from = models.DateField(_("Project from"), null=True, blank=True)
    project_to = models.DateField(_("Project to"), null=True, blank=True)
    report_on = models.DateField(_("Report by"), null=True, blank=True)
    assumed_days = models.JSONField(_("Days as they were assumed"), default=dict, blank=True, editable=False)
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
            models.CheckConstraint(
                condition=Q(floor_k__isnull=True) | Q(cap_k__isnull=True) | Q(floor_k__lte=F("cap_k")),
                name="grant_floor_below_its_cap",
                violation_error_message=_("The floor lies above the cap."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_on__isnull=False),
                name="grant_hour_has_its_day",
                violation_error_message=_("An hour without the day on which the call closes says nothing."),
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


@pghistory.track()
class GrantRequirement(models.Model):
    """One point of the checklist of a call; with a measure and a least value the portal itself says whether it is met.

    `is_met` is the word of a person, for what cannot be computed; nobody has looked where it is None.
    """

    history_part = "grant"

    grant = models.ForeignKey(GrantProgramme, on_delete=models.CASCADE, related_name="checklist")
    text = PlainCharField(_("Requirement"), max_length=300)
    unit = PlainCharField(_("Unit"), max_length=20, blank=True)
    least = models.DecimalField(_("Least value"), max_digits=12, decimal_places=2, null=True, blank=True)
    city_value = models.DecimalField(_("Value of the city"), max_digits=12, decimal_places=2, null=True, blank=True)
    is_met = models.BooleanField(_("Met"), null=True, blank=True)
    checked_on = models.DateField(_("Checked on"), null=True, blank=True)
    source = PlainCharField(_("Source"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Requirement")
        verbose_name_plural = _("Requirements")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_computed(self) -> bool:
        return self.least is not None

    @property
    def met(self) -> bool | None:
        """Whether the city meets it; None where nobody knows."""
        if self.least is None:
            return self.is_met
        return None if self.city_value is None else self.city_value >= self.least
