"""Kinds of units, roles, events of the calendar, and roundings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    DEPARTMENT = "department", _("Department")
    SECTION = "section", _("Section")


class RoleKind(models.TextChoices):
    """A role is held in a period at a unit; responsibility sits with it, never with a bare person."""

    VIEWER = "viewer", _("Staff")
    PROMOTER = "promoter", _("Promoter")
    MANAGER = "manager", _("Section manager")
    MEMBER = "member", _("Promotion team")
    HEADQUARTERS = "headquarters", _("Headquarters member")
    DEPUTY = "deputy", _("Deputy head of headquarters (CDO)")
    CHIEF = "chief", _("Head of headquarters")
    ADVISOR = "advisor", _("Advisor")
    SECRETARIAT = "secretariat", _("Secretariat")
    FINANCE = "finance", _("Finance section (appraisal)")
    PERSONNEL = "personnel", _("Personnel section")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class CalendarKind(models.TextChoices):
    """What kind of day it is in the city's year; the values are those of the calendar file, in small letters."""

    TEAM = "team", _("Promotion team")
    HQ = "hq", _("Headquarters meeting")
    SURVEY = "survey", _("Intent survey")
    PRE_REVIEW = "pre_review", _("Preliminary review")
    BUDGET = "budget", _("Budget")
    GRANT = "grant", _("Grant")
    NATIONAL = "national", _("National government")
    COUNCIL = "council", _("City council")
    FY = "fy", _("Fiscal year")
    POLICY = "policy", _("Petitions")
    SUPPLEMENTARY = "supplementary", _("Supplementary budget")


class RoundingPer(models.TextChoices):
    """Over what the yen are summed before they are rounded to 千円."""

    ITEM = "item", _("Per expense item")
    SUBITEM = "subitem", _("Per sub-item")


class Reorganization(models.TextChoices):
    """What happens to a unit."""

    RENAME = "rename", pgettext_lazy("unit", "Rename")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")
    ABOLISH = "abolish", _("Abolish")
    FOUND = "found", _("Found")
