"""What speaks for a hurdle besides its own section: other cities, and the city's citizens."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.choices import EvidenceKind
from apps.hurdles.models.hurdle import Hurdle


@pghistory.track()
class CityExample(models.Model):
    """How another city does it 他自治体の例, with where one knows it from."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="city_examples")
    city = PlainCharField(_("Other city"), max_length=100, blank=True)
    text = PlainTextField(_("How that city does it"))
    source = PlainCharField(_("Source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Example of another city")
        verbose_name_plural = _("Examples of other cities")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.city or self.text


@pghistory.track()
class CitizenEvidence(models.Model):
    """What citizens say or lose 市民の声・根拠: a survey, a waiting time, a voice, a question in the council."""

    history_part = "hurdle"

    hurdle = models.ForeignKey(Hurdle, on_delete=models.CASCADE, related_name="citizen_evidence")
    kind = models.CharField(_("Kind of evidence"), max_length=15, choices=EvidenceKind.choices)
    text = PlainTextField(_("Evidence"))
    source = PlainCharField(_("Source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Evidence from citizens")
        verbose_name_plural = _("Evidence from citizens")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
