"""What hangs on an initiative and has a small page of its own: how such a row is added, changed and taken out.

A change names what its form showed (`seen`): where somebody has changed the row since, nothing is written over.
"""

from typing import Any

from django.db.models import Model

from apps.core.history import act
from apps.core.registry import Event
from apps.core.services import StalePart, seen_as
from apps.roadmap.models import Initiative


def add_part(*, part: Any, event: Event, by: Any, reason: str = "") -> tuple[Any, bool]:
    """Writes a new row, and says whether it is one: what a second click sends is there already then."""
    with act(event, by=by, reason=reason):
        Initiative.objects.select_for_update().get(pk=part.initiative_id)
        same = type(part).objects.filter(**_said(part)).first()
        if same is None:
            part.save()
    return same or part, same is None


def _said(part: Model) -> dict[str, Any]:
    """What the row says, and of which initiative."""
    return {f.attname: getattr(part, f.attname) for f in part._meta.concrete_fields if f.name != "id"}


def change_part(*, part: Any, seen: str, values: dict[str, Any], event: Event, by: Any, reason: str = "") -> Any:
    """Writes `values`. Raises StalePart where the row says something else than its form showed."""
    with act(event, by=by, reason=reason):
        present = type(part).objects.select_for_update().filter(pk=part.pk).first()
        if present is None or (seen and seen_as(present) != seen):
            raise StalePart(present or part)
        for name, value in values.items():
            setattr(present, name, value)
        present.save()
    return present


def remove_part(*, part: Any, event: Event, by: Any, reason: str) -> None:
    """Takes the row out; the history keeps what it said. A second click changes nothing."""
    with act(event, by=by, reason=reason):
        type(part).objects.filter(pk=part.pk).delete()
