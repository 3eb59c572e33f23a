"""States and scopes of a hurdle, and the routes that follow from a legal basis."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HurdleStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Received")
    ORGANIZING = "organizing", _("Being organised")
    DRAFTING_POLICY = "drafting_policy", _("Drafting a policy")
    AT_HEADQUARTERS = "at_headquarters", _("Before the headquarters meeting")
    POLICY_SET = "policy_set", _("Policy decided")
    IN_PROGRESS = "in_progress", _("In progress")
    PARTLY_RESOLVED = "partly_resolved", _("Partly resolved")
    RESOLVED = "resolved", _("Resolved")
    PETITIONED = "petitioned", _("Petition to the nation")
    DEFERRED = "deferred", _("Deferred")
    MERGED = "merged", _("Merged")
    RETURNED = "returned", _("Returned with a question")


# Open: somebody still has to do something. A draft is not yet the city's, the other three have come to an end.
CLOSED = (HurdleStatus.RESOLVED, HurdleStatus.DEFERRED, HurdleStatus.MERGED)
OPEN = tuple(s for s in HurdleStatus if s not in {*CLOSED, HurdleStatus.DRAFT})

# Word, fill of the ring and colour say the same three times (docs/glossary.md, States).
STATUS_CHIPS = {
    HurdleStatus.DRAFT: "plain",
    HurdleStatus.SUBMITTED: "ring",
    HurdleStatus.ORGANIZING: "half",
    HurdleStatus.DRAFTING_POLICY: "blue",
    HurdleStatus.AT_HEADQUARTERS: "blue half",
    HurdleStatus.POLICY_SET: "blue full",
    HurdleStatus.IN_PROGRESS: "green half",
    HurdleStatus.PARTLY_RESOLVED: "green half",
    HurdleStatus.RESOLVED: "green full",
    HurdleStatus.PETITIONED: "diamond",
    HurdleStatus.DEFERRED: "bar",
    HurdleStatus.MERGED: "bar",
    HurdleStatus.RETURNED: "orange diamond",
}


class Scope(models.TextChoices):
    OWN = "own", _("Within the own remit")
    CROSS = "cross", _("Several sections")
    CITYWIDE = "citywide", _("Citywide")
    NATIONAL = "national", _("National system")


class Severity(models.IntegerChoices):
    LIGHT = 1, _("1 (light)")
    SLIGHT = 2, _("2")
    MEDIUM = 3, _("3")
    HEAVY = 4, _("4")
    SEVERE = 5, _("5 (severe)")


class Route(models.TextChoices):
    """What has to happen so that a legal basis changes (masters, legal_levels)."""

    POLICY_REQUEST = "policy_request", pgettext_lazy("route", "Petition to the nation")
    PREFECTURE_REQUEST = "prefecture_request", _("Request to the prefecture")
    COUNCIL_BILL = "council_bill", _("Bill to the city council")
    INTERNAL_RULE = "internal_rule", _("Change of an internal rule")
    INTERNAL_DECISION = "internal_decision", _("A decision within the city hall")


class OwnerAnswer(models.TextChoices):
    """What the owning section says to a hurdle."""

    POSSIBLE = "possible", _("Can be done")
    CONDITIONAL = "conditional", _("With conditions")
    DIFFICULT = "difficult", _("Difficult")


class Health(models.TextChoices):
    """How the work goes, as the last progress update says."""

    ON_TRACK = "on_track", _("On track")
    DELAYED = "delayed", _("Delayed")
    STALLED = "stalled", _("Stalled")


# Good news is plain text, so that the other two stand out.
HEALTH_CHIPS = {Health.DELAYED: "orange diamond", Health.STALLED: "red alert"}


class MoveState(models.TextChoices):
    """What became of a wish to move a promised date."""

    WAITING = "waiting", _("Waits for the secretariat")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")


class EvidenceKind(models.TextChoices):
    """From where one knows how citizens fare."""

    SURVEY = "survey", _("Survey")
    WAITING_TIME = "waiting_time", _("Waiting time")
    VOICE = "voice", _("Voice of a citizen")
    COUNCIL = "council", _("Question in the city council")
    OTHER = "other", _("Other evidence")


# Of these it can be told how they were solved.
SOLVED = (HurdleStatus.RESOLVED, HurdleStatus.PARTLY_RESOLVED)
