"""Grant programmes: entered with their number, changed, laid aside.

One row is one call (公募): names, rates and caps change yearly. A contract before the decision is usually not paid for
(交付決定前の契約は対象外, 補助金等適正化法), which the page warns of.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.budget.choices import GrantMoney, GrantStatus, WindowKind
from apps.budget.models import GrantProgramme
from apps.budget.selectors.riding import riding
from apps.core import clock
from apps.core.fiscal import FiscalYear
from apps.core.history import act, declare_event
from apps.core.models.number import next_number
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet

CREATED = declare_event("budget.grant.created", gettext_lazy("Grant programme entered"))
EDITED = declare_event("budget.grant.edited", gettext_lazy("Changed"))
ARCHIVED = declare_event("budget.grant.archived", gettext_lazy("Archived"))

# The days of a call in the order in which they come.
DAYS = (
    "guidance_on",
    "opens_on",
    "consultation_until",
    "closes_on",
    "decision_on",
    "contract_from",
    "project_from",
    "project_to",
    "report_on",
)
# What an announcement says, and what it may say otherwise than what was assumed.
WINDOW = (*DAYS, "closes_at")


def create_grant(*, uid: UUID, values: dict[str, Any], by: Any) -> GrantProgramme:
    """A new call with its number. Raises IntegrityError for a second record of the same uid."""
    require(by, "budget.create_grant")
    grant = GrantProgramme(uid=uid, status=first_status(values["money"]), **values)
    check_grant(grant)
    with act(CREATED, by=by):
        grant.number = next_number("G", FiscalYear.of(clock.today()))
        grant.save()
    return grant


def edit_grant(*, grant: GrantProgramme, version: int, values: dict[str, Any], by: Any) -> GrantProgramme:
    """Changes what is known of a call. Raises StaleVersion where somebody saved in the meantime."""
    require(by, "budget.edit_grant", grant)
    wanted = copy(grant)
    for name, value in values.items():
        setattr(wanted, name, value)
    if grant.window != WindowKind.ASSUMED and any(getattr(grant, name) != getattr(wanted, name) for name in WINDOW):
        raise Unmet(_("The days of a call that was announced are changed by announcing it again."))
    check_grant(wanted)
    with act(EDITED, by=by):
        save_version(grant, version=version, changes={**values, "search_key": wanted.make_search_key()})
    return grant


def archive_grant(*, grant: GrantProgramme, reason: str, by: Any) -> GrantProgramme:
    """Lays a call aside with a reason; not while proposals ride on it."""
    require(by, "budget.archive_grant", grant)
    if not reason.strip():
        raise Unmet(_("Say why it is archived."))
    with act(ARCHIVED, by=by, reason=reason):
        GrantProgramme.objects.select_for_update().get(pk=grant.pk)
        if riding(grant).exists():
            raise Unmet(_("Proposals count on it. Close it instead, or let them choose another one."))
        save_version(grant, version=grant.version, changes={"archived_at": clock.now()})
    return grant


def first_status(money: str) -> str:
    """What is calculated has no call (特別交付税)."""
    return GrantStatus.BEFORE_CALCULATION if money == GrantMoney.ALLOCATION else GrantStatus.BEFORE_CALL


def check_grant(grant: GrantProgramme) -> None:
    """What the database refuses, too, in words; and what an assumption rests on. Raises Unmet."""
    if first := next(refusals(grant), None):
        raise Unmet(first[1])


def refusals(grant: GrantProgramme) -> Iterator[tuple[str, str]]:
    """Everything that cannot be, each with the field at which it is mended."""
    if grant.rate_denominator == 0:
        yield "rate_denominator", _("Nothing can be divided by 0.")
    elif None not in {grant.rate_numerator, grant.rate_denominator} and grant.rate_numerator > grant.rate_denominator:
        yield "rate_numerator", _("A rate lies between 0 and 1.")
    yield from _refused_days(grant)
    if grant.floor_k and grant.cap_k and grant.floor_k > grant.cap_k:
        yield "floor_k", _("The floor lies above the cap.")
    yield from _refused_assumption(grant)


def _refused_days(grant: GrantProgramme) -> Iterator[tuple[str, str]]:
    if grant.opens_on and grant.closes_on and grant.closes_on < grant.opens_on:
        yield "closes_on", _("A call cannot close before it opens.")
    if grant.closes_on and grant.consultation_until and grant.closes_on < grant.consultation_until:
        yield "consultation_until", _("The consultation ends before the application closes, not after it.")
    if grant.project_from and grant.project_to and grant.project_to < grant.project_from:
        yield "project_to", _("A project cannot end before it starts.")
    if grant.closes_at and not grant.closes_on:
        yield "closes_at", _("An hour without the day on which the call closes says nothing.")
    if grant.checked_on and grant.checked_on > clock.today():
        yield "checked_on", _("What is checked on a day to come is not checked yet.")


def _refused_assumption(grant: GrantProgramme) -> Iterator[tuple[str, str]]:
    """An assumed day says from what and when it was assumed; nothing follows itself."""
    if grant.follows_id and grant.follows_id == grant.pk:
        yield "follows", _("A call does not follow itself.")
    if grant.window != WindowKind.ASSUMED or not any(getattr(grant, name) for name in DAYS):
        return
    if grant.checked_on is None:
        yield "checked_on", _("Say on which day the assumed days were checked.")
    if not grant.sources and not grant.follows_id:
        yield "sources", _("Say where the assumed days come from: a source, or the call that it follows.")


def contract_warning(grant: GrantProgramme) -> str:
    """A sentence where the contract would be signed before the decision."""
    if not (grant.contract_from and grant.decision_on) or grant.contract_from >= grant.decision_on:
        return ""
    return _("The earliest contract lies before the decision: what is signed before it is usually not paid for.")
