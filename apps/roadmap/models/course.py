"""The course of an initiative: updates, moved dates, and what the promotion team built itself."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.choices import Health
from apps.organization.models import User
from apps.roadmap.models.initiatives import Initiative


@pghistory.track()
class InitiativeUpdate(models.Model):
    """What has moved 進捗, on a day, how it goes, and how far it is."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="updates")
    happened_on = models.DateField(_("Date"))
    health = models.CharField(_("Health"), max_length=10, choices=Health.choices)
    progress = models.PositiveSmallIntegerField(_("Progress (percent)"), null=True, blank=True)
    text = PlainTextField(_("What has moved"))
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Written by")
    )

    class Meta:
        verbose_name = _("Progress update")
        verbose_name_plural = _("Progress updates")
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="initiative_update_has_text",
                violation_error_message=_("Say what has moved."),
            ),
            models.CheckConstraint(
                condition=Q(progress__isnull=True) | Q(progress__lte=100),
                name="update_progress_in_percent",
                violation_error_message=_("Progress is between 0 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class InitiativeMove(models.Model):
    """One move of an initiative's dates with the reason; `behind` is what it had to move behind, if any."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="moves")
    old_starts_on = models.DateField(_("Started on until then"), null=True, blank=True)
    old_ends_on = models.DateField(_("Ended on until then"), null=True, blank=True)
    new_starts_on = models.DateField(_("New start"), null=True, blank=True)
    new_ends_on = models.DateField(_("New end"), null=True, blank=True)
    reason = PlainTextField(_("Reason"))
    behind = models.ForeignKey(
        Initiative,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moves_behind",
        verbose_name=_("Moved behind"),
    )
    moved_on = models.DateField(_("Moved on"))
    moved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Moved by")
    )

    class Meta:
        verbose_name = _("Move of the dates")
        verbose_name_plural = _("Moves of the dates")
        ordering = ["moved_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="move_has_reason", violation_error_message=_("Say why the dates move.")
            ),
            models.CheckConstraint(
                condition=Q(behind__isnull=True) | ~Q(behind=F("initiative")), name="nothing_moves_behind_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.new_starts_on} {self.new_ends_on}"


@pghistory.track()
class Implementation(models.Model):
    """Something that the promotion team built or tried out itself 実装 (the paper: 一部、実装していく)."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="implementations")
    title = PlainCharField(_("What was implemented"), max_length=200)
    implemented_on = models.DateField(_("Implemented on"))
    used_by = PlainCharField(_("Used by"), max_length=200, blank=True)
    hours_saved = models.PositiveIntegerField(_("Hours saved a year"), null=True, blank=True)
    note = PlainTextField(_("Note"), blank=True)

    class Meta:
        verbose_name = _("Own implementation")
        verbose_name_plural = _("Own implementations")
        ordering = ["-implemented_on", "-pk"]

    def __str__(self) -> str:
        return self.title
