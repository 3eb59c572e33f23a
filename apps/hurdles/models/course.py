"""The course of a hurdle: promised dates and their moves, progress, resolution with its second person, merging."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainTextField
from apps.hurdles.choices import Health, HurdleStatus, MoveState
from apps.hurdles.models.hurdle import Hurdle
from apps.organization.models import User


@pghistory.track()
class TargetMove(models.Model):
    """One promised date, or its move, with the reason. A later date on a severe hurdle waits for the secretariat."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="target_moves")
    old_date = models.DateField(_("Date until then"), null=True, blank=True)
    new_date = models.DateField(_("New date"))
    reason = PlainTextField(_("Reason"), blank=True)
    state = models.CharField(_("State"), max_length=10, choices=MoveState.choices, default=MoveState.AGREED)
    asked_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Later date asked for by"),
    )
    asked_on = models.DateField(_("Asked on"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    answer = PlainTextField(_("Answer"), blank=True)

    class Meta:
        verbose_name = _("Promised date")
        verbose_name_plural = _("Promised dates")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hurdle"],
                condition=Q(state=MoveState.WAITING),
                name="one_waiting_move_a_hurdle",
                violation_error_message=_("A move of this date already waits for the secretariat."),
            ),
            models.CheckConstraint(
                condition=Q(old_date__isnull=True) | ~Q(reason=""),
                name="moved_date_has_reason",
                violation_error_message=_("Say why the date moves."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MoveState.WAITING, decided_on__isnull=False),
                name="waiting_move_is_not_decided",
            ),
        ]

    def __str__(self) -> str:
        return str(self.new_date)


@pghistory.track()
class ProgressUpdate(models.Model):
    """What has moved 進捗, on a day, and how it goes."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="progress_updates")
    happened_on = models.DateField(_("Date"))
    health = models.CharField(_("Health"), max_length=10, choices=Health.choices)
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
                condition=~Q(text=""), name="progress_has_text", violation_error_message=_("Say what has moved.")
            )
        ]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class Resolution(models.Model):
    """That a hurdle is resolved: one person says it with evidence, a second one confirms, a year later it is asked."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="resolutions")
    evidence = PlainTextField(_("Evidence of the resolution"))
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Said to be resolved by")
    )
    proposed_on = models.DateField(_("Said to be resolved on"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Looked at by")
    )
    decided_on = models.DateField(_("Looked at on"), null=True, blank=True)
    confirmed = models.BooleanField(_("Confirmed"), null=True, blank=True)
    answer = PlainTextField(_("Answer"), blank=True)
    # A year after the confirmation.
    ask_again_on = models.DateField(_("Asked again on"), null=True, blank=True)
    lasts = models.BooleanField(_("It has lasted"), null=True, blank=True)
    lasts_on = models.DateField(_("Answered again on"), null=True, blank=True)
    lasts_note = PlainTextField(_("What has become of it"), blank=True)

    class Meta:
        verbose_name = _("Resolution")
        verbose_name_plural = _("Resolutions")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(evidence=""),
                name="resolution_has_evidence",
                violation_error_message=_("Say by what one sees that it is resolved."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="resolution_has_second_person",
                violation_error_message=_("A second person has to confirm the resolution."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed__isnull=True, decided_on__isnull=True)
                | Q(confirmed__isnull=False, decided_on__isnull=False),
                name="resolution_decided_with_day",
            ),
            models.UniqueConstraint(
                fields=["hurdle"],
                condition=Q(confirmed__isnull=True),
                name="one_waiting_resolution_a_hurdle",
                violation_error_message=_("This hurdle is already said to be resolved; a second person looks at it."),
            ),
        ]

    def __str__(self) -> str:
        return self.evidence


@pghistory.track()
class HurdleMerge(models.Model):
    """A duplicate that was merged into another hurdle; undone within a day, all is as before."""

    history_part = "duplicate"
    # The survivor's watchers are of no use to a reader; the day stands beside each entry.
    history_silent = ("new_watchers", "merged_at", "undone_at", "merged_by")

    duplicate = models.ForeignKey(
        Hurdle, on_delete=models.CASCADE, related_name="merges", verbose_name=_("Duplicate hurdle")
    )
    survivor = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="merged_here", verbose_name=_("Merged into")
    )
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Merged by"))
    merged_at = models.DateTimeField(_("Merged at"))
    reason = PlainTextField(_("Reason"), blank=True)
    status_before = models.CharField(_("State before"), max_length=20, choices=HurdleStatus.choices)
    status_reason_before = PlainTextField(_("Reason of the state before"), blank=True, editable=False)
    status_since_before = models.DateField(_("In the state before since"), null=True, blank=True, editable=False)
    # Who watches the survivor because of this merge alone.
    new_watchers = ArrayField(models.BigIntegerField(), default=list, editable=False)
    undone_at = models.DateTimeField(_("Undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Merge of hurdles")
        verbose_name_plural = _("Merges of hurdles")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(duplicate=F("survivor")), name="merge_joins_two_hurdles"),
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="one_merge_a_duplicate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate} → {self.survivor}"
