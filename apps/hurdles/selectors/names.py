"""Whose name stands beside a hurdle: the reporter's stays within the own unit and the secretariat."""

from typing import Any

from apps.core.permissions import permitted
from apps.hurdles.models import Hurdle


def shown_name(hurdle: Hurdle, person: Any, viewer: Any) -> str:
    """The person's name, or the reporting unit's where `viewer` may not know that this is the reporter."""
    if person is None:
        return ""
    if person.pk == hurdle.reporter_id and not permitted(viewer, "hurdles.view_reporter", hurdle):
        return str(hurdle.reporting_unit)
    return str(person)
