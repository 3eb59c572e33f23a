"""Reads of common hurdles: all who hold a role see them, and of their members those that are open to them."""

from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from apps.hurdles.choices import CLOSED, HurdleStatus
from apps.hurdles.models import AffectedUnit, CommonHurdle, CommonHurdleMember, Endorsement, Theme
from apps.hurdles.selectors.hurdles import hurdle_list, visible_to
from apps.hurdles.selectors.reach import adding_hours
from apps.organization.models import Unit
from apps.organization.permissions import holds_any_role
from apps.organization.selectors import sections_today

# The survivor stands in a bundle for its duplicate.
_STANDING = ~Q(hurdle__status=HurdleStatus.MERGED) & Q(hurdle__archived_at__isnull=True)


def common_hurdles(user: Any) -> QuerySet[CommonHurdle]:
    """All common hurdles, for whoever holds a role."""
    every = CommonHurdle.objects.filter(archived_at__isnull=True)
    return every if holds_any_role(user) else every.none()


def common_hurdle_list(user: Any) -> QuerySet[Any]:
    """Common hurdles with what a row shows.

    `members` and `members_open` count every member: how many a record of the whole city has is no secret. `hours`
    (a year, of the members and of "ours too") and `units` (touched; each section of today where one member touches
    all) come from the visible ones.
    """
    members = CommonHurdleMember.objects.filter(_STANDING, common_hurdle=OuterRef("pk"))
    seen = members.filter(hurdle__in=visible_to(user))
    return (
        common_hurdles(user)
        .select_related("lead_unit")
        .annotate(
            members=_of_members(members, Count("pk")),
            members_open=_of_members(members.exclude(hurdle__status__in=CLOSED), Count("pk")),
            hours_own=_of_members(seen, Sum("hurdle__hours_lost")),
            hours_theirs=_hours_theirs(user),
            touches_all=Exists(seen.filter(hurdle__affects_all_units=True)),
            units=Case(
                When(touches_all=True, then=Value(sections_today().count())),
                default=_units_touched(user),
            ),
        )
        .annotate(hours=F("hours_own") + F("hours_theirs"))
    )


def _of_members(members: QuerySet[CommonHurdleMember], value: Any) -> Coalesce:
    """An aggregate over the members of one common hurdle, by itself, so that joins multiply nothing."""
    rows = members.order_by().values("common_hurdle")
    return Coalesce(Subquery(rows.annotate(value=value).values("value")), 0)


def _hours_theirs(user: Any) -> Coalesce:
    """What the sections lose that say "ours too" to the visible members."""
    said = _of_seen(Endorsement, OuterRef("pk"), user)
    rows = said.annotate(one=Value(1)).values("one").annotate(value=Sum("hours_lost"))
    return Coalesce(Subquery(rows.values("value")), 0)


def _of_seen(model: Any, common_hurdle: Any, user: Any) -> QuerySet[Any]:
    """The rows of `model` that belong to the visible members of one common hurdle."""
    here = {"hurdle__common_hurdle_links__common_hurdle": common_hurdle}
    return model.objects.filter(_STANDING, **here, hurdle__in=visible_to(user)).order_by()


def _units_touched(user: Any) -> Coalesce:
    """The units that the visible members touch, each once."""
    here = OuterRef(OuterRef("pk"))
    members = CommonHurdleMember.objects.filter(_STANDING, common_hurdle=here, hurdle__in=visible_to(user)).order_by()
    touched = Unit.objects.filter(
        Q(pk__in=members.values("hurdle__reporting_unit"))
        | Q(pk__in=_of_seen(AffectedUnit, here, user).values("unit"))
        | Q(pk__in=_of_seen(Endorsement, here, user).values("unit"))
    ).order_by()
    rows = touched.annotate(one=Value(1)).values("one").annotate(value=Count("pk"))
    return Coalesce(Subquery(rows.values("value")), 0)


def members_seen(common_hurdle: CommonHurdle, user: Any) -> QuerySet[Any]:
    """The members that `user` may see, in the order of their numbers, with the hours of all sections."""
    standing = hurdle_list(user).exclude(status=HurdleStatus.MERGED)
    return adding_hours(standing.filter(common_hurdle_links__common_hurdle=common_hurdle)).order_by("number", "pk")


def with_theme(common: QuerySet[Any], theme: Theme, user: Any) -> QuerySet[Any]:
    """Those of `common` that bundle a hurdle of this theme which `user` sees."""
    members = CommonHurdleMember.objects.filter(_STANDING, common_hurdle=OuterRef("pk"), hurdle__in=visible_to(user))
    return common.filter(Exists(members.filter(hurdle__themes=theme)))


def may_be_bundled(user: Any) -> QuerySet[Any]:
    """The visible hurdles that can become members: submitted, and not merged into another one."""
    return hurdle_list(user).exclude(status__in=(HurdleStatus.DRAFT, HurdleStatus.MERGED))
