"""Kinds of proposals, costs, sources and grants."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalKind(models.TextChoices):
    NEW = "new", _("New")
    EXPANDED = "expanded", _("Expanded")
    CONTINUED = "continued", _("Continued")
    REDUCED = "reduced", _("Reduced")
    ENDED = "ended", _("Ended")


class CostKind(models.TextChoices):
    INITIAL = "initial", _("Initial")
    RUNNING = "running", _("Running")


class Source(models.TextChoices):
    """The sources that are typed; general revenue 一般財源 is what remains and is never typed."""

    NATIONAL = "national", _("National subsidy")
    PREFECTURE = "prefecture", _("Prefectural subsidy")
    BOND = "bond", _("Municipal bond")
    OTHER = "other", _("Other")


class FundingStatus(models.TextChoices):
    ASSUMED = "assumed", _("Assumed")
    PLANNED = "planned", _("To be applied for")
    APPLIED = "applied", _("Applied for")
    ADOPTED = "adopted", _("Adopted")
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Not adopted")


class GrantStatus(models.TextChoices):
    BEFORE_CALL = "before_call", _("Before the call")
    REQUIREMENTS_UNMET = "requirements_unmet", _("Requirements not met")
    BEFORE_CALCULATION = "before_calculation", _("Before the calculation")
    CLOSED = "closed", _("Closed")


class WindowKind(models.TextChoices):
    """How sure the dates of a call are."""

    ANNOUNCED = "announced", _("Announced")
    ASSUMED = "assumed", _("Assumed")
    CLOSED = "closed", _("Closed")


class PreReviewResult(models.TextChoices):
    FIT = "fit", _("Fit")
    CONDITIONAL = "conditional", _("Fit with conditions")
    RETURNED = "returned", _("Returned")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class PlanKind(models.TextChoices):
    """What an introduction plan is for; renewals need no hurdle."""

    NEW = "new", _("New")
    RENEWAL = "renewal", _("Renewal")
    CONTINUATION = "continuation", _("Continuation")


class Readiness(models.IntegerChoices):
    """How far a case is before the call opens 熟度."""

    IDEA = 1, _("1 (idea)")
    OUTLINE = 2, _("2 (outline)")
    PLANNED = 3, _("3 (planned)")
    AGREED = 4, _("4 (agreed)")
    READY = 5, _("5 (ready to apply)")
