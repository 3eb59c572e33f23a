"""Where a person begins, and what lies around."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import AffectedUnit, Hurdle
from apps.hurdles.selectors import hurdle_list
from apps.organization.choices import UnitKind
from apps.organization.models import Unit
from apps.organization.permissions import HEADQUARTERS

SHOWN = 20


def first_page(user: Any) -> str:
    """Headquarters begins with the whole city, everybody else with the own work."""
    return reverse("dashboards:headquarters" if user.holds(*HEADQUARTERS) else "dashboards:my-work")


def section_of(user: Any) -> Unit | None:
    """The person's section, by which lists can be filtered; a head of a department has none."""
    unit: Unit | None = user.unit
    return unit if unit and unit.kind == UnitKind.SECTION else None


def hurdles_around(user: Any) -> QuerySet[Hurdle]:
    """Visible hurdles that the person's units own, have reported, or are touched by."""
    units = user.unit_ids
    touching = AffectedUnit.objects.filter(unit__in=units).values("hurdle")
    mine = Q(owning_unit__in=units) | Q(reporting_unit__in=units) | Q(pk__in=touching)
    return hurdle_list(user).filter(mine).exclude(status=HurdleStatus.DRAFT)[:SHOWN]
