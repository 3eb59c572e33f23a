"""How far hurdles reach: the units that they touch, and the hours that they cost all sections together.

Touched are the reporting unit, the affected units, and the units that say "ours too"; every section of today where a
hurdle affects all. The hours are the hurdle's own and those of "ours too".
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from apps.hurdles.models import AffectedUnit, Endorsement, Hurdle
from apps.organization.models import Unit
from apps.organization.selectors import sections_today


def touched_by(hurdles: QuerySet[Hurdle]) -> QuerySet[Unit]:
    """The units that these hurdles touch, each once, in the order of the administration."""
    links = [model.objects.filter(hurdle__in=hurdles.order_by().values("pk")) for model in (AffectedUnit, Endorsement)]
    said = Q(pk__in=hurdles.order_by().values("reporting_unit"))
    for each in links:
        said |= Q(pk__in=each.order_by().values("unit"))
    return Unit.objects.filter(said).order_by("order", "pk")


def adding_hours(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `hours_theirs`, what the sections that say "ours too" lose, and `hours_together` with the own loss."""
    rows = Endorsement.objects.filter(hurdle=OuterRef("pk")).order_by().values("hurdle")
    theirs: Combinable = Coalesce(Subquery(rows.annotate(hours=Sum("hours_lost")).values("hours")), 0)
    return hurdles.annotate(hours_theirs=theirs).annotate(
        hours_together=F("hours_theirs") + Coalesce(F("hours_lost"), 0)
    )


@dataclass(frozen=True)
class Reach:
    """How many hurdles, what they cost a year, and how many units they touch."""

    hurdles: int
    hours: int
    units: int


def reach_of(hurdles: QuerySet[Any]) -> Reach:
    """The reach of these hurdles together."""
    sums = adding_hours(hurdles.order_by()).aggregate(
        number=Count("pk"), hours=Sum("hours_together"), every=Count("pk", filter=Q(affects_all_units=True))
    )
    touched = sections_today() if sums["every"] else touched_by(hurdles)
    return Reach(sums["number"], sums["hours"] or 0, touched.count())
