"""Numbers of records: prefix, fiscal year, four digits or more, never given twice."""

from django.db import models

from apps.core.fiscal import FiscalYear, FiscalYearField


class NumberSeries(models.Model):
    """The last number given in one series of one fiscal year."""

    prefix = models.CharField(max_length=4)
    fiscal_year = FiscalYearField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "fiscal_year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{int(self.fiscal_year)}-{self.last:04d}"


def next_number(prefix: str, fiscal_year: FiscalYear) -> str:
    """The next number of a series; the row stays locked until the caller's transaction ends, so there is no gap."""
    NumberSeries.objects.get_or_create(prefix=prefix, fiscal_year=fiscal_year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, fiscal_year=fiscal_year)
    series.last += 1
    series.save(update_fields=["last"])
    return str(series)
