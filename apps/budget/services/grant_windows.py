"""The window of a call: announced, closed, and the next call a year later."""

from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import GrantStatus, WindowKind
from apps.budget.models import GrantProgramme, GrantRequirement, Proposal
from apps.budget.selectors.backward import a_year_later
from apps.budget.selectors.riding import day_words, moved_days, riding, unseen_days
from apps.budget.services.grants import DAYS, WINDOW, check_grant, first_status
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.notices import tell_watchers
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.organization.choices import RoleKind
from apps.organization.models import Role, User

ANNOUNCED = declare_event("budget.grant.announced", gettext_lazy("Days announced"))
CLOSED = declare_event("budget.grant.closed", gettext_lazy("Closed"))
CONTINUED = declare_event("budget.grant.continued", gettext_lazy("Next call entered"))
DAYS_SEEN = declare_event("budget.proposal.grant_days_seen", gettext_lazy("Announced days taken note of"))

# What is another call's own and not taken over by the next one.
OWN = {"id", "uid", "version", "number", "source_key", "archived_at", "created_at", "updated_at", "search_key"}


def announce_grant(
    *, grant: GrantProgramme, version: int, values: dict[str, Any], source: str, by: Any
) -> GrantProgramme:
    """The real days of a call. What was assumed is kept, and every proposal that rides on it looks at them anew."""
    require(by, "budget.announce_grant", grant)
    if grant.window == WindowKind.CLOSED:
        raise Unmet(_("This call is closed. Enter the next one instead."))
    if not source.strip():
        raise Unmet(_("Say where the days were announced."))
    if not values.get("closes_on"):
        raise Unmet(_("Say by which day one has to apply."))
    sources = [*grant.sources, *({source} - {*grant.sources})]
    kept = grant.assumed_days or {name: _iso(getattr(grant, name)) for name in DAYS if getattr(grant, name)}
    changes = {**values, "window": WindowKind.ANNOUNCED, "checked_on": clock.today(), "sources": sources}
    changes["assumed_days"] = kept
    wanted = copy(grant)
    for name, value in changes.items():
        setattr(wanted, name, value)
    check_grant(wanted)
    with act(ANNOUNCED, by=by):
        save_version(grant, version=version, changes=changes)
        riding(grant).filter(grant_dates_seen_on__isnull=False).update(grant_dates_seen_on=None)
        text = _announced_words(grant)
        tell_watchers(grant, event=ANNOUNCED, text=text, by=by, also=people_who_ride(grant))
    return grant


def _iso(day: date) -> str:
    return day.isoformat()


def _announced_words(grant: GrantProgramme) -> str:
    moved = [f"{each.label} {day_words(each)}" for each in moved_days(grant)]
    if not moved:
        return _("The days of “%(name)s” were announced.") % {"name": grant}
    words = {"name": grant, "days": "、".join(moved)}
    return _("The days of “%(name)s” were announced, otherwise than assumed: %(days)s.") % words


def people_who_ride(grant: GrantProgramme) -> list[User]:
    """Promoters and managers of the units whose proposals ride on the call."""
    units = riding(grant).values("requesting_unit")
    kinds = (RoleKind.PROMOTER, RoleKind.MANAGER)
    roles = Role.objects.on(clock.today()).filter(unit__in=units, kind__in=kinds, user__is_active=True)
    return list(User.objects.filter(pk__in=roles.values("user")))


def close_grant(*, grant: GrantProgramme, version: int, reason: str, by: Any) -> GrantProgramme:
    """The call is over, or will not come."""
    require(by, "budget.announce_grant", grant)
    if grant.window == WindowKind.CLOSED:
        raise Unmet(_("This call is closed already."))
    if not reason.strip():
        raise Unmet(_("Say why it is closed."))
    with act(CLOSED, by=by, reason=reason):
        changes = {"window": WindowKind.CLOSED, "status": GrantStatus.CLOSED, "checked_on": clock.today()}
        save_version(grant, version=version, changes=changes)
        text = _("“%(name)s” was closed.") % {"name": grant}
        tell_watchers(grant, event=CLOSED, text=text, by=by, also=people_who_ride(grant))
    return grant


def continue_grant(*, grant: GrantProgramme, uid: UUID, name: str, by: Any) -> GrantProgramme:
    """The call of the next year, assumed from this one: each day a year later, on a working day.

    A second call of the same uid gives the first one's record.
    """
    require(by, "budget.create_grant")
    if there := GrantProgramme.objects.filter(uid=uid).first():
        return there
    with act(CONTINUED, by=by):
        GrantProgramme.objects.select_for_update().get(pk=grant.pk)
        following = GrantProgramme(uid=uid, **_taken_over(grant))
        following.name = name or grant.name
        following.number = next_number("G", FiscalYear.of(clock.today()))
        check_grant(following)
        following.save()
        GrantRequirement.objects.bulk_create(_copied(point, following) for point in grant.checklist.all())
    return following


def _taken_over(grant: GrantProgramme) -> dict[str, Any]:
    names = {field.attname for field in grant._meta.concrete_fields} - OWN - set(WINDOW)
    values = {name: getattr(grant, name) for name in names}
    days = {name: a_year_later(day) for name in DAYS if (day := getattr(grant, name))}
    own = {
        "window": WindowKind.ASSUMED,
        "status": first_status(grant.money),
        "checked_on": clock.today(),
        "follows_id": grant.pk,
        "assumed_days": {},
        "closes_at": grant.closes_at,
    }
    return {**values, **days, **own}


def _copied(point: GrantRequirement, grant: GrantProgramme) -> GrantRequirement:
    """A point of the checklist; whether it is met is asked anew, the value of the city stays with its day."""
    again = copy(point)
    again.pk, again.grant, again.is_met = None, grant, None
    return again


def take_note_of_grant_days(*, proposal: Proposal, version: int, by: Any) -> Proposal:
    """Somebody of the proposal has seen that the days were announced otherwise than assumed."""
    require(by, "budget.plan_steps", proposal)
    calls = {each.grant for each in proposal.fundings.select_related("grant") if each.grant} | {proposal.grant}
    if not any(unseen_days(proposal, grant) for grant in calls):
        raise Unmet(_("There is nothing to take note of."))
    with act(DAYS_SEEN, by=by):
        save_version(proposal, version=version, changes={"grant_dates_seen_on": clock.today()})
    return proposal
