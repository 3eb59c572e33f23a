"""How many people of a profile are needed by year, in the whole city or in a unit group, and the estimates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.organization.models import Unit
from apps.training.models import Headcount, TalentProfile
from apps.training.selectors.present import UnitTree

SET = declare_event("training.profile.headcounts_set", gettext_lazy("Headcounts set"))


@dataclass(frozen=True)
class People:
    """What is said of one year: how many are needed, and how many there are by an estimate of a day."""

    needed: int | None
    estimated: int | None = None
    estimated_on: date | None = None


def set_headcounts(
    *,
    profile: TalentProfile,
    unit: Unit | None,
    years: Mapping[FiscalYear, People],
    by: Any,
    version: int,
    reason: str = "",
) -> TalentProfile:
    """Writes the given years of the whole city or of a unit group; a year of which nothing is said goes.

    Raises StaleVersion where somebody saved in the meantime, and Unmet for what cannot stand.
    """
    require(by, "training.set_headcounts", profile)
    for year, people in years.items():
        _refuse(year, people)
    with act(SET, by=by, reason=reason):
        if unit is not None:
            _refuse_overlap(profile, unit)
        save_version(profile, version=version, changes={})
        rows = {row.fiscal_year: row for row in Headcount.objects.filter(profile=profile, unit=unit)}
        for year, people in years.items():
            _write(rows.get(year) or Headcount(profile=profile, unit=unit, fiscal_year=year), people)
    return profile


def _refuse(year: FiscalYear, people: People) -> None:
    if people.needed is None and people.estimated is not None:
        raise Unmet(_("%(year)s: say how many people are needed, too.") % {"year": year})
    if people.estimated_on and people.estimated is None:
        raise Unmet(_("%(year)s: a day of the estimate needs the estimate itself.") % {"year": year})
    if people.estimated_on and people.estimated_on > clock.today():
        raise Unmet(_("%(year)s: the day of the estimate cannot be in the future.") % {"year": year})


def _refuse_overlap(profile: TalentProfile, unit: Unit) -> None:
    """A person sits in one group: no group lies within another."""
    tree = UnitTree()
    others = Unit.objects.filter(pk__in=profile.headcounts.exclude(unit=None).values("unit")).exclude(pk=unit.pk)
    for other in others:
        if other.pk in tree.way_up(unit.pk) or unit.pk in tree.way_up(other.pk):
            raise Unmet(
                _("%(unit)s and %(other)s lie within one another: people would be counted twice.")
                % {"unit": unit, "other": other}
            )


def _write(row: Headcount, people: People) -> None:
    """Only what is another one is written, so that the history tells what was changed."""
    if people.needed is None:
        if row.pk:
            row.delete()
        return
    said = {"needed": people.needed, "estimated": people.estimated, "estimated_on": people.estimated_on}
    if row.pk and said == {name: getattr(row, name) for name in said}:
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
