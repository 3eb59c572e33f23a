"""A report 報告書 with its chapters, and the drafts 第n案 that are made of it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import Job, Record
from apps.core.text import PlainCharField, PlainTextField
from apps.decisions.models import Meeting
from apps.hurdles.choices import Severity
from apps.organization.models import User
from apps.reports.choices import REPORT_CHIPS, ChapterSource, FileKind, ReportKind, ReportStatus


@pghistory.track()
class Report(Record):
    """One report of one fiscal year."""

    kind = models.CharField(_("Kind of report"), max_length=10, choices=ReportKind.choices)
    fiscal_year = FiscalYearField(_("Fiscal year"))
    title = PlainCharField(_("Title"), max_length=200)
    status = models.CharField(
        _("State"), max_length=15, choices=ReportStatus.choices, default=ReportStatus.DRAFT, editable=False
    )
    due_before = models.DateField(_("Needed before"), null=True, blank=True)
    edition = PlainCharField(_("Edition"), max_length=50, blank=True)
    freezing_rule = PlainTextField(_("Rule of the moment"), blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("Decided at"),
    )

    class Meta:
        verbose_name = _("Report")
        verbose_name_plural = _("Reports")
        ordering = ["-fiscal_year", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "fiscal_year"],
                name="one_report_of_a_kind_a_year",
                violation_error_message=_("There is already a report of this kind for this year."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[self.uid])

    @property
    def status_chip(self) -> str:
        return REPORT_CHIPS[ReportStatus(self.status)]


@pghistory.track()
class ReportChapter(models.Model):
    """A chapter: the people's own words, and from which records it is filled besides."""

    history_part = "report"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="chapters")
    order = models.PositiveSmallIntegerField(_("Chapter"))
    title = PlainCharField(_("Title"), max_length=200)
    source = models.CharField(_("Filled from"), max_length=15, choices=ChapterSource.choices)
    severity_min = models.PositiveSmallIntegerField(
        _("Severity at least"), choices=Severity.choices, null=True, blank=True
    )
    words = PlainTextField(_("Own words"), blank=True)

    class Meta:
        verbose_name = _("Chapter")
        verbose_name_plural = _("Chapters")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["report", "order"], name="one_chapter_a_place")]

    def __str__(self) -> str:
        return f"{self.order} {self.title}"


@pghistory.track(exclude=["content"])
class Draft(models.Model):
    """第n案: what the report said at one moment; it holds its values itself and never changes.

    `as_of` is the portal's day, `moment` the instant of the one transaction in which everything was read. A job makes
    one draft at most: the database refuses a second one.
    """

    history_part = "report"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(_("Draft number"))
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="draft", verbose_name=_("Job")
    )
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Made by")
    )
    as_of = models.DateField(_("As of"))
    moment = models.DateTimeField(_("Moment of the figures"))
    content = models.JSONField()

    class Meta:
        verbose_name = _("Draft of the report")
        verbose_name_plural = _("Drafts of the report")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_draft_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="drafts_count_from_one"),
        ]

    def __str__(self) -> str:
        return _("Draft %(number)s") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reports:draft-detail", args=[self.report.uid, self.number])


class DraftFile(models.Model):
    """A draft as Word, PDF or JSON: written in the transaction that finishes the draft (docs/adr/0008)."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=5, choices=FileKind.choices)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("File of a draft")
        verbose_name_plural = _("Files of a draft")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "kind"], name="one_file_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.draft} {self.kind}"
