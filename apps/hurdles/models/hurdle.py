"""A hurdle ハードル and what it rests on."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import NumberedRecord, Searched
from apps.core.models.grams import gram_index
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.choices import CLOSED, STATUS_CHIPS, Health, HurdleStatus, Scope, Severity
from apps.hurdles.models.lists import Category, LegalLevel, Theme
from apps.hurdles.models.opening import OPENING_TRIGGERS
from apps.organization.choices import RoleKind
from apps.organization.models import Unit, User, WorkloadEntry


@pghistory.track(exclude=["search_key", "opened_on"])
class Hurdle(Searched, NumberedRecord):
    """Something that is in the way of the city's work. Only the title and the obstacle are required."""

    title = PlainCharField(_("Title"), max_length=200)
    obstacle = PlainTextField(_("What is in the way"))
    current_practice = PlainTextField(_("Current practice"), blank=True)
    desired_state = PlainTextField(_("Desired state"), blank=True)
    simplification = PlainTextField(_("Could it be abolished, merged or simplified first?"), blank=True)
    countermeasure = PlainTextField(_("Countermeasure"), blank=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hurdles",
        verbose_name=_("Category"),
    )
    scope = models.CharField(_("Scope"), max_length=10, choices=Scope.choices, blank=True)
    severity = models.PositiveSmallIntegerField(_("Severity"), choices=Severity.choices, null=True, blank=True)
    reach = PlainCharField(_("Reach"), max_length=50, blank=True)
    hours_lost = models.PositiveIntegerField(_("Hours lost a year"), null=True, blank=True)
    yen_lost = models.PositiveBigIntegerField(_("Yen lost a year"), null=True, blank=True)
    citizens_affected = models.PositiveIntegerField(_("Citizens affected a year"), null=True, blank=True)
    target_date = models.DateField(_("Target date"), null=True, blank=True)
    # The first agreed date is kept for ever; `target_moves` tells how it came to `target_date`.
    first_target_date = models.DateField(_("First agreed date"), null=True, blank=True, editable=False)
    next_action = PlainCharField(_("Next action"), max_length=300, blank=True)
    next_action_on = models.DateField(_("Next action by"), null=True, blank=True)
    next_action_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_actions",
        verbose_name=_("Unit of the next action"),
    )
    # A post, never a bare person: who holds the role in the unit on the day sees it.
    next_action_role = models.CharField(
        _("Post of the next action"), max_length=20, choices=RoleKind.choices, blank=True
    )
    # As the last progress update says.
    health = models.CharField(_("Health"), max_length=10, choices=Health.choices, blank=True, editable=False)
    progressed_on = models.DateField(_("Last progress on"), null=True, blank=True, editable=False)
    status = models.CharField(
        _("State"), max_length=20, choices=HurdleStatus.choices, default=HurdleStatus.DRAFT, editable=False
    )
    question = PlainTextField(_("Question of the secretariat"), blank=True, editable=False)
    status_reason = PlainTextField(_("Reason of the state"), blank=True, editable=False)
    status_since = models.DateField(_("In this state since"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
        verbose_name=_("Merged into"),
    )
    reopened_count = models.PositiveSmallIntegerField(_("Times reopened"), default=0, editable=False)
    # From this day on all staff see it; the database keeps it (models/opening.py).
    opened_on = models.DateField(_("Open to all staff from"), null=True, blank=True, editable=False)
    reported_on = models.DateField(_("Reported on"), null=True, blank=True, editable=False)
    reporting_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="reported_hurdles", verbose_name=_("Reporting unit")
    )
    reporter = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reported_hurdles",
        verbose_name=_("Reporter"),
    )
    owning_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_hurdles",
        verbose_name=_("Owning unit"),
    )
    affects_all_units = models.BooleanField(_("Affects every unit"), default=False)
    affected_units: "models.ManyToManyField[Unit, Any]" = models.ManyToManyField(
        Unit,
        through="AffectedUnit",
        blank=True,
        related_name="affecting_hurdles",
        verbose_name=_("Affected units"),
    )
    themes: "models.ManyToManyField[Theme, Any]" = models.ManyToManyField(
        Theme, through="HurdleTheme", blank=True, related_name="hurdles", verbose_name=_("Themes")
    )
    workload: "models.ManyToManyField[WorkloadEntry, Any]" = models.ManyToManyField(
        WorkloadEntry,
        through="HurdleWorkload",
        blank=True,
        related_name="hurdles",
        verbose_name=_("Workload tasks"),
    )
    depends_on: "models.ManyToManyField[Hurdle, Any]" = models.ManyToManyField(
        "self",
        through="HurdleDependency",
        through_fields=("hurdle", "needs"),
        symmetrical=False,
        blank=True,
        related_name="needed_by",
        verbose_name=_("Needs first"),
    )

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["-reported_on", "-pk"]
        indexes = [
            models.Index(fields=["status", "owning_unit"]),
            models.Index(fields=["opened_on", "status"], name="hurdle_opened"),
            # The order of the list: the first page of a hundred thousand is read, not sorted.
            models.Index(
                F("severity").desc(nulls_last=True),
                F("hours_lost").desc(nulls_last=True),
                "id",
                name="hurdle_by_severity",
            ),
            # What is counted and added up over all hurdles stands together here, apart from the long texts.
            models.Index(
                fields=["status"],
                include=[
                    "archived_at",
                    "reporting_unit",
                    "owning_unit",
                    "opened_on",
                    "category",
                    "severity",
                    "hours_lost",
                    "target_date",
                    "health",
                    "progressed_on",
                    "status_since",
                    "reported_on",
                    "id",
                ],
                name="hurdle_counted",
            ),
            gram_index("hurdle_grams"),
        ]
        triggers = OPENING_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=Q(status=HurdleStatus.DRAFT) | Q(number__isnull=False, reported_on__isnull=False),
                name="submitted_hurdle_has_number",
                violation_error_message=_("A submitted hurdle needs a number and the day it was reported."),
            ),
            models.CheckConstraint(
                condition=~Q(status=HurdleStatus.RETURNED) | ~Q(question=""),
                name="returned_hurdle_has_question",
                violation_error_message=_("A hurdle is returned with a question."),
            ),
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__range=(Severity.LIGHT, Severity.SEVERE)),
                name="hurdle_severity_one_to_five",
                violation_error_message=_("Severity lies between 1 and 5."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="hurdle_has_title",
                violation_error_message=_("A hurdle needs a title."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status=HurdleStatus.MERGED) & ~Q(merged_into=F("id")),
                name="only_merged_hurdle_leads_on",
                violation_error_message=_("Only a merged hurdle leads to another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("hurdles:hurdle-detail", args=[self.address])

    def searched_texts(self) -> tuple[str, ...]:
        return (
            self.number or "",
            self.title,
            self.obstacle,
            self.current_practice,
            self.desired_state,
            self.countermeasure,
        )

    @property
    def status_chip(self) -> str:
        return STATUS_CHIPS[HurdleStatus(self.status)]

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED


@pghistory.track()
class LegalBasis(models.Model):
    """On what the obstacle rests. A hurdle may have several; the level gives the route."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="legal_bases")
    level = models.ForeignKey(
        LegalLevel, on_delete=models.PROTECT, related_name="legal_bases", verbose_name=_("Legal level")
    )
    name = PlainCharField(_("Name of the basis"), max_length=200)
    article = PlainCharField(_("Article"), max_length=200, blank=True)
    authority = PlainCharField(_("Authority"), max_length=100, blank=True)
    verified = models.BooleanField(_("Verified"), default=False)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)

    class Meta:
        verbose_name = _("Legal basis")
        verbose_name_plural = _("Legal bases")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.article}".strip()
