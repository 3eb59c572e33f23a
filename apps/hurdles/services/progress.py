"""What has moved, and what is next."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core import clock
from apps.core.history import act, declare_event
from apps.core.services import save_version
from apps.core.transitions import Unmet
from apps.hurdles.choices import Health
from apps.hurdles.models import Hurdle, ProgressUpdate
from apps.hurdles.services.flow import ACTS
from apps.hurdles.services.telling import tell_of
from apps.organization.models import Unit
from apps.organization.selectors import people_of

PROGRESSED = declare_event("hurdles.hurdle.progressed", gettext_lazy("Progress written"))
PLANNED = declare_event("hurdles.hurdle.next_action_planned", gettext_lazy("Next action decided"))


def write_progress(
    *, hurdle: Hurdle, happened_on: date, health: str, text: str, by: Any, version: int | None = None
) -> ProgressUpdate:
    """One update. The hurdle shows the health of the newest one, which need not be the one written last."""
    ACTS.check("progress", hurdle, by=by, data={"text": text})
    if happened_on > clock.today():
        raise Unmet(_("Progress has happened: the day cannot be in the future."))
    written_by = None if isinstance(by, str) else by
    with act(PROGRESSED, by=by):
        update = ProgressUpdate.objects.create(
            hurdle=hurdle, happened_on=happened_on, health=health, text=text, written_by=written_by
        )
        newest = hurdle.progress_updates.order_by("-happened_on", "-pk")[0]
        changes = {"health": newest.health, "progressed_on": newest.happened_on}
        save_version(hurdle, version=hurdle.version if version is None else version, changes=changes)
        tell_of("progress", hurdle, event=PROGRESSED, by=by, health=Health(health).label)
    return update


def plan_next_action(
    *,
    hurdle: Hurdle,
    text: str,
    by: Any,
    due: date | None = None,
    unit: Unit | None = None,
    role: str = "",
    version: int | None = None,
) -> Hurdle:
    """What is next, until when, and which post does it; without a text nothing is. The holders of the post are told."""
    ACTS.check("next_action", hurdle, by=by)
    text = text.strip()
    if text and not (due and unit and role):
        raise Unmet(_("Say until when, and which post in which unit does it."))
    changes = {
        "next_action": text,
        "next_action_on": due if text else None,
        "next_action_unit": unit if text else None,
        "next_action_role": role if text else "",
    }
    with act(PLANNED, by=by):
        save_version(hurdle, version=hurdle.version if version is None else version, changes=changes)
        tell_of("next_action", hurdle, event=PLANNED, by=by, also=tuple(people_of(unit, role)) if text and unit else ())
    return hurdle
