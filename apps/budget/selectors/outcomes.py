"""Which outcome indicators lack the value of a year that has ended."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from apps.budget.choices import StageKind
from apps.budget.models import OutcomeIndicator, OutcomeValue
from apps.budget.selectors.editing import EDITABLE
from apps.budget.selectors.proposals import visible_to
from apps.core.fiscal import FiscalYear

# The accounts of a year are closed on 31 May 出納閉鎖 (地方自治法第235条の5): from then on it can be measured.
MEASURED_FROM = (6, 1)


def day_to_measure(year: FiscalYear) -> date:
    """From this day on the values of a year are asked for."""
    return date(year.year + 1, *MEASURED_FROM)


def unmeasured(user: Any, year: FiscalYear) -> QuerySet[OutcomeIndicator]:
    """Indicators of the own units' requests that are to be measured in this year and have no value of it."""
    proposals = visible_to(user).filter(requesting_unit__in=user.unit_ids, fiscal_year__lte=year)
    rows = OutcomeIndicator.objects.filter(
        ~Exists(OutcomeValue.objects.filter(indicator=OuterRef("pk"), fiscal_year=year)),
        proposal__in=proposals.exclude(stage__kind__in=(*EDITABLE, StageKind.DROPPED)),
        measured_until__gte=year,
    )
    return rows.select_related("proposal").order_by("proposal__project_code", "proposal", "order", "pk")
