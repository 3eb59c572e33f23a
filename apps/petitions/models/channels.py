"""The channels of petitions with the limits of their forms: lists that the secretariat edits."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.text import PlainCharField


class PetitionChannel(models.Model):
    """A way to the nation: 提案募集方式, 市長会, … Limits count characters; none means no limit."""

    name = PlainCharField(_("Name"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    measure_limit = models.PositiveIntegerField(_("Most characters of the requested measure"), null=True, blank=True)
    cases_and_effects_limit = models.PositiveIntegerField(
        _("Most characters of cases and effects together"), null=True, blank=True
    )
    limits_source = PlainCharField(_("Where the limits come from"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Channel of petitions")
        verbose_name_plural = _("Channels of petitions")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
