"""Saving without losing anybody's words."""

from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import F

from apps.core import clock
from apps.core.models import Record


class StaleVersion(Exception):
    """Somebody saved this record after the form was opened; `present` is what stands there now."""

    def __init__(self, present: Record) -> None:
        super().__init__(f"{present} is now at version {present.version}")
        self.present = present


def save_version(record: Record, *, version: int, changes: dict[str, Any]) -> None:
    """Writes `changes` if the record is still at `version`, else raises StaleVersion and writes nothing.

    The version stands in the WHERE of the one UPDATE, so two people who save in the same moment cannot both win.
    Call it within `history.act`.
    """
    manager: models.Manager[Any] = type(record)._base_manager
    changes = {**changes, "updated_at": clock.now()}
    if not manager.filter(pk=record.pk, version=version).update(**changes, version=F("version") + 1):
        raise StaleVersion(manager.get(pk=record.pk))
    record.refresh_from_db()


class StalePart(Exception):
    """Somebody has changed or removed this part after the form was shown; `present` is what stands there now."""

    def __init__(self, present: Any) -> None:
        super().__init__(str(present))
        self.present = present


def seen_as(part: Any) -> str:
    """A mark of what a part says now, which its form carries until it is saved."""
    values = [str(getattr(part, field.attname)) for field in part._meta.concrete_fields]
    return sha256("\x1f".join(values).encode()).hexdigest()[:16]
