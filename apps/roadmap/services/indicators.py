"""The indicators of visions and initiatives: what is measured, the targets by year, and what was measured.

Each write is one act in the history of what the indicator measures. A change names what its form showed (`seen`): where
somebody has changed the indicator or a year of it since, nothing is written over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.record_kinds import record_kinds, title_of
from apps.core.registry import Event
from apps.core.transitions import Unmet
from apps.roadmap.models import Indicator, IndicatorValue, Initiative, Vision

ADDED = declare_event("roadmap.indicator.added", gettext_lazy("Indicator added"))
CHANGED = declare_event("roadmap.indicator.changed", gettext_lazy("Indicator changed"))
REMOVED = declare_event("roadmap.indicator.removed", gettext_lazy("Indicator removed"))
RECORDED = declare_event("roadmap.actual.recorded", gettext_lazy("Actual recorded"))

Targets = Mapping[FiscalYear, Decimal | None]


@dataclass(frozen=True)
class Actual:
    """What was measured of one year: nothing is missing and not zero."""

    value: Decimal | None
    measured_on: date | None = None
    note: str = ""


class StaleIndicator(Exception):
    """Somebody has changed this indicator after the form was shown; `present` is what stands there now."""

    def __init__(self, present: Indicator) -> None:
        super().__init__(str(present))
        self.present = present


def seen_as(indicator: Indicator) -> str:
    """A mark of what an indicator and its years say now, which its forms carry until they are saved."""
    rows: list[Any] = [indicator, *sorted(indicator.values.all(), key=lambda value: value.fiscal_year)]
    values = [_said(row, field) for row in rows for field in row._meta.concrete_fields]
    return sha256("\x1f".join(values).encode()).hexdigest()[:16]


def _said(row: Any, field: Any) -> str:
    """A value of a row, the same whether it comes from the database or was just set: 3 is 3.000."""
    value = field.to_python(getattr(row, field.attname))
    return str(value.normalize() if isinstance(value, Decimal) else value)


def add_indicator(
    *, owner: Vision | Initiative, values: Mapping[str, Any], targets: Targets, by: Any, reason: str = ""
) -> Indicator:
    """One more number by which a vision or an initiative is measured. What is there already is not added twice."""
    require(by, _editing(owner), owner)
    with act(ADDED, by=by, reason=reason):
        _lock(owner)
        there = owner.indicators.filter(**values).first()
        if there is not None:
            return there
        last = owner.indicators.aggregate(last=Max("order"))["last"]
        indicator = owner.indicators.create(order=0 if last is None else last + 1, **values)
        _set_targets(indicator, targets)
        _tell(owner, ADDED, _("%(title)s is measured by “%(name)s” from now on."), indicator, by)
    return indicator


def change_indicator(
    *, indicator: Indicator, seen: str, values: Mapping[str, Any], targets: Targets, by: Any, reason: str = ""
) -> Indicator:
    """Another name, unit, baseline or source, and other targets; the actuals stay."""
    owner = indicator.owner
    require(by, _editing(owner), owner)
    with act(CHANGED, by=by, reason=reason):
        present = _present(indicator, seen)
        for name, value in values.items():
            setattr(present, name, value)
        present.save()
        _set_targets(present, targets)
        _tell(owner, CHANGED, _("The indicator “%(name)s” of %(title)s was changed."), present, by)
    return present


def remove_indicator(*, indicator: Indicator, reason: str, by: Any) -> None:
    """It measures nothing any more; what it said stays in the history."""
    owner = indicator.owner
    require(by, _editing(owner), owner)
    if not reason.strip():
        raise Unmet(_("Say why it is removed."))
    with act(REMOVED, by=by, reason=reason):
        _lock(owner)
        _tell(owner, REMOVED, _("The indicator “%(name)s” of %(title)s was removed."), indicator, by)
        indicator.delete()


def record_actuals(
    *, indicator: Indicator, seen: str, actuals: Mapping[FiscalYear, Actual], by: Any, reason: str = ""
) -> Indicator:
    """What was measured, by year. A year that has not begun is refused; an emptied value is missing again."""
    owner = indicator.owner
    require(by, _recording(owner), owner)
    for year, actual in actuals.items():
        _check(year, actual)
    with act(RECORDED, by=by, reason=reason):
        present = _present(indicator, seen)
        for year, actual in actuals.items():
            given = {"actual": actual.value, "measured_on": actual.measured_on, "note": actual.note}
            _set_year(present, year, given)
        _tell(owner, RECORDED, _("What was measured of “%(name)s” was recorded for %(title)s."), present, by)
    return present


def _editing(owner: Any) -> str:
    return "roadmap.edit_vision_indicators" if isinstance(owner, Vision) else "roadmap.edit_initiative_indicators"


def _recording(owner: Any) -> str:
    return "roadmap.edit_vision_indicators" if isinstance(owner, Vision) else "roadmap.record_actual"


def _lock(owner: Any) -> None:
    """The row stays locked, so that a second click finds what the first one wrote."""
    type(owner)._base_manager.select_for_update().get(pk=owner.pk)


def _present(indicator: Indicator, seen: str) -> Indicator:
    """What stands there now, locked; StaleIndicator where it is not what the form showed."""
    present = Indicator.objects.select_for_update().get(pk=indicator.pk)
    if seen_as(present) != seen:
        raise StaleIndicator(present)
    return present


def _check(year: FiscalYear, actual: Actual) -> None:
    given = actual.value is not None
    if given and year > FiscalYear.of(clock.today()):
        raise Unmet(_("%(year)s has not begun: nothing can have been measured in it.") % {"year": year})
    if actual.measured_on and not given:
        raise Unmet(_("%(year)s has a day of measuring but no actual.") % {"year": year})
    if actual.measured_on and actual.measured_on > clock.today():
        raise Unmet(_("%(year)s: the day of measuring cannot be in the future.") % {"year": year})


def _set_targets(indicator: Indicator, targets: Targets) -> None:
    for year, target in targets.items():
        _set_year(indicator, year, {"target": target})


def _set_year(indicator: Indicator, year: FiscalYear, given: dict[str, Any]) -> None:
    """Writes what a year says now; what is as before leaves no trace, what says nothing any more goes."""
    value = indicator.values.filter(fiscal_year=year).first()
    value = value or IndicatorValue(indicator=indicator, fiscal_year=year)
    before = {name: getattr(value, name) for name in given}
    if before == given:
        return
    for name, each in given.items():
        setattr(value, name, each)
    if value.target is None and value.actual is None and not value.note:
        if value.pk:
            value.delete()
        return
    value.save()


def _tell(owner: Any, event: Event, words: str, indicator: Indicator, by: Any) -> None:
    """Those who watch the vision or the initiative, where this kind of record can be watched."""
    if owner._meta.label_lower in record_kinds:
        tell_watchers(owner, event=event, text=words % {"title": title_of(owner), "name": indicator.name}, by=by)
