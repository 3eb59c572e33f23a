"""Reads of how far hurdles have come: what waits for a word, what stands still, who holds the next action."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from apps.core import clock
from apps.hurdles.choices import OPEN, Health, HurdleStatus, MoveState
from apps.hurdles.models import Hurdle, Resolution, TargetMove
from apps.hurdles.selectors.hurdles import visible_to
from apps.organization.permissions import is_secretariat, is_staff_member
from apps.organization.selectors import people_of

# Nothing heard of it for so long: it stands still.
STILL_DAYS = 60
# Before these nobody has taken the hurdle up, or the section has to answer first.
_TAKEN_UP = [state for state in OPEN if state not in {HurdleStatus.SUBMITTED, HurdleStatus.RETURNED}]


def stalled_hurdles(user: Any) -> QuerySet[Hurdle]:
    """Visible open hurdles, once taken up, of which nothing was heard for 60 days or that are said to be stalled."""
    return stalled(visible_to(user))


def stalled(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `hurdles` that stand still."""
    return with_last_word(hurdles).filter(is_stalled())


def with_last_word(hurdles: QuerySet[Any]) -> QuerySet[Any]:
    """Adds `heard_on`, which `is_stalled` asks for. PostgreSQL's GREATEST passes over days that are not known."""
    return hurdles.alias(heard_on=Greatest("progressed_on", "status_since", "reported_on"))


def is_stalled() -> Q:
    """That a hurdle stands still, as a condition."""
    last = clock.today() - timedelta(days=STILL_DAYS)
    return Q(status__in=_TAKEN_UP) & (Q(heard_on__lte=last) | Q(health=Health.STALLED))


def waiting_move(hurdle: Hurdle) -> TargetMove | None:
    """The later date that waits for the secretariat."""
    return hurdle.target_moves.filter(state=MoveState.WAITING).select_related("asked_by").first()


def waiting_resolution(hurdle: Hurdle) -> Resolution | None:
    """The resolution at which a second person has still to look."""
    return hurdle.resolutions.filter(confirmed__isnull=True).select_related("proposed_by").first()


def resolution_to_ask(hurdle: Hurdle) -> Resolution | None:
    """The resolution of which it is asked now whether it has lasted."""
    if hurdle.status != HurdleStatus.RESOLVED:
        return None
    return hurdle.resolutions.filter(lasts__isnull=True, ask_again_on__lte=clock.today()).first()


def next_action_holders(hurdle: Hurdle) -> list[Any]:
    """Who holds the post of the next action today."""
    if not hurdle.next_action_unit_id:
        return []
    return people_of(hurdle.next_action_unit, hurdle.next_action_role)


def next_actions_of(user: Any) -> QuerySet[Hurdle]:
    """Visible open hurdles whose next action is that of a post which `user` holds today."""
    posts = Q(pk__in=[])
    for role in user.roles_today:
        posts |= Q(next_action_unit=role.unit_id, next_action_role=role.kind)
    return visible_to(user).filter(posts, status__in=OPEN).exclude(next_action="")


def owned_by(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles that the units of `user` own; readers alone own nothing."""
    units = user.unit_ids if is_staff_member(user) else ()
    return visible_to(user).filter(owning_unit__in=units)


def late_hurdles(user: Any) -> QuerySet[Hurdle]:
    """Open hurdles of the own units whose promised date has passed."""
    return owned_by(user).filter(status__in=OPEN, target_date__lt=clock.today())


def moves_to_decide(user: Any) -> QuerySet[TargetMove]:
    """Later dates that wait for the secretariat."""
    waiting = TargetMove.objects.filter(state=MoveState.WAITING, hurdle__status__in=OPEN)
    if not is_secretariat(user):
        return waiting.none()
    return waiting.filter(hurdle__in=visible_to(user)).select_related("hurdle", "hurdle__owning_unit")


def resolutions_to_confirm(user: Any, states: tuple[str, ...]) -> QuerySet[Resolution]:
    """Resolutions that wait for `user` as second person: promoter or manager of the reporting unit, secretariat."""
    waiting = Resolution.objects.filter(confirmed__isnull=True, hurdle__status__in=states).exclude(proposed_by=user.pk)
    if not is_secretariat(user):
        waiting = waiting.filter(hurdle__reporting_unit__in=_units_led_by(user))
    return waiting.filter(hurdle__in=visible_to(user)).select_related("hurdle", "hurdle__reporting_unit")


def _units_led_by(user: Any) -> list[int]:
    return [role.unit_id for role in user.roles_today if role.kind in {"promoter", "manager"} and role.unit_id]


def resolutions_to_ask(user: Any) -> QuerySet[Resolution]:
    """Resolutions of hurdles of the own units of which it is asked now whether they have lasted."""
    due = Resolution.objects.filter(lasts__isnull=True, ask_again_on__lte=clock.today())
    return due.filter(hurdle__status=HurdleStatus.RESOLVED, hurdle__in=owned_by(user)).select_related("hurdle")
