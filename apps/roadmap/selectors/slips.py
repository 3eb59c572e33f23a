"""By how much a day has slipped, in the words of a plan: whole months, and days where it is less than one."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Slip:
    """From the day of a baseline to that of today's plan; what comes earlier is negative."""

    old: date
    new: date

    @property
    def days(self) -> int:
        return (self.new - self.old).days

    @property
    def months(self) -> int:
        """Whole months between the two days; from one last day of a month to another is whole, 31 March to 30 June."""
        sign = 1 if self.new >= self.old else -1
        first, last = min(self.old, self.new), max(self.old, self.new)
        months = (last.year - first.year) * 12 + last.month - first.month
        is_last_day = last.day == monthrange(last.year, last.month)[1]
        return sign * (months - (last.day < first.day and not is_last_day))

    @property
    def is_late(self) -> bool:
        return self.days > 0

    @property
    def words(self) -> str:
        """3か月遅れ, 12日前倒し; empty where nothing has moved."""
        if not self.days:
            return ""
        months, days = abs(self.months), abs(self.days)
        if months:
            length = ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
        else:
            length = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        return (_("%(length)s late") if self.is_late else _("%(length)s early")) % {"length": length}


def slip(old: date | None, new: date | None) -> Slip | None:
    """None where one of the two days is unknown or nothing has moved."""
    return Slip(old, new) if old and new and old != new else None
