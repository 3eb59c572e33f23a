"""Reads of the intent survey; intents are seen like proposals. Amounts in 千円."""

from typing import Any

from django.db.models import QuerySet

from apps.budget.models import Intent
from apps.budget.selectors.proposals import open_to
from apps.core.fiscal import FiscalYear


def visible_intents(user: Any) -> QuerySet[Intent]:
    """The intents that `user` may see, with their sections."""
    intents = Intent.objects.filter(archived_at__isnull=True).select_related("unit")
    return open_to(user, intents, unit="unit")


def intents_of_year(fiscal_year: FiscalYear, user: Any) -> QuerySet[Intent]:
    """The visible intents that are to start in one year."""
    return visible_intents(user).filter(fiscal_year=fiscal_year)


def intent_years() -> list[FiscalYear]:
    """The years in which intents are to start, newest first."""
    years = Intent.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return list(years)
