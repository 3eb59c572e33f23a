"""The year's budget at a glance: where the proposals stand, which days come, what waits. Queries are constant."""

from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from apps.budget.models import GrantProgramme
from apps.budget.selectors.appraisal import hidden_from, with_stage_shown
from apps.budget.selectors.requests import proposals_of_year
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.organization.choices import CalendarKind
from apps.organization.models import CalendarEvent

OF_THE_BUDGET = (
    CalendarKind.BUDGET,
    CalendarKind.PRE_REVIEW,
    CalendarKind.GRANT,
    CalendarKind.SUPPLEMENTARY,
    CalendarKind.COUNCIL,
)


def stage_counts(fiscal_year: FiscalYear, user: Any) -> list[dict[str, Any]]:
    """Proposals by the stage that `user` may know of, in the order of the stages; the rest has no name."""
    asked, secret = proposals_of_year(fiscal_year, user), hidden_from(user)
    hidden = asked.filter(secret).count() if secret else 0
    open_to_user = asked.exclude(secret) if secret else asked
    rows = open_to_user.order_by("stage__order").values("stage__name").annotate(count=Count("pk"))
    told = [{"name": row["stage__name"], "count": row["count"]} for row in rows]
    return [*told, *([{"name": "", "count": hidden}] if hidden else [])]


def decided(fiscal_year: FiscalYear, user: Any) -> dict[str, int]:
    """What was appraised or budgeted of the year's proposals, of how many of them, as far as `user` may know."""
    rows = with_stage_shown(proposals_of_year(fiscal_year, user), user).order_by().values("decided_k")
    return rows.aggregate(amount_k=Coalesce(Sum("decided_k"), 0), count=Count("decided_k"), of=Count("pk"))


def coming_days(limit: int = 6) -> QuerySet[CalendarEvent]:
    """The next days of the city's calendar that concern the budget."""
    return CalendarEvent.objects.filter(date__gte=clock.today(), kind__in=OF_THE_BUDGET)[:limit]


def closing_next(limit: int = 5) -> QuerySet[GrantProgramme]:
    """The calls that close next."""
    calls = GrantProgramme.objects.filter(archived_at__isnull=True, closes_on__gte=clock.today())
    return calls.order_by("closes_on", "pk")[:limit]


def hours_asked(fiscal_year: FiscalYear, user: Any) -> int:
    """Hours a year that the year's proposals mean to return to staff."""
    return proposals_of_year(fiscal_year, user).aggregate(total=Sum("hours_saved"))["total"] or 0
