"""Kinds, states and sources of reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    MID_YEAR = "mid_year", _("Mid-year report")
    ANNUAL = "annual", _("Annual report")


class ReportStatus(models.TextChoices):
    DRAFT = "draft", _("Report in preparation")
    UNDER_REVIEW = "under_review", _("Under review")
    FINAL = "final", _("Final")


REPORT_CHIPS = {
    ReportStatus.DRAFT: "ring",
    ReportStatus.UNDER_REVIEW: "blue half",
    ReportStatus.FINAL: "green full",
}


class ChapterSource(models.TextChoices):
    """From which records a chapter is filled, beside the people's own words."""

    PROCESS = "process", _("How it was worked out")
    HURDLES = "hurdles", _("Hurdles and common hurdles")
    ROADMAP = "roadmap", _("Policies and roadmap")
    TRAINING = "training", _("Talent and training")
    BUDGET = "budget", _("Budget request")
    PETITIONS = "petitions", _("Petitions to the nation")


class FileKind(models.TextChoices):
    WORD = "docx", "Word"
    PDF = "pdf", "PDF"
    JSON = "json", "JSON"
