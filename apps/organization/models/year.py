"""What a city sets for each fiscal year: its roundings and its calendar."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.core.fiscal import FiscalYearField
from apps.core.models import SourcedModel
from apps.core.money import Rounding
from apps.core.text import PlainCharField
from apps.organization.choices import CalendarKind, RoundingPer


@pghistory.track()
class FiscalYearRules(models.Model):
    """How yen become 千円 in one year's budget (設定は各年度の予算要求要領による)."""

    fiscal_year = FiscalYearField(_("Fiscal year"), unique=True)
    expenditure_rounding = models.CharField(
        _("Rounding of expenditure"), max_length=10, choices=Rounding.choices, default=Rounding.UP
    )
    expenditure_per = models.CharField(
        _("Expenditure is rounded"), max_length=10, choices=RoundingPer.choices, default=RoundingPer.ITEM
    )
    subsidy_rounding = models.CharField(
        _("Rounding of subsidies"), max_length=10, choices=Rounding.choices, default=Rounding.DOWN
    )
    bond_unit_k = models.PositiveIntegerField(_("Unit of bonds (thousand yen)"), default=100)

    class Meta:
        verbose_name = _("Rules of a fiscal year")
        verbose_name_plural = _("Rules of fiscal years")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return str(self.fiscal_year)


class CalendarEvent(SourcedModel):
    """A day in the city's year: deadlines, meetings, stages of the budget."""

    fiscal_year = FiscalYearField(_("Fiscal year"))
    date = models.DateField(_("Date"))
    title = PlainCharField(_("Title"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=20, choices=CalendarKind.choices)

    class Meta:
        verbose_name = _("Day in the calendar")
        verbose_name_plural = _("Days in the calendar")
        ordering = ["date", "pk"]
        constraints = [models.UniqueConstraint(fields=["date", "title"], name="one_calendar_event_a_day")]

    def __str__(self) -> str:
        return self.title
