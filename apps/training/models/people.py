"""What a person has become and is to become. Personal records, as the enrolments are."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Record
from apps.core.text import PlainCharField, PlainTextField
from apps.organization.models import Unit, User
from apps.training.choices import RecognitionBasis, SkillLevel, TransferKind
from apps.training.models.courses import Course
from apps.training.models.lists import Skill
from apps.training.models.profiles import TalentProfile


@pghistory.track()
class Candidate(models.Model):
    """A person who is to become one of a profile 育成候補者."""

    history_part = "person"
    history_told_by = ("profile",)

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="candidacies", verbose_name=_("Employee"))
    profile = models.ForeignKey(
        TalentProfile, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("Talent profile")
    )
    named_on = models.DateField(_("Named on"))
    named_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Named by")
    )

    class Meta:
        verbose_name = _("Candidate")
        verbose_name_plural = _("Candidates")
        ordering = ["named_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "profile"], name="one_candidacy_a_profile")]

    def __str__(self) -> str:
        return str(self.profile)


@pghistory.track()
class Recognition(Record):
    """A person belongs to a profile 認定 from a day on, and where that is used 配置: people are counted from this."""

    history_part = "person"
    history_told_by = ("profile",)

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recognitions", verbose_name=_("Employee"))
    profile = models.ForeignKey(
        TalentProfile, on_delete=models.PROTECT, related_name="recognitions", verbose_name=_("Talent profile")
    )
    recognised_on = models.DateField(_("Recognised on"))
    ended_on = models.DateField(_("Belonged to it until"), null=True, blank=True)
    basis = models.CharField(_("Basis"), max_length=15, choices=RecognitionBasis.choices)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, null=True, blank=True, related_name="recognitions", verbose_name=_("Course")
    )
    note = PlainTextField(_("Note"), blank=True)
    placed_on = models.DateField(_("Placed on"), null=True, blank=True)
    placed_in = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Placed in")
    )
    placed_as = PlainCharField(_("Where the skills are used"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Recognition")
        verbose_name_plural = _("Recognitions")
        ordering = ["recognised_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "profile"],
                condition=Q(ended_on__isnull=True),
                name="one_open_recognition_a_profile",
                violation_error_message=_("This person belongs to this profile already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("recognised_on")),
                name="recognition_begins_before_it_ends",
                violation_error_message=_("A recognition cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(placed_on__isnull=True) | ~Q(placed_as=""),
                name="placement_says_where",
                violation_error_message=_("Say where the skills are used."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.profile)

    def get_absolute_url(self) -> str:
        """It is shown with the person, and nowhere else."""
        return reverse("training:person-detail", args=[self.person.employee_number])


@pghistory.track()
class SkillRecord(models.Model):
    """A level of a skill that a person has reached: by completing a course, or as the personnel section judges."""

    history_part = "person"
    history_told_by = ("skill",)

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="skill_records", verbose_name=_("Employee"))
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="records", verbose_name=_("Skill"))
    level = models.PositiveSmallIntegerField(_("Level"), choices=SkillLevel.choices)
    reached_on = models.DateField(_("Reached on"))
    enrolment = models.ForeignKey(
        "training.Enrolment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="skill_records",
        verbose_name=_("Enrolment"),
    )
    note = PlainTextField(_("Note"), blank=True)

    class Meta:
        verbose_name = _("Skill reached")
        verbose_name_plural = _("Skills reached")
        ordering = ["skill__order", "level", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "level"], name="one_record_a_skill_and_level"),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="skill_record_has_a_known_level"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.get_level_display()}"


@pghistory.track()
class KnownTransfer(Record):
    """A transfer or a leaving that is known and not yet public; the personnel section alone sees it."""

    person = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="known_transfers", verbose_name=_("Employee")
    )
    kind = models.CharField(_("Kind of transfer"), max_length=10, choices=TransferKind.choices)
    effective_on = models.DateField(_("Takes effect on"))
    to_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("To unit")
    )
    note = PlainTextField(_("Note"), blank=True)

    class Meta:
        verbose_name = _("Known transfer")
        verbose_name_plural = _("Known transfers")
        ordering = ["effective_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "effective_on"],
                condition=Q(archived_at__isnull=True),
                name="one_transfer_a_person_and_day",
                violation_error_message=_("For this person a transfer on this day is known already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.LEAVING, to_unit__isnull=True)
                | Q(kind=TransferKind.TRANSFER, to_unit__isnull=False),
                name="transfer_has_a_unit_and_leaving_has_none",
                violation_error_message=_("A transfer needs the unit, a leaving has none."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        """Transfers are short: all that is known stands in the list."""
        return reverse("training:transfer-list")
