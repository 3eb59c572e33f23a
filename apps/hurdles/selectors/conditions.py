"""By what one picks hurdles out of a list: each takes rows and gives those of them that meet a condition."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from apps.core import clock
from apps.core.models import Watch
from apps.hurdles.choices import OPEN, MoveState, Route
from apps.hurdles.models import (
    AffectedUnit,
    CommonHurdleMember,
    Endorsement,
    Hurdle,
    LegalBasis,
    LegalLevel,
    TargetMove,
)
from apps.hurdles.selectors.course import is_stalled, with_last_word
from apps.hurdles.selectors.voices import AWAITED, owner_view_exists
from apps.organization.models import Unit
from apps.organization.selectors.lineage import units_rolled_up_to

MANY_HOURS = 1000

# Who has to move so that every basis of a hurdle can change, the farthest first.
NATION, PREFECTURE, COUNCIL, CITY = "nation", "prefecture", "council", "city"
ROUTES: Mapping[str, tuple[str, ...]] = {
    NATION: (Route.POLICY_REQUEST,),
    PREFECTURE: (Route.PREFECTURE_REQUEST,),
    COUNCIL: (Route.COUNCIL_BILL,),
    CITY: (Route.INTERNAL_RULE, Route.INTERNAL_DECISION),
}


def is_changed_by(who: str) -> Q:
    """Whose act is the farthest that the legal bases of a hurdle ask for; a hurdle without basis asks for none."""
    farther = [route for each, routes in ROUTES.items() for route in routes if _rank(each) < _rank(who)]
    bases = LegalBasis.objects.filter(hurdle=OuterRef("pk"))
    own = Q(Exists(bases.filter(level__route__in=ROUTES[who])))
    return own & ~Q(Exists(bases.filter(level__route__in=farther))) if farther else own


def _rank(who: str) -> int:
    return list(ROUTES).index(who)


def is_open() -> Q:
    return Q(status__in=OPEN)


def has_no_date() -> Q:
    return Q(target_date__isnull=True)


def is_overdue() -> Q:
    """Its promised day has passed, and somebody still has to do something."""
    return is_open() & Q(target_date__lt=clock.today())


def slipped_hurdles(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """Those whose promised date was moved at least once."""
    moves = TargetMove.objects.filter(hurdle=OuterRef("pk"), old_date__isnull=False, state=MoveState.AGREED)
    return hurdles.filter(Exists(moves))


def watched_hurdles(hurdles: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return hurdles.filter(Exists(Watch.objects.filter(kind="hurdles.hurdle", record=OuterRef("uid"), person=user)))


def bundled_hurdles(hurdles: QuerySet[Any], *, bundled: bool) -> QuerySet[Any]:
    """Those that a common hurdle bundles, or those that none does."""
    links = CommonHurdleMember.objects.filter(hurdle=OuterRef("pk"), common_hurdle__archived_at__isnull=True)
    return hurdles.filter(Exists(links) if bundled else ~Exists(links))


def endorsed_by_nobody(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    return hurdles.filter(~Exists(Endorsement.objects.filter(hurdle=OuterRef("pk"))))


def hurdles_affecting(hurdles: QuerySet[Any], unit: Unit) -> QuerySet[Any]:
    """Those that touch this unit or one that it has taken over, or every unit."""
    links = AffectedUnit.objects.filter(hurdle=OuterRef("pk"), unit__in=units_rolled_up_to(unit))
    return hurdles.filter(Q(affects_all_units=True) | Q(Exists(links)))


def hurdles_on_level(hurdles: QuerySet[Any], level: LegalLevel | None) -> QuerySet[Any]:
    """Those of which a legal basis is of this level; None: those that have no basis."""
    bases = LegalBasis.objects.filter(hurdle=OuterRef("pk"))
    return hurdles.filter(Exists(bases.filter(level=level)) if level else ~Exists(bases))


def hurdles_older_than(hurdles: QuerySet[Any], days: int) -> QuerySet[Any]:
    return hurdles.filter(reported_on__lte=clock.today() - timedelta(days=days))


def hurdles_changed_since(hurdles: QuerySet[Any], day: date) -> QuerySet[Any]:
    return hurdles.filter(updated_at__gte=clock.start_of(day))


def standard_counts(hurdles: QuerySet[Hurdle]) -> dict[str, int]:
    """How many of these hurdles each standard search of the list finds.

    What hangs on other rows is counted by itself: as a filter it is one join, as a column it is a look-up for each row.
    """
    found = with_last_word(hurdles).order_by().filter(is_open())
    columns = {
        "open": is_open(),
        "costly": is_open() & Q(hours_lost__gte=MANY_HOURS),
        "overdue": is_overdue(),
        "stalled": is_stalled(),
    }
    counts = {f"count_{name}": Count("pk", filter=condition) for name, condition in columns.items()}
    numbers = {name.removeprefix("count_"): count for name, count in found.aggregate(**counts).items()}
    numbers["awaited"] = found.filter(owner_view_exists(AWAITED)).count()
    numbers["city"] = found.filter(is_changed_by(CITY)).count()
    return numbers


def count_of_status(hurdles: QuerySet[Any]) -> dict[str, int]:
    """How many of these hurdles are in each state; states without hurdles are missing."""
    return dict(hurdles.order_by().values_list("status").annotate(Count("pk")))


def cards_by_status(hurdles: QuerySet[Any], most: int) -> dict[str, list[Any]]:
    """The severest hurdles of each state, at most so many of each, in two queries however many there are."""
    severest = [F("severity").desc(nulls_last=True), F("hours_lost").desc(nulls_last=True), F("pk").asc()]
    place = Window(RowNumber(), partition_by="status", order_by=severest)
    first = hurdles.order_by().annotate(place=place).filter(place__lte=most).values_list("pk", flat=True)
    rows = Hurdle.objects.filter(pk__in=list(first)).select_related("owning_unit").order_by(*severest)
    cards: dict[str, list[Any]] = {}
    for row in rows:
        cards.setdefault(row.status, []).append(row)
    return cards
