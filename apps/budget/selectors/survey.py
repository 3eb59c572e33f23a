"""What the intent survey 意向調査 of a year came to: sums, readiness, and who has not answered. Amounts in 千円."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from apps.budget.choices import Readiness
from apps.budget.models import Intent
from apps.budget.selectors.intents import intents_of_year
from apps.budget.selectors.proposals import WIDE_ROLES
from apps.core.fiscal import FiscalYear
from apps.organization.choices import CalendarKind
from apps.organization.models import CalendarEvent, Unit
from apps.organization.selectors import sections_today
from apps.organization.selectors.lineage import lineage_today

# The survey is one of July; a city that has its own day enters it in the calendar.
USUAL_END = (7, 31)


@dataclass(frozen=True)
class ReadinessRow:
    """The intents of one readiness; `label` is empty where nobody has said it."""

    value: int | None
    label: str
    count: int
    amount_k: int


@dataclass(frozen=True)
class Survey:
    """The survey of one year, as far as the person sees its answers: `is_whole` where that is all of them.

    Who has not answered is no secret: `silent` counts the whole city.
    """

    year: FiscalYear
    count: int
    amount_k: int
    without_amount: int
    rows: list[ReadinessRow]
    silent: int
    until: date
    is_assumed: bool
    is_whole: bool

    @property
    def year_text(self) -> str:
        """The year as an address names it."""
        return str(int(self.year))


def survey_of(fiscal_year: FiscalYear, user: Any) -> Survey:
    """Sums over the answers that `user` sees; four queries."""
    found = intents_of_year(fiscal_year, user).order_by().values("readiness")
    counted = found.annotate(count=Count("pk"), total=Sum("amount_k"), open=Count("pk", filter=Q(amount_k=None)))
    by_value = {row["readiness"]: row for row in counted}
    rows = [_row(value, by_value[value]) for value in (*Readiness.values, None) if value in by_value]
    until, is_assumed = survey_end(fiscal_year)
    return Survey(
        year=fiscal_year,
        count=sum(row.count for row in rows),
        amount_k=sum(row.amount_k for row in rows),
        without_amount=sum(row["open"] for row in by_value.values()),
        rows=rows,
        silent=sections_without_answer(fiscal_year).count(),
        until=until,
        is_assumed=is_assumed,
        is_whole=user.holds(*WIDE_ROLES),
    )


def _row(value: int | None, found: dict[str, Any]) -> ReadinessRow:
    label = str(Readiness(value).label) if value else ""
    return ReadinessRow(value, label, found["count"], found["total"] or 0)


def survey_end(fiscal_year: FiscalYear) -> tuple[date, bool]:
    """The last day of the survey for a year's budget, in the year before; whether it is assumed: 31 July."""
    days = CalendarEvent.objects.filter(fiscal_year=fiscal_year.previous, kind=CalendarKind.SURVEY)
    if event := days.order_by("-date").first():
        return event.date, False
    return date(int(fiscal_year.previous), *USUAL_END), True


def survey_days(fiscal_year: FiscalYear) -> tuple[date, date | None]:
    """The last day of the survey, and the day on which introduction plans for that year are handed in; one query."""
    kinds = (CalendarKind.SURVEY, CalendarKind.PRE_REVIEW)
    events = CalendarEvent.objects.filter(fiscal_year=fiscal_year.previous, kind__in=kinds)
    days: dict[str, list[date]] = {kind: [] for kind in kinds}
    for kind, day in events.values_list("kind", "date"):
        days[kind].append(day)
    until = max(days[CalendarKind.SURVEY], default=date(int(fiscal_year.previous), *USUAL_END))
    return until, min(days[CalendarKind.PRE_REVIEW], default=None)


def is_late_answer(intent: Intent) -> bool:
    """Whether it came after the survey of its year had ended."""
    return intent.answered_on > survey_end(intent.fiscal_year)[0]


def sections_without_answer(fiscal_year: FiscalYear) -> QuerySet[Unit]:
    """The sections of today that have answered nothing for a year; what a predecessor has answered counts."""
    answers = Intent.objects.filter(archived_at__isnull=True, fiscal_year=fiscal_year)
    lineage = lineage_today()
    answered = {lineage.now(unit) for unit in answers.order_by().values_list("unit", flat=True).distinct()}
    return sections_today().exclude(pk__in=answered)
