"""The city's comprehensive plan 総合計画, to whose items visions and initiatives belong."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import SourcedModel
from apps.core.text import PlainCharField


class ComprehensivePlan(SourcedModel):
    """One plan over its years."""

    name = PlainCharField(_("Name"), max_length=200, unique=True)
    from_year = FiscalYearField(_("From fiscal year"))
    to_year = FiscalYearField(_("To fiscal year"))

    class Meta:
        verbose_name = _("Comprehensive plan")
        verbose_name_plural = _("Comprehensive plans")
        ordering = ["-from_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_year__lte=F("to_year")),
                name="plan_begins_before_it_ends",
                violation_error_message=_("A plan cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ComprehensivePlanItem(SourcedModel):
    """A measure 施策 of the plan, by its code such as 6-1-2."""

    plan = models.ForeignKey(
        ComprehensivePlan, on_delete=models.PROTECT, related_name="items", verbose_name=_("Comprehensive plan")
    )
    code = models.CharField(_("Code"), max_length=20)
    name = PlainCharField(_("Name"), max_length=200)

    class Meta:
        verbose_name = _("Item of the comprehensive plan")
        verbose_name_plural = _("Items of the comprehensive plan")
        ordering = ["plan", "code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_plan_item_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
