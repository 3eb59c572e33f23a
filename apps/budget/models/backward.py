"""The backward plan 逆算: inner steps, counted back in working days from the close of a call and the calendar."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.budget.choices import Anchor
from apps.budget.models.grant import GrantProgramme
from apps.budget.models.proposal import Proposal
from apps.core.text import PlainCharField
from apps.organization.choices import CalendarKind
from apps.organization.models import Unit


class BackwardStep(models.Model):
    """An inner step of the city's list: so many working days before its anchor it must be done."""

    name = PlainCharField(_("Step"), max_length=100, unique=True)
    anchor = models.CharField(_("Counted back from"), max_length=12, choices=Anchor.choices)
    workdays = models.PositiveSmallIntegerField(_("Working days before that"))
    duration = models.PositiveSmallIntegerField(_("Working days that it takes"), default=1)
    responsible = PlainCharField(_("Who does it"), max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Step of the backward plan")
        verbose_name_plural = _("Steps of the backward plan")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class AnchorTitle(models.Model):
    """Under which kind and title the city's calendar has the day that steps are counted back from."""

    anchor = models.CharField(_("Counted back from"), max_length=12, choices=Anchor.choices, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=CalendarKind.choices)
    title = PlainCharField(_("Title in the calendar"), max_length=200)

    class Meta:
        verbose_name = _("Title of a day in the calendar")
        verbose_name_plural = _("Titles of days in the calendar")
        ordering = ["anchor"]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ProposalStep(models.Model):
    """A step of one proposal: what it says otherwise than the list, when it is planned and when it was done."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
    step = models.ForeignKey(BackwardStep, on_delete=models.PROTECT, related_name="+", verbose_name=_("Step"))
    workdays = models.PositiveSmallIntegerField(_("Working days before its anchor"), null=True, blank=True)
    duration = models.PositiveSmallIntegerField(_("Working days that it takes"), null=True, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )
    planned_on = models.DateField(_("Planned on"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    not_needed = models.BooleanField(_("Not needed"), default=False)
    note = PlainCharField(_("Note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Step of a proposal")
        verbose_name_plural = _("Steps of proposals")
        ordering = ["step__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "step"], name="one_row_a_step")]

    def __str__(self) -> str:
        return str(self.step)


@pghistory.track()
class GrantCandidate(models.Model):
    """A proposal that could ride on a call, without having chosen it."""

    history_part = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="candidate_links")
    grant = models.ForeignKey(
        GrantProgramme, on_delete=models.PROTECT, related_name="candidate_links", verbose_name=_("Grant programme")
    )
    note = PlainCharField(_("Note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Possible grant")
        verbose_name_plural = _("Possible grants")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "grant"], name="one_candidate_a_grant")]

    def __str__(self) -> str:
        return str(self.grant)
