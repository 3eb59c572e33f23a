"""Whose name stands beside a hurdle: the reporter's stays within the own unit and the secretariat."""

from collections.abc import Collection
from typing import Any

from apps.core.history import Entry
from apps.core.permissions import permitted
from apps.hurdles.models import Hurdle
from apps.organization.models import Unit, User
from apps.organization.permissions import is_secretariat


def shown_name(hurdle: Hurdle, person: Any, viewer: Any) -> str:
    """The person's name, or the reporting unit's where `viewer` may not know that this is the reporter."""
    if person is None:
        return ""
    if person.pk == hurdle.reporter_id and not permitted(viewer, "hurdles.view_reporter", hurdle):
        return str(hurdle.reporting_unit)
    return str(person)


def without_names(entries: list[Entry], hurdle: Hurdle, viewer: Any, *, of_sections: Collection[str]) -> list[Entry]:
    """The history as `viewer` may read it.

    For the reporter stands the reporting unit; for whoever did one of the acts `of_sections`, their unit.
    """
    names_reporter = permitted(viewer, "hurdles.view_reporter", hurdle)
    units = {} if is_secretariat(viewer) else _units_of({e.actor_id for e in entries if e.event in of_sections})
    for entry in entries:
        unit = units.get(entry.actor_id) if entry.event in of_sections else None
        if unit and unit.pk not in viewer.unit_ids:
            entry.actor = str(unit)
        if entry.actor_id == hurdle.reporter_id and entry.actor_id and not names_reporter:
            entry.actor = str(hurdle.reporting_unit)
    return entries


def _units_of(people: Collection[int | None]) -> dict[int | None, Unit]:
    """The unit of each of these people."""
    rows = User.objects.filter(pk__in=[pk for pk in people if pk], unit__isnull=False).select_related("unit")
    return {person.pk: person.unit for person in rows if person.unit}
