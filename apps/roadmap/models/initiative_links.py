"""What an initiative is linked to: units that support it, hurdles that it clears, and other initiatives."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.models.circles import refuse_circles
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit
from apps.roadmap.models.initiatives import Initiative


@pghistory.track()
class InitiativeUnit(models.Model):
    """A unit that supports an initiative."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="unit_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))

    class Meta:
        verbose_name = _("Supporting unit")
        verbose_name_plural = _("Supporting units")
        ordering = ["unit__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "unit"], name="one_unit_an_initiative")]

    def __str__(self) -> str:
        return str(self.unit)


@pghistory.track()
class InitiativeHurdle(models.Model):
    """A hurdle that an initiative clears away."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(
        Hurdle, on_delete=models.PROTECT, related_name="initiative_links", verbose_name=_("Hurdle")
    )

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "hurdle"], name="one_hurdle_an_initiative")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class InitiativeDependency(models.Model):
    """Finish to start: `initiative` can begin when `needs` has ended."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="dependency_links")
    needs = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="dependent_links", verbose_name=_("Needs first")
    )

    class Meta:
        verbose_name = _("Needs first")
        verbose_name_plural = _("Needs first")
        ordering = ["needs__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "needs"], name="one_dependency_a_pair"),
            models.CheckConstraint(
                condition=~Q(initiative=F("needs")),
                name="initiative_does_not_need_itself",
                violation_error_message=_("An initiative cannot wait for itself."),
            ),
        ]
        triggers = [
            refuse_circles(
                name="dependencies_make_no_circle",
                lock="roadmap_dependencies",
                words="initiatives would wait for each other in a circle",
                table="roadmap_initiativedependency",
                owner="initiative_id",
                needs="needs_id",
            )
        ]

    def __str__(self) -> str:
        return str(self.needs)


@pghistory.track()
class InitiativeRelation(models.Model):
    """Two initiatives that should know of each other; no order follows."""

    history_part = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="relation_links")
    other = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="relation_links_back", verbose_name=_("Initiative")
    )

    class Meta:
        verbose_name = _("Related initiative")
        verbose_name_plural = _("Related initiatives")
        ordering = ["other__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "other"], name="one_relation_a_pair"),
            models.CheckConstraint(
                condition=~Q(initiative=F("other")),
                name="initiative_is_not_its_own_relation",
                violation_error_message=_("An initiative is not related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.other)
