"""A vision 将来像: what will be true in ten or in three years."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import Hurdle
from apps.roadmap.choices import Horizon
from apps.roadmap.models.plan import ComprehensivePlanItem


@pghistory.track(exclude=["search_key"])
class Vision(Searched, NumberedRecord):
    """One statement about one area; a three-year vision serves a ten-year one."""

    horizon = models.CharField(_("Horizon"), max_length=12, choices=Horizon.choices)
    area = PlainCharField(_("Area"), max_length=100)
    title = PlainCharField(_("Title"), max_length=200)
    statement = PlainTextField(_("Statement"))
    target_year = FiscalYearField(_("Target fiscal year"))
    serves = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="served_by",
        verbose_name=_("Serves the ten-year vision"),
    )
    plan_item = models.ForeignKey(
        ComprehensivePlanItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visions",
        verbose_name=_("Item of the comprehensive plan"),
    )
    hurdles: "models.ManyToManyField[Hurdle, VisionHurdle]" = models.ManyToManyField(
        Hurdle,
        through="VisionHurdle",
        blank=True,
        related_name="visions",
        verbose_name=_("Hurdles that hold it back"),
    )

    class Meta:
        verbose_name = _("Vision")
        verbose_name_plural = _("Visions")
        ordering = ["horizon", "number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(serves__isnull=True) | Q(horizon=Horizon.THREE_YEARS),
                name="only_three_year_vision_serves",
                violation_error_message=_("Only a three-year vision serves another one."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.title, self.area, self.statement)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:vision-detail", args=[self.address])


@pghistory.track()
class VisionHurdle(models.Model):
    """A hurdle that holds a vision back."""

    history_part = "vision"

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="vision_links", verbose_name=_("Hurdle"))

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["vision", "hurdle"], name="one_hurdle_a_vision")]

    def __str__(self) -> str:
        return str(self.hurdle)
