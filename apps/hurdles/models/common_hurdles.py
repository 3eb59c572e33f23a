"""A common hurdle 全庁的ハードル(共通項): what many hurdles share, bundled by the team."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import NumberedRecord, Searched
from apps.core.models.grams import gram_index
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models.course import HurdleMerge
from apps.hurdles.models.hurdle import Hurdle
from apps.organization.models import Unit


@pghistory.track(exclude=["search_key"])
class CommonHurdle(Searched, NumberedRecord):
    """The team's judgement as a record of its own; its members stay alive with their own owners."""

    title = PlainCharField(_("Title"), max_length=200)
    direction = PlainTextField(_("Direction"), blank=True)
    goal = PlainTextField(_("Goal"), blank=True)
    countermeasures = PlainTextField(_("Countermeasures"), blank=True)
    target_date = models.DateField(_("Target date"), null=True, blank=True)
    lead_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_common_hurdles",
        verbose_name=_("Lead unit"),
    )
    hurdles: "models.ManyToManyField[Hurdle, CommonHurdleMember]" = models.ManyToManyField(
        Hurdle, through="CommonHurdleMember", blank=True, related_name="common_hurdles", verbose_name=_("Hurdles")
    )

    class Meta:
        verbose_name = _("Common hurdle")
        verbose_name_plural = _("Common hurdles")
        ordering = ["number", "pk"]
        indexes = [gram_index("common_hurdle_grams")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title=""),
                name="common_hurdle_has_title",
                violation_error_message=_("A common hurdle needs a title."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.title, self.direction, self.goal, self.countermeasures)

    def get_absolute_url(self) -> str:
        return reverse("hurdles:common-hurdle-detail", args=[self.address])


@pghistory.track()
class CommonHurdleMember(models.Model):
    """A hurdle that shares what the common hurdle names."""

    history_part = "common_hurdle"

    common_hurdle = models.ForeignKey(CommonHurdle, on_delete=models.CASCADE, related_name="member_links")
    hurdle = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="common_hurdle_links", verbose_name=_("Hurdle")
    )
    # The survivor stands here for its duplicate.
    merge = models.ForeignKey(
        HurdleMerge,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="memberships",
        verbose_name=_("Merge of hurdles"),
    )

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["common_hurdle", "hurdle"], name="one_member_a_common_hurdle")]

    def __str__(self) -> str:
        return str(self.hurdle)
