"""Outcome indicators whose value of the year that has ended waits to be entered."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.budget.selectors.outcomes import day_to_measure, unmeasured
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.waiting import Task
from apps.organization.permissions import is_staff_member

# So many of one kind make a day's work; the rest follows when these are done.
MOST = 100


def year_to_measure() -> FiscalYear | None:
    """The past year, from the day on which its values are asked for."""
    today = clock.today()
    year = FiscalYear.of(today).previous
    return year if today >= day_to_measure(year) else None


def outcomes_to_measure(user: Any) -> Iterable[Task]:
    """From June on, what a project has brought in the past year waits in the unit that asked for it."""
    year = year_to_measure()
    if year is None or not is_staff_member(user):
        return
    for indicator in unmeasured(user, year)[:MOST]:
        yield Task(
            title=_("Enter the outcome of %(year)s: %(name)s") % {"year": year, "name": indicator.name},
            note=str(indicator.proposal),
            since=day_to_measure(year),
            url=reverse("budget:proposal-outcomes", args=[indicator.proposal.address]),
            action=_("Enter"),
        )
