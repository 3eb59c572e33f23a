"""What has moved on an initiative."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.choices import Health
from apps.roadmap.models import Initiative, InitiativeUpdate
from apps.roadmap.services.initiative_flow import INITIATIVE_ACTS
from apps.roadmap.services.initiative_telling import tell_of_initiative

WRITTEN = declare_event("roadmap.initiative.updated", gettext_lazy("Progress written"))


def write_initiative_update(
    *,
    initiative: Initiative,
    happened_on: date,
    health: str,
    text: str,
    by: Any,
    progress: int | None = None,
    version: int | None = None,
) -> InitiativeUpdate:
    """One update. The newest one, which need not be the one written last, says how the initiative goes.

    How far it is says the newest one that gives a percentage.
    """
    INITIATIVE_ACTS.check("update", initiative, by=by, data={"text": text})
    if happened_on > clock.today():
        raise Unmet(_("Progress has happened: the day cannot be in the future."))
    if progress is not None and not 0 <= progress <= 100:
        raise Unmet(_("Progress is between 0 and 100 percent."))
    written_by = None if isinstance(by, str) else by
    with act(WRITTEN, by=by):
        update = InitiativeUpdate.objects.create(
            initiative=initiative,
            happened_on=happened_on,
            health=health,
            progress=progress,
            text=text,
            written_by=written_by,
        )
        version = initiative.version if version is None else version
        save_version(initiative, version=version, changes=_what_updates_say(initiative))
        tell_of_initiative("update", initiative, event=WRITTEN, by=by, health=Health(health).label)
    return update


def _what_updates_say(initiative: Initiative) -> dict[str, Any]:
    updates = InitiativeUpdate.objects.filter(initiative=initiative).order_by("-happened_on", "-pk")
    newest, counted = updates[0], updates.filter(progress__isnull=False).first()
    return {
        "health": newest.health,
        "progressed_on": newest.happened_on,
        "progress": counted.progress if counted else None,
    }
