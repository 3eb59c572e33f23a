"""The days of the city's calendar on which a stage ends or begins, by the names that the calendar has for them."""

from collections.abc import Iterable
from datetime import date

from apps.budget.choices import StageKind
from apps.budget.models import BudgetStage
from apps.core.fiscal import FiscalYear
from apps.organization.models import CalendarEvent

REQUEST_CLOSES = "予算要求の提出期限"
REVIVAL_CLOSES = "復活要求の期限"
# Of the other stages the calendar's title begins with the stage's name, such as 財政課ヒアリングの開始.
TITLES: dict[str, str] = {StageKind.REQUEST: REQUEST_CLOSES, StageKind.REVIVAL: REVIVAL_CLOSES}


def day_called(fiscal_year: FiscalYear, *titles: str) -> date | None:
    """The last day of this name in the year in which the budget of `fiscal_year` is made."""
    events = CalendarEvent.objects.filter(fiscal_year=fiscal_year.previous, title__in=titles)
    return events.order_by("-date").values_list("date", flat=True).first()


def request_closes(fiscal_year: FiscalYear) -> date | None:
    """Until when the year's requests are handed in."""
    return day_called(fiscal_year, REQUEST_CLOSES)


def revival_closes(fiscal_year: FiscalYear) -> date | None:
    """Until when one may ask again for what was cut 復活要求."""
    return day_called(fiscal_year, REVIVAL_CLOSES)


def notice_day(fiscal_year: FiscalYear) -> date | None:
    """The day on which the result is to be told 内示: the calendar calls it as the stage is called."""
    names = BudgetStage.objects.filter(kind=StageKind.NOTICE).values_list("name", flat=True)
    return day_called(fiscal_year, *names)


def planned_days(fiscal_year: FiscalYear, stages: Iterable[BudgetStage]) -> dict[int, date]:
    """The day that the calendar has for each of the stages, by the stage's key; the last one of several."""
    days = CalendarEvent.objects.filter(fiscal_year=fiscal_year.previous).order_by("date").values_list("title", "date")
    told = [(stage.pk, TITLES.get(stage.kind, stage.name)) for stage in stages]
    return {key: day for title, day in days for key, name in told if title.startswith(name)}
