"""An initiative 取組: who does what until when, towards a vision and under a policy."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.fiscal import FiscalYearField
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.choices import Health
from apps.hurdles.models import Hurdle
from apps.organization.choices import RoleKind
from apps.organization.models import Unit
from apps.roadmap.choices import INITIATIVE_CHIPS, InitiativeStatus, MilestoneState
from apps.roadmap.models.plan import ComprehensivePlanItem
from apps.roadmap.models.policies import Policy
from apps.roadmap.models.visions import Vision


@pghistory.track(exclude=["search_key"])
class Initiative(Searched, NumberedRecord):
    """A piece of work with a start, an end and milestones by quarter."""

    title = PlainCharField(_("Title"), max_length=200)
    area = PlainCharField(_("Area"), max_length=100, blank=True)
    current_state = PlainTextField(_("Present state"), blank=True)
    vision = models.ForeignKey(
        Vision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("Vision"),
    )
    policy = models.ForeignKey(
        Policy,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("Policy"),
    )
    plan_item = models.ForeignKey(
        ComprehensivePlanItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("Item of the comprehensive plan"),
    )
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_initiatives", verbose_name=_("Lead unit")
    )
    lead_role = models.CharField(
        _("Post in the lead unit"),
        max_length=20,
        choices=RoleKind.choices,
        blank=True,
        help_text=_("Whoever holds this post today answers for the initiative."),
    )
    by_team = models.BooleanField(
        _("The promotion team carries it out itself"),
        default=False,
        help_text=_("What the team builds or tries out is listed as its own implementation."),
    )
    supporting_units: "models.ManyToManyField[Unit, Any]" = models.ManyToManyField(
        Unit,
        through="InitiativeUnit",
        blank=True,
        related_name="supported_initiatives",
        verbose_name=_("Supporting units"),
    )
    status = models.CharField(
        _("State"),
        max_length=10,
        choices=InitiativeStatus.choices,
        default=InitiativeStatus.CONCEPT,
        editable=False,
    )
    status_since = models.DateField(_("In this state since"), null=True, blank=True, editable=False)
    status_reason = PlainTextField(_("Reason of the state"), blank=True, editable=False)
    # From the newest update that says so; without one the achieved milestones say how far it is.
    progress = models.PositiveSmallIntegerField(_("Progress (percent)"), null=True, blank=True, editable=False)
    health = models.CharField(_("Health"), max_length=10, choices=Health.choices, blank=True, editable=False)
    progressed_on = models.DateField(_("Last update on"), null=True, blank=True, editable=False)
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    hurdles: "models.ManyToManyField[Hurdle, Any]" = models.ManyToManyField(
        Hurdle,
        through="InitiativeHurdle",
        blank=True,
        related_name="initiatives",
        verbose_name=_("Hurdles that it clears"),
    )
    depends_on: "models.ManyToManyField[Initiative, Any]" = models.ManyToManyField(
        "self",
        through="InitiativeDependency",
        symmetrical=False,
        blank=True,
        related_name="needed_by",
        verbose_name=_("Needs first"),
    )
    related: "models.ManyToManyField[Initiative, Any]" = models.ManyToManyField(
        "self",
        through="InitiativeRelation",
        symmetrical=False,
        blank=True,
        related_name="related_from",
        verbose_name=_("Related initiatives"),
    )

    class Meta:
        verbose_name = _("Initiative")
        verbose_name_plural = _("Initiatives")
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")),
                name="initiative_starts_before_it_ends",
                violation_error_message=_("An initiative cannot end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(progress__isnull=True) | Q(progress__lte=100),
                name="initiative_progress_in_percent",
                violation_error_message=_("Progress is between 0 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.title, self.area, self.current_state)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:initiative-detail", args=[self.address])

    @property
    def status_chip(self) -> str:
        return INITIATIVE_CHIPS[InitiativeStatus(self.status)]

    @property
    def is_late(self) -> bool:
        """Its end has passed and it is neither achieved nor cancelled."""
        open_still = self.status not in {InitiativeStatus.ACHIEVED, InitiativeStatus.CANCELLED}
        return bool(open_still and self.ends_on and self.ends_on < clock.today())


@pghistory.track()
class Milestone(models.Model):
    """What is reached in a quarter of a fiscal year; 1 is April to June."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    fiscal_year = FiscalYearField(_("Fiscal year"))
    quarter = models.PositiveSmallIntegerField(_("Quarter"))
    text = PlainCharField(_("Milestone"), max_length=200)
    state = models.CharField(_("State"), max_length=10, choices=MilestoneState.choices, default=MilestoneState.PLANNED)

    class Meta:
        verbose_name = _("Milestone")
        verbose_name_plural = _("Milestones")
        ordering = ["fiscal_year", "quarter", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)),
                name="milestone_in_one_of_four_quarters",
                violation_error_message=_("A quarter is 1, 2, 3 or 4."),
            )
        ]

    def __str__(self) -> str:
        return self.text
