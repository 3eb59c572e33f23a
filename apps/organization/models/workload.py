"""The yearly workload survey 業務量調査: the measured baseline of every "hours saved"."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import SourcedModel
from apps.core.text import PlainCharField
from apps.organization.models.people import User
from apps.organization.models.units import Unit


@pghistory.track()
class WorkloadEntry(SourcedModel):
    """The hours a year that one unit spends on one task."""

    fiscal_year = FiscalYearField(_("Fiscal year"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="workload", verbose_name=_("Unit"))
    task = PlainCharField(_("Task"), max_length=200)
    kind = PlainCharField(_("Kind of work"), max_length=50, blank=True)
    hours = models.PositiveIntegerField(_("Hours a year"))
    headcount = models.DecimalField(_("Full-time equivalent"), max_digits=7, decimal_places=2)
    routine = models.BooleanField(_("Routine work"))
    core = models.BooleanField(_("Work that staff must do themselves"))

    class Meta:
        verbose_name = _("Entry of the workload survey")
        verbose_name_plural = _("Entries of the workload survey")
        ordering = ["fiscal_year", "unit", "task"]
        constraints = [models.UniqueConstraint(fields=["fiscal_year", "unit", "task"], name="one_entry_a_task_a_year")]

    def __str__(self) -> str:
        return f"{self.task} ({self.fiscal_year})"

    def get_absolute_url(self) -> str:
        return reverse("organization:workload-detail", args=[self.pk])


class WorkloadImport(models.Model):
    """A workbook that was taken over: the same file twice is asked about, the same click twice is done once."""

    uid = models.UUIDField(unique=True, editable=False)
    fiscal_year = FiscalYearField(_("Fiscal year"))
    name = PlainCharField(_("File name"), max_length=255)
    sha256 = models.CharField(max_length=64)
    new = models.PositiveIntegerField(_("New"))
    changed = models.PositiveIntegerField(_("Changed"))
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Imported by"))
    taken_at = models.DateTimeField(_("Taken over at"))

    class Meta:
        verbose_name = _("Workbook of the workload survey")
        verbose_name_plural = _("Workbooks of the workload survey")
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return self.name
