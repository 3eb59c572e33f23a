"""A baseline 基準計画: the roadmap as it stood on a day, named and frozen, to measure slips against."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.core.models import Record
from apps.core.text import PlainCharField, PlainTextField
from apps.organization.models import User
from apps.roadmap.choices import InitiativeStatus
from apps.roadmap.models.initiatives import Initiative


@pghistory.track()
class Baseline(Record):
    """The name and the day; what it holds never changes."""

    name = PlainCharField(_("Name"), max_length=100)
    frozen_on = models.DateField(_("Frozen on"), editable=False)
    note = PlainTextField(_("Note"), blank=True)
    frozen_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("Frozen by"),
    )

    class Meta:
        verbose_name = pgettext_lazy("of the roadmap", "Baseline")
        verbose_name_plural = _("Baselines")
        ordering = ["-frozen_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(archived_at__isnull=True),
                name="one_baseline_a_name",
                violation_error_message=_("There is a baseline of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The last part of its URL: a baseline has no number."""
        return str(self.uid)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:baseline-detail", args=[self.address])


class BaselineInitiative(models.Model):
    """One initiative as the baseline holds it."""

    baseline = models.ForeignKey(Baseline, on_delete=models.CASCADE, related_name="entries")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="baseline_entries")
    title = PlainCharField(_("Title"), max_length=200)
    lead_unit = PlainCharField(_("Lead unit"), max_length=100, blank=True)
    status = models.CharField(_("State"), max_length=10, choices=InitiativeStatus.choices)
    starts_on = models.DateField(_("Starts on"), null=True, blank=True)
    ends_on = models.DateField(_("Ends on"), null=True, blank=True)
    # [{"fiscal_year": 2023, "quarter": 1, "text": "…", "state": "planned"}]
    milestones = models.JSONField(_("Milestones"), default=list)

    class Meta:
        verbose_name = _("Initiative of the baseline")
        verbose_name_plural = _("Initiatives of the baseline")
        ordering = ["initiative__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["baseline", "initiative"], name="one_entry_a_baseline")]
        triggers = [pgtrigger.Protect(name="baseline_is_frozen", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.title
