"""What a hurdle is linked to: the units that it touches, its themes, the measured tasks that it costs."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.hurdles.models.hurdle import Hurdle
from apps.hurdles.models.lists import Theme
from apps.organization.models import Unit, WorkloadEntry


@pghistory.track()
class AffectedUnit(models.Model):
    """A unit that a hurdle touches."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="affected_unit_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))

    class Meta:
        verbose_name = _("Affected unit")
        verbose_name_plural = _("Affected units")
        ordering = ["unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["hurdle", "unit"], name="one_affected_unit_a_hurdle")]

    def __str__(self) -> str:
        return str(self.unit)


@pghistory.track()
class HurdleTheme(models.Model):
    """A theme of a hurdle."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", verbose_name=_("Theme"))

    class Meta:
        verbose_name = _("Theme")
        verbose_name_plural = _("Themes")
        constraints = [models.UniqueConstraint(fields=["hurdle", "theme"], name="one_theme_a_hurdle")]

    def __str__(self) -> str:
        return str(self.theme)


@pghistory.track()
class HurdleWorkload(models.Model):
    """A measured task whose hours a hurdle costs."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="workload_links")
    entry = models.ForeignKey(
        WorkloadEntry, on_delete=models.PROTECT, related_name="+", verbose_name=_("Workload task")
    )

    class Meta:
        verbose_name = _("Workload task")
        verbose_name_plural = _("Workload tasks")
        constraints = [models.UniqueConstraint(fields=["hurdle", "entry"], name="one_task_a_hurdle")]

    def __str__(self) -> str:
        return str(self.entry)
