"""Roles, which a leaver hands over, and what of the organisation hangs on a unit."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock, wareki
from apps.core.holdings import Holding, HoldingSource, UnitHoldings, holding_sources, unit_holdings
from apps.organization.models import Role, Unit, User
from apps.organization.services.roles import pass_on_role


def _roles(people: Collection[Any], day: date, _viewer: Any) -> Iterable[Holding]:
    """The roles held on the eve. A role that ended within the month before is still to be handed over."""
    lately = Q(valid_to__isnull=True) | Q(valid_to__gte=day - timedelta(days=31))
    held = Role.objects.filter(lately, user__in=people, valid_from__lt=day).select_related("unit")
    for role in held.order_by("user", "valid_from", "pk"):
        until = _("until %(day)s") % {"day": wareki.format_date(role.valid_to)} if role.valid_to else ""
        yield Holding(
            person=role.user_id,
            key=str(role.pk),
            title=f"{role.unit or _('Citywide')}　{role.get_kind_display()}",
            note=until,
            unit=role.unit_id,
        )


def _people(units: Collection[int], _user: Any) -> int:
    return User.objects.filter(unit__in=units, is_active=True).count()


def _held(units: Collection[int], _user: Any) -> int:
    return Role.objects.filter(unit__in=units).exclude(valid_to__lt=clock.today()).count()


def _sections(units: Collection[int], _user: Any) -> int:
    return Unit.objects.on(clock.today()).filter(parent__in=units).count()


holding_sources.add(HoldingSource("organization.roles", gettext_lazy("Roles"), _roles, pass_on_role))
unit_holdings.add(UnitHoldings("organization.people", gettext_lazy("People"), _people))
unit_holdings.add(UnitHoldings("organization.roles", gettext_lazy("Roles"), _held))
unit_holdings.add(UnitHoldings("organization.sections", gettext_lazy("Sections under it"), _sections))
