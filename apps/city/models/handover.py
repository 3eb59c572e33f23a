"""What one person has handed over on one day, as the 引継書 lists it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.organization.models import User


class Handover(models.Model):
    """The handover of one person on one day. `lines` keeps what was moved, in the words of that day."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("Employee"))
    day = models.DateField(_("Day of the handover"))
    lines = models.JSONField(default=list)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Done by"))
    done_at = models.DateTimeField(_("Done at"))

    class Meta:
        verbose_name = _("Handover")
        verbose_name_plural = _("Handovers")
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_handover_a_person_a_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"
