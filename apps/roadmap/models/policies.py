"""A policy 方針 or guideline 指針: one goal and a date, with every version of its text."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.core.models import NumberedRecord, Searched
from apps.core.text import PlainCharField, PlainTextField
from apps.hurdles.models import CommonHurdle, Hurdle, LegalLevel
from apps.organization.models import Unit
from apps.roadmap.choices import DECIDED_POLICY, POLICY_CHIPS, PolicyKind, PolicyStatus


@pghistory.track(exclude=["search_key"])
class Policy(Searched, NumberedRecord):
    """What the whole city will do, by when; resolves hurdles."""

    kind = models.CharField(_("Kind"), max_length=10, choices=PolicyKind.choices)
    title = PlainCharField(_("Title"), max_length=200)
    goal = PlainTextField(_("Goal"))
    reason = PlainTextField(_("Why it is needed"), blank=True)
    standard = PlainTextField(_("Standard"), blank=True)
    legal_level = models.ForeignKey(
        LegalLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("What it changes"),
        help_text=_("The highest rule that has to change; it says who may decide the policy."),
    )
    target_date = models.DateField(_("Target date"), null=True, blank=True)
    status = models.CharField(
        _("State"), max_length=12, choices=PolicyStatus.choices, default=PolicyStatus.DRAFT, editable=False
    )
    status_since = models.DateField(_("In this state since"), null=True, blank=True, editable=False)
    status_reason = PlainTextField(_("Reason of the state"), blank=True, editable=False)
    # Planned until the policy is in force.
    in_force_on = models.DateField(_("In force on"), null=True, blank=True, editable=False)
    # Unknown where the decision was loaded.
    decided_version = models.PositiveSmallIntegerField(_("Version that was decided"), null=True, editable=False)
    hurdles: "models.ManyToManyField[Hurdle, PolicyHurdle]" = models.ManyToManyField(
        Hurdle,
        through="PolicyHurdle",
        blank=True,
        related_name="policies",
        verbose_name=_("Hurdles that it resolves"),
    )
    common_hurdles: "models.ManyToManyField[CommonHurdle, PolicyCommonHurdle]" = models.ManyToManyField(
        CommonHurdle,
        through="PolicyCommonHurdle",
        blank=True,
        related_name="policies",
        verbose_name=_("Common hurdles that it resolves"),
    )
    bound_units: "models.ManyToManyField[Unit, PolicyUnit]" = models.ManyToManyField(
        Unit, through="PolicyUnit", blank=True, related_name="binding_policies", verbose_name=_("Units bound by it")
    )

    class Meta:
        verbose_name = _("Policy")
        verbose_name_plural = _("Policies")
        ordering = ["number", "pk"]

    def __str__(self) -> str:
        return self.title

    def searched_texts(self) -> tuple[str, ...]:
        return (self.number or "", self.title, self.goal, self.reason, self.standard)

    def get_absolute_url(self) -> str:
        return reverse("roadmap:policy-detail", args=[self.address])

    @property
    def status_chip(self) -> str:
        return POLICY_CHIPS[PolicyStatus(self.status)]

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED_POLICY


@pghistory.track()
class PolicyVersion(models.Model):
    """The text as it stood from a day on; never changed afterwards."""

    history_part = "policy"

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField(_("Version of the text"))
    date = models.DateField(_("Date"))
    text = PlainTextField(_("Text"))
    reason = PlainTextField(_("Reason of the change"), blank=True)

    class Meta:
        verbose_name = _("Version of the text")
        verbose_name_plural = _("Versions of the text")
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["policy", "version"], name="one_text_a_version")]
        triggers = [pgtrigger.Protect(name="text_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.version} {self.date}"


@pghistory.track()
class PolicyHurdle(models.Model):
    """A hurdle that a policy resolves."""

    history_part = "policy"

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="hurdle_links")
    hurdle = models.ForeignKey(Hurdle, on_delete=models.PROTECT, related_name="policy_links", verbose_name=_("Hurdle"))

    class Meta:
        verbose_name = _("Hurdle")
        verbose_name_plural = _("Hurdles")
        ordering = ["hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "hurdle"], name="one_hurdle_a_policy")]

    def __str__(self) -> str:
        return str(self.hurdle)


@pghistory.track()
class PolicyCommonHurdle(models.Model):
    """A common hurdle that a policy resolves."""

    history_part = "policy"

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="common_hurdle_links")
    common_hurdle = models.ForeignKey(
        CommonHurdle, on_delete=models.PROTECT, related_name="policy_links", verbose_name=_("Common hurdle")
    )

    class Meta:
        verbose_name = _("Common hurdle")
        verbose_name_plural = _("Common hurdles")
        ordering = ["common_hurdle__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "common_hurdle"], name="one_common_hurdle_a_policy")]

    def __str__(self) -> str:
        return str(self.common_hurdle)


@pghistory.track()
class PolicyUnit(models.Model):
    """A unit that a policy binds, and whether it has adopted it."""

    history_part = "policy"

    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="unit_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="policy_links", verbose_name=_("Unit"))
    adopted = models.BooleanField(_("Has adopted it"), default=False)
    # Unknown where it was loaded.
    adopted_on = models.DateField(_("Adopted on"), null=True, blank=True)
    note = PlainTextField(_("What the unit does"), blank=True)

    class Meta:
        verbose_name = _("Unit bound by it")
        verbose_name_plural = _("Units bound by it")
        ordering = ["unit__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "unit"], name="one_unit_a_policy"),
            models.CheckConstraint(
                condition=Q(adopted=True) | Q(adopted_on__isnull=True), name="day_of_adoption_only_where_adopted"
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)
