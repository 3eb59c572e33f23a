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


class IfNotAdopted(models.TextChoices):
    """What becomes of the project where its grant does not come 不採択時の扱い."""

    REDUCE = "reduce", _("Reduce")
    FORGO = "forgo", _("Forgo")
    GENERAL = "general", _("Pay from general revenue")
    SUPPLEMENTARY = "supplementary", _("Wait for a supplementary budget")
    AS_WRITTEN = "as_written", _("As written in the proposal")


class StageKind(models.TextChoices):
    """What a stage of the city's list means to the portal; the names and the order are the city's own."""

    DRAFT = "draft", _("Drafting")
    SECTION = "section", _("Confirmed by the section manager")
    DEPARTMENT = "department", _("Agreed in the department")
    PRE_REVIEW = "pre_review", _("Preliminary review")
    REQUEST = "request", _("Requested")
    HEARING = "hearing", _("Hearing")
    APPRAISAL = "appraisal", _("Appraisal")
    NOTICE = "notice", _("Result told")
    REVIVAL = "revival", _("Asked for again")
    REVIVAL_APPRAISAL = "revival_appraisal", _("Appraised again")
    FIXED = "fixed", _("Budget bill fixed")
    BILL = "bill", _("Bill before the council")
    VOTED = "voted", _("Voted")
    DROPPED = "dropped", _("Withdrawn or not adopted")


# Between the request and the day on which the result is told.
UNDER_APPRAISAL = (StageKind.HEARING.value, StageKind.APPRAISAL.value)
# The budget bill holds it, or the council has voted it: open to all staff.
SETTLED = (StageKind.FIXED.value, StageKind.BILL.value, StageKind.VOTED.value)


class BudgetResult(models.TextChoices):
    """What the budget made of a request."""

    FULL = "full", _("Budgeted")
    REDUCED = "reduced", _("Budgeted with less")
    NONE = "none", _("Not budgeted")
    POSTPONED = "postponed", _("Postponed to the next year")


class GrantMoney(models.TextChoices):
    """Where the money of a programme stands in the budget; 特別交付税 is general revenue and only a memo."""

    NATIONAL = "national", _("National subsidy")
    PREFECTURE = "prefecture", _("Prefectural subsidy")
    BOND = "bond", _("Municipal bond")
    OTHER = "other", _("Other")
    ALLOCATION = "allocation", _("Special local allocation tax (general revenue)")


class CapBase(models.TextChoices):
    """What the cap of a programme limits: its own money, or the whole cost of the project."""

    GRANT = "grant", _("The grant itself")
    PROJECT = "project", _("The cost of the project")


class Anchor(models.TextChoices):
    """The day from which the latest day of an inner step is counted back."""

    APPLICATION = "application", _("Close of the application")
    CONSULTATION = "consultation", _("End of the consultation")
    REQUEST = "request", _("Day of the budget request")
    PRE_REVIEW = "pre_review", _("Day by which introduction plans are handed in")


class AmountBasis(models.TextChoices):
    """Which amounts a file of the finance system holds."""

    SETTLED = "settled", _("Settled account of the year before last")
    CURRENT = "current", _("Budget of this year with supplements")
    PREVIOUS = "previous", _("Initial budget of this year")
    STAGE = "stage", _("Amounts at a stage")


class FileEncoding(models.TextChoices):
    UTF8_BOM = "utf-8-sig", _("UTF-8 with BOM")
    CP932 = "cp932", _("Shift JIS (CP932)")


class OwnerStance(models.TextChoices):
    """How the owning unit answers a proposal of the team about its work."""

    AGREE = "agree", _("Agrees")
    CONDITIONS = "conditions", _("Agrees with conditions")
    DISAGREE = "disagree", _("Disagrees")


class GrantStatus(models.TextChoices):
    BEFORE_CALL = "before_call", _("Before the call")
    OPEN = "open", _("Call is open")
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


class PlanStatus(models.TextChoices):
    """The way of an introduction plan through the preliminary review."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Returned")
    REVIEWED = "reviewed", _("Reviewed")


PLAN_CHIPS = {
    PlanStatus.DRAFT: "plain",
    PlanStatus.SUBMITTED: "blue half",
    PlanStatus.RETURNED: "orange diamond",
    PlanStatus.REVIEWED: "green full",
}


class Readiness(models.IntegerChoices):
    """How far a case is before the call opens 熟度."""

    IDEA = 1, _("1 (idea)")
    OUTLINE = 2, _("2 (outline)")
    PLANNED = 3, _("3 (planned)")
    AGREED = 4, _("4 (agreed)")
    READY = 5, _("5 (ready to apply)")
