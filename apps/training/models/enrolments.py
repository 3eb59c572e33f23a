"""Who takes part 受講. A personal record: the person, the own manager and the personnel section see it, nobody else."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import Record
from apps.core.text import PlainTextField
from apps.organization.models import Unit, User
from apps.training.choices import ENROLMENT_CHIPS, EnrolmentState, FollowUp
from apps.training.models.seats import keep_to_capacity
from apps.training.models.sessions import Session


@pghistory.track()
class Enrolment(Record):
    """One person in one session, from the invitation to what came of it three months later.

    The waiting list is in the order of `applied_at`. `unit` is where the person sat then.
    """

    history_part = "person"
    history_told_by = ("session",)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("Session"))
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("Employee"))
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Unit")
    )
    state = models.CharField(
        _("State"), max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.INVITED, editable=False
    )
    invited_on = models.DateField(_("Invited on"), null=True, blank=True, editable=False)
    applied_at = models.DateTimeField(_("Applied at"), null=True, blank=True, editable=False)
    test_score = models.DecimalField(_("Test score"), max_digits=5, decimal_places=1, null=True, blank=True)
    satisfaction = models.DecimalField(
        _("Satisfaction (1 to 5)"), max_digits=2, decimal_places=1, null=True, blank=True
    )
    follow_up = models.CharField(_("Used at work"), max_length=10, choices=FollowUp.choices, blank=True)
    follow_up_text = PlainTextField(_("What came of it"), blank=True)
    followed_up_on = models.DateField(_("Answered on"), null=True, blank=True, editable=False)
    certificate_number = models.CharField(
        _("Certificate number"), max_length=20, unique=True, null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("Enrolment")
        verbose_name_plural = _("Enrolments")
        ordering = ["session", "applied_at", "pk"]
        triggers = [keep_to_capacity()]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="one_enrolment_a_person",
                violation_error_message=_("This person stands in the roll of this session already."),
            ),
            models.CheckConstraint(
                condition=Q(test_score__isnull=True) | Q(test_score__gte=0, test_score__lte=1000),
                name="test_score_between_0_and_1000",
                violation_error_message=_("A test score is between 0 and 1,000."),
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__gte=1, satisfaction__lte=5),
                name="satisfaction_between_1_and_5",
                violation_error_message=_("Satisfaction is between 1 and 5."),
            ),
            models.CheckConstraint(
                condition=Q(certificate_number__isnull=True) | Q(state=EnrolmentState.COMPLETED),
                name="certificate_only_for_who_completed",
                violation_error_message=_("Only who completed a session gets a certificate."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    def get_absolute_url(self) -> str:
        return reverse("training:enrolment-detail", args=[self.uid])

    @property
    def state_chip(self) -> str:
        return ENROLMENT_CHIPS[EnrolmentState(self.state)]
