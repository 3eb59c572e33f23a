"""A petition 政策要望 to the national government."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.fiscal import FiscalYearField
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import Hurdle
from apps.petitions.choices import PETITION_CHIPS, PUBLIC, PetitionClass, PetitionStatus
from apps.petitions.models.channels import PetitionChannel


@pghistory.track(exclude=["search_key"])
class Petition(Searched, NumberedRecord):
    """Present state, cases of trouble, the measure asked for, and its effect."""

    fiscal_year = FiscalYearField(_("Fiscal year"))
    title = PlainCharField(_("Title"), max_length=200)
    classification = models.CharField(_("Kind of petition"), max_length=15, choices=PetitionClass.choices)
    current_state = PlainTextField(_("Present state"), blank=True)
    trouble_cases = PlainTextField(_("Cases of trouble"), blank=True)
    requested_measure = PlainTextField(_("Requested measure"), blank=True)
    effects = PlainTextField(_("Effects"), blank=True)
    legal_basis = PlainTextField(_("Legal bases"), blank=True)
    ministries = ArrayField(PlainCharField(max_length=50), verbose_name=_("Ministries"), default=list, blank=True)
    co_proposers = ArrayField(
        PlainCharField(max_length=100), verbose_name=_("Proposed together with"), default=list, blank=True
    )
    channel = models.ForeignKey(
        PetitionChannel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="petitions",
        verbose_name=_("Channel"),
    )
    status = models.CharField(
        _("State"),
        max_length=25,
        choices=PetitionStatus.choices,
        default=PetitionStatus.INTERNAL,
        editable=False,
    )
    drafted_on = models.DateField(_("Drafted on"), null=True, blank=True)
    headquarters_on = models.DateField(_("Decided by headquarters on"), null=True, blank=True)
    consultation_on = models.DateField(_("Prior consultation by"), null=True, blank=True)
    submission_on = models.DateField(_("Submission"), null=True, blank=True)
    hurdles: "models.ManyToManyField[Hurdle, PetitionHurdle]" = models.ManyToManyField(
        Hurdle, through="PetitionHurdle", blank=True, related_name="petitions", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Petition")
        verbose_name_plural = _("Petitions")
        ordering = ["-fiscal_year", "number", "pk"]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (
            self.number or "",
            self.title,
            self.current_state,
            self.trouble_cases,
            self.requested_measure,
            self.effects,
            self.legal_basis,
            *self.ministries,
        )

    def get_absolute_url(self) -> str:
        return reverse("petitions:petition-detail", args=[self.address])

    @property
    def status_chip(self) -> str:
        return PETITION_CHIPS[PetitionStatus(self.status)]

    @property
    def is_public(self) -> bool:
        """Whether it has left the city hall, so that all staff see it."""
        return self.status in PUBLIC

    @property
    def is_late(self) -> bool:
        """Its day of submission has passed and it has not been sent."""
        return bool(not self.is_public and self.submission_on and self.submission_on < clock.today())

    @property
    def measure_length(self) -> int:
        """Characters of the requested measure, as the form of the channel counts them."""
        return len(self.requested_measure)

    @property
    def cases_and_effects_length(self) -> int:
        """Characters of cases and effects together, as the form of the channel counts them."""
        return len(self.trouble_cases) + len(self.effects)


@pghistory.track()
class PetitionHurdle(models.Model):
    """A hurdle from which a petition comes."""

    history_part = "petition"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="petition_links", verbose_name=_("Hurdle")
    )

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["petition", "hurdle"], name="one_hurdle_a_petition")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class PetitionAnswer(models.Model):
    """What the nation answered, on which day."""

    history_part = "petition"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="answers")
    date = models.DateField(_("Date"))
    text = PlainTextField(_("Answer"))

    class Meta:
        verbose_name = _("Answer of the nation")
        verbose_name_plural = _("Answers of the nation")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return self.text
