"""What was measured of a proposal's outcome indicators, also years after the project."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.models import OutcomeIndicator, OutcomeValue
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.transitions import Unmet

MEASURED = declare_event("budget.outcome.measured", gettext_lazy("Outcome measured"))


def measure_outcome(
    *, indicator: OutcomeIndicator, fiscal_year: FiscalYear, value: Decimal, note: str = "", by: Any
) -> OutcomeValue:
    """Enters or mends what was measured in a year: from the year before the project, as its baseline, to the last."""
    require(by, "budget.measure_outcome", indicator.proposal)
    if fiscal_year > FiscalYear.of(clock.today()):
        raise Unmet(_("%(year)s has not begun: nothing can be measured yet.") % {"year": fiscal_year})
    first, last = indicator.proposal.fiscal_year.previous, indicator.measured_until
    if not first <= fiscal_year <= last:
        words = {"first": first, "last": last}
        raise Unmet(_("It is measured from %(first)s until %(last)s.") % words)
    with act(MEASURED, by=by):
        OutcomeIndicator.objects.select_for_update().get(pk=indicator.pk)
        there = OutcomeValue.objects.filter(indicator=indicator, fiscal_year=fiscal_year).first()
        measured = there or OutcomeValue(indicator=indicator, fiscal_year=fiscal_year, entered_by=by)
        if there is None or (there.value, there.note) != (value, note):
            measured.value, measured.note, measured.entered_by = value, note, by
            measured.save()
    return measured
