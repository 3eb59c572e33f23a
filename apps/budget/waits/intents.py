"""The intent survey, which waits for the sections that have not answered it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.budget.selectors import request_year
from apps.budget.selectors.plans_waiting import WRITERS, units_held_as
from apps.budget.selectors.survey import sections_without_answer, survey_days
from apps.core import clock
from apps.core.waiting import Task
from apps.organization.permissions import is_staff_member

# So many days before its last day the survey appears.
SOON = timedelta(days=31)


def intents_to_answer(user: Any) -> Iterable[Task]:
    """A section without an answer: for its promoter and its manager, until introduction plans are handed in."""
    units = units_held_as(user, *WRITERS) if is_staff_member(user) else None
    if not units:
        return
    year, today = request_year(), clock.today()
    until, plans_by = survey_days(year)
    if not until - SOON <= today <= max(until, plans_by or until):
        return
    for section in sections_without_answer(year).filter(pk__in=units):
        yield Task(
            title=_("Answer the intent survey for %(year)s") % {"year": year},
            note=_("%(section)s has not said yet what it means to start.") % {"section": section},
            due=until,
            url=reverse("budget:intent-create"),
            action=_("Answer the intent survey"),
        )
