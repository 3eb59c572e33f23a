"""States and kinds of petitions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionClass(models.TextChoices):
    DEREGULATION = "deregulation", _("Deregulation (change of a system)")
    PRACTICE = "practice", _("Change of practice")
    FINANCE = "finance", _("Financial measure")


class PetitionStatus(models.TextChoices):
    INTERNAL = "internal", _("Internal consideration")
    COLLECTING = "collecting", _("Collecting cases")
    AWAITING_HEADQUARTERS = "awaiting_headquarters", _("Waiting for headquarters")
    CONSULTING = "consulting", _("Prior consultation")
    SUBMITTED = "submitted", _("Submitted to the nation")
    FIRST_ANSWER = "first_answer", _("First answer")
    SECOND_ANSWER = "second_answer", _("Second answer")
    REALISED = "realised", _("Realised")
    ALREADY_POSSIBLE = "already_possible", _("Possible under present rules")
    NOT_REALISED = "not_realised", _("Not realised")


# Before these a petition is a draft of the team and the secretariat.
PUBLIC = (
    PetitionStatus.SUBMITTED,
    PetitionStatus.FIRST_ANSWER,
    PetitionStatus.SECOND_ANSWER,
    PetitionStatus.REALISED,
    PetitionStatus.ALREADY_POSSIBLE,
    PetitionStatus.NOT_REALISED,
)
PETITION_CHIPS = {
    PetitionStatus.INTERNAL: "ring",
    PetitionStatus.COLLECTING: "half",
    PetitionStatus.AWAITING_HEADQUARTERS: "blue half",
    PetitionStatus.CONSULTING: "blue half",
    PetitionStatus.SUBMITTED: "blue full",
    PetitionStatus.FIRST_ANSWER: "green",
    PetitionStatus.SECOND_ANSWER: "green half",
    PetitionStatus.REALISED: "green full",
    PetitionStatus.ALREADY_POSSIBLE: "green full",
    PetitionStatus.NOT_REALISED: "bar",
}
