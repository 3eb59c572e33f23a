"""What has to be out of the way before a hurdle can be."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.hurdles.models.hurdle import Hurdle


@pghistory.track()
class HurdleDependency(models.Model):
    """`hurdle` can be solved when `needs` is."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="dependency_links")
    needs = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="dependent_links", verbose_name=_("Needs first")
    )

    class Meta:
        verbose_name = _("Needs first")
        verbose_name_plural = _("Needs first")
        db_table = "hurdles_hurdle_depends_on"
        ordering = ["needs__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hurdle", "needs"], name="one_dependency_a_pair_of_hurdles"),
            models.CheckConstraint(
                condition=~Q(hurdle=F("needs")),
                name="hurdle_does_not_need_itself",
                violation_error_message=_("A hurdle cannot wait for itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.needs)
