"""Horizons, kinds and states of the roadmap."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.hurdles.choices import HurdleStatus


class Horizon(models.TextChoices):
    TEN_YEARS = "ten_years", _("Ten years ahead")
    THREE_YEARS = "three_years", _("Three years ahead")


class PolicyKind(models.TextChoices):
    POLICY = "policy", _("Policy")
    GUIDELINE = "guideline", _("Guideline")


class PolicyStatus(models.TextChoices):
    DRAFT = "draft", _("Draft text")
    UNDER_REVIEW = "under_review", _("Under consideration")
    DECIDED = "decided", _("Decided")
    IN_FORCE = "in_force", _("In force")
    ACHIEVED = "achieved", _("Achieved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# All staff see these; before, a policy is a draft of its makers.
DECIDED_POLICY = (PolicyStatus.DECIDED, PolicyStatus.IN_FORCE, PolicyStatus.ACHIEVED)
# What the address of the list says for all of them together.
DECIDED_STATES = "decided_or_later"
POLICY_CHIPS = {
    PolicyStatus.DRAFT: "plain",
    PolicyStatus.UNDER_REVIEW: "blue",
    PolicyStatus.DECIDED: "blue full",
    PolicyStatus.IN_FORCE: "green half",
    PolicyStatus.ACHIEVED: "green full",
    PolicyStatus.WITHDRAWN: "bar",
}


class InitiativeStatus(models.TextChoices):
    """Being late is computed and is no state."""

    CONCEPT = "concept", _("Concept")
    PLANNED = "planned", _("In planning")
    STARTED = "started", _("Started")
    UNDERWAY = "underway", _("Under way")
    ACHIEVED = "achieved", _("Achieved")
    CANCELLED = "cancelled", pgettext_lazy("initiative", "Cancelled")


# Neither achieved nor cancelled.
OPEN_INITIATIVE = (
    InitiativeStatus.CONCEPT,
    InitiativeStatus.PLANNED,
    InitiativeStatus.STARTED,
    InitiativeStatus.UNDERWAY,
)
INITIATIVE_CHIPS = {
    InitiativeStatus.CONCEPT: "ring",
    InitiativeStatus.PLANNED: "half",
    InitiativeStatus.STARTED: "green",
    InitiativeStatus.UNDERWAY: "green half",
    InitiativeStatus.ACHIEVED: "green full",
    InitiativeStatus.CANCELLED: "bar",
}


class MilestoneState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ACHIEVED = "achieved", _("Achieved")


class DecidingBody(models.TextChoices):
    """Who decides a policy; which of them is enough follows from the legal level (`LegalLevel.decided_by`)."""

    HEADQUARTERS = "headquarters", _("Headquarters meeting")
    TEAM = "team", _("Meeting of the promotion team")
    KESSAI = "kessai", _("Approval document")


class ProgressSource(models.TextChoices):
    """From where one knows how far an initiative is."""

    STATE = "state", _("It is achieved")
    UPDATE = "update", _("As reported")
    MILESTONES = "milestones", _("By achieved milestones")


class Grouping(models.TextChoices):
    """By what the rows of the picture are put together."""

    AREA = "area", _("by area")
    VISION = "vision", _("by vision")
    POLICY = "policy", _("by policy")
    UNIT = "unit", _("by lead unit")
    THEME = "theme", _("by theme")
    START = "start", _("by start, ungrouped")


class Span(models.TextChoices):
    """How long the picture is."""

    TEN_YEARS = "10y", _("ten years")
    FIVE_YEARS = "5y", _("five years")
    THREE_YEARS = "3y", _("three years")
    ONE_YEAR = "1y", _("one year")
    THREE_MONTHS = "3m", _("three months")


# Hurdles that nothing on the roadmap names: a draft is not yet the city's; a merged one is represented by another.
NOT_LINKED = (HurdleStatus.DRAFT, HurdleStatus.MERGED)
