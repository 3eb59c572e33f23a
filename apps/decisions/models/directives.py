"""A directive 本部長指示 of the head of headquarters."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainTextField
from apps.decisions.choices import DIRECTIVE_CHIPS, OPEN_DIRECTIVE, DirectiveStatus
from apps.decisions.models.meetings import Meeting
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit


@pghistory.track(exclude=["search_key"])
class Directive(Searched, NumberedRecord):
    """What is to be done, by which unit, until when; also one given by word of mouth, without a meeting."""

    text = PlainTextField(_("Directive"))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="directives",
        verbose_name=_("Meeting"),
    )
    issued_on = models.DateField(_("Issued on"))
    assigned_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="directives", verbose_name=_("Unit in charge")
    )
    supporting_units: "models.ManyToManyField[Unit, DirectiveUnit]" = models.ManyToManyField(
        Unit,
        through="DirectiveUnit",
        blank=True,
        related_name="supported_directives",
        verbose_name=_("Supporting units"),
    )
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    status = models.CharField(
        _("State"),
        max_length=12,
        choices=DirectiveStatus.choices,
        default=DirectiveStatus.ISSUED,
        editable=False,
    )
    answer = PlainTextField(_("Answer of the unit"), blank=True)
    hurdles: "models.ManyToManyField[Hurdle, DirectiveHurdle]" = models.ManyToManyField(
        Hurdle, through="DirectiveHurdle", blank=True, related_name="directives", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Directive")
        verbose_name_plural = _("Directives")
        ordering = ["due_on", "number", "pk"]

    def __str__(self) -> str:
        return self.text

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.text, self.answer)

    def get_absolute_url(self) -> str:
        return reverse("decisions:directive-detail", args=[self.address])

    @property
    def status_chip(self) -> str:
        return DIRECTIVE_CHIPS[DirectiveStatus(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_DIRECTIVE

    @property
    def is_late(self) -> bool:
        """Its day has passed and it is still open."""
        return bool(self.is_open and self.due_on and self.due_on < clock.today())

    @property
    def days_left(self) -> int | None:
        """Days until an open directive is due, negative once the day has passed; None where nothing is due."""
        return (self.due_on - clock.today()).days if self.is_open and self.due_on else None

    @property
    def days_over(self) -> int | None:
        """Days since a late directive was due; None where it is not late."""
        return -self.days_left if self.is_late and self.days_left else None


@pghistory.track()
class DirectiveUnit(models.Model):
    """A unit that supports the one in charge."""

    history_part = "directive"

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="unit_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))

    class Meta:
        verbose_name = _("Supporting unit")
        verbose_name_plural = _("Supporting units")
        ordering = ["unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="one_unit_a_directive")]

    def __str__(self) -> str:
        return str(self.unit)


@pghistory.track()
class DirectiveHurdle(models.Model):
    """A hurdle that a directive is about."""

    history_part = "directive"

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="directive_links", verbose_name=_("Hurdle")
    )

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["directive", "hurdle"], name="one_hurdle_a_directive")]

    def __str__(self) -> str:
        return str(self.hurdle)
