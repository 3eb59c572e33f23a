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


def next_numbers(prefix: str, fiscal_year: FiscalYear, count: int) -> list[str]:
    """So many numbers of a series at once, in their order; two queries, however many they are."""
    NumberSeries.objects.get_or_create(prefix=prefix, fiscal_year=fiscal_year)
    series = NumberSeries.objects.select_for_update().get(prefix=prefix, fiscal_year=fiscal_year)
    given = [str(NumberSeries(prefix=prefix, fiscal_year=fiscal_year, last=series.last + n + 1)) for n in range(count)]
    series.last += count
    series.save(update_fields=["last"])
    return given
