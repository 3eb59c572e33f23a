"""Baselines: the plan of a day, frozen under a name."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.permissions import require
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.roadmap.models import Baseline, BaselineInitiative, Initiative
from apps.roadmap.selectors.comparing import held_milestones
from apps.roadmap.services.rescheduling import lock_plan

FROZEN = declare_event("roadmap.baseline.frozen", gettext_lazy("Baseline frozen"))
ARCHIVED = declare_event("roadmap.baseline.archived", gettext_lazy("Archived"))


def freeze_baseline(*, uid: UUID, name: str, by: Any, note: str = "") -> Baseline:
    """All initiatives as they stand, with dates, states and milestones; it never changes again.

    Raises IntegrityError for a second record of the same uid.
    """
    require(by, "roadmap.freeze_baseline")
    with act(FROZEN, by=by):
        lock_plan()
        if Baseline.objects.filter(name=name, archived_at__isnull=True).exclude(uid=uid).exists():
            raise Unmet(_("There is a baseline of this name already."))
        initiatives = Initiative.objects.filter(archived_at__isnull=True).select_related("lead_unit")
        rows = list(initiatives.prefetch_related("milestones").order_by("number", "pk"))
        if not rows:
            raise Unmet(_("There is no initiative that it could hold."))
        baseline = Baseline.objects.create(uid=uid, name=name, note=note, frozen_on=clock.today(), frozen_by=by)
        BaselineInitiative.objects.bulk_create(held_as_it_stands(baseline, each) for each in rows)
    return baseline


def held_as_it_stands(baseline: Baseline, initiative: Initiative, **other: Any) -> BaselineInitiative:
    """The entry of an initiative, not saved yet; `other` is what was otherwise on the day of the baseline."""
    values = {
        "title": initiative.title,
        "lead_unit": initiative.lead_unit.name,
        "status": initiative.status,
        "starts_on": initiative.starts_on,
        "ends_on": initiative.ends_on,
        "milestones": held_milestones(initiative.milestones.all()),
        **other,
    }
    return BaselineInitiative(baseline=baseline, initiative=initiative, **values)


def archive_baseline(*, baseline: Baseline, reason: str, by: Any) -> None:
    """It is offered no more; what it holds stays."""
    require(by, "roadmap.archive_baseline", baseline)
    if not reason.strip():
        raise Unmet(_("Say why."))
    with act(ARCHIVED, by=by, reason=reason):
        save_version(baseline, version=baseline.version, changes={"archived_at": clock.now()})
