"""The workbooks by which a roll was kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField
from apps.organization.models import User
from apps.training.models.sessions import Session


class RollImport(models.Model):
    """A workbook with who came that was taken over: the same click twice is done once."""

    uid = models.UUIDField(unique=True, editable=False)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="roll_imports", verbose_name=_("Session")
    )
    name = PlainCharField(_("File name"), max_length=255)
    new = models.PositiveIntegerField(_("New"))
    changed = models.PositiveIntegerField(_("Changed"))
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Imported by"))
    taken_at = models.DateTimeField(_("Taken over at"))

    class Meta:
        verbose_name = _("Workbook of a roll")
        verbose_name_plural = _("Workbooks of rolls")
        ordering = ["-taken_at", "-pk"]

    def __str__(self) -> str:
        return self.name
