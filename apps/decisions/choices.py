"""Kinds and outcomes of agenda items, states of minutes and directives."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgendaKind(models.TextChoices):
    DISCUSSION = "discussion", _("For discussion")
    REPORT = "report", _("For information")
    DECISION = "decision", _("For decision")
    OTHER = "other", _("Other business")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CHANGES = "approved_with_changes", _("Approved with changes")
    CONTINUED = "continued", _("To be discussed further")
    RETURNED = "returned", _("Sent back")
    NOTED = "noted", _("Noted (report)")


OUTCOME_CHIPS = {
    Outcome.APPROVED: "green full",
    Outcome.APPROVED_WITH_CHANGES: "green full",
    Outcome.CONTINUED: "blue half",
    Outcome.RETURNED: "orange diamond",
    Outcome.NOTED: "ring",
}


class Presence(models.TextChoices):
    PRESENT = "present", _("Attending")
    ABSENT = "absent", _("Absent")
    PROXY = "proxy", _("By proxy")


class MinutesStatus(models.TextChoices):
    DRAFT = "draft", _("Draft minutes")
    CONFIRMED = "confirmed", _("Confirmed minutes")


class DirectiveStatus(models.TextChoices):
    ISSUED = "issued", _("Issued")
    STARTED = "started", _("Work has begun")
    REPORT_DUE = "report_due", _("Report awaited")
    COMPLETED = "completed", _("Carried out")
    WITHDRAWN = "withdrawn", _("Withdrawn directive")


OPEN_DIRECTIVE = (DirectiveStatus.ISSUED, DirectiveStatus.STARTED, DirectiveStatus.REPORT_DUE)
DIRECTIVE_CHIPS = {
    DirectiveStatus.ISSUED: "blue",
    DirectiveStatus.STARTED: "green half",
    DirectiveStatus.REPORT_DUE: "orange half",
    DirectiveStatus.COMPLETED: "green full",
    DirectiveStatus.WITHDRAWN: "bar",
}
