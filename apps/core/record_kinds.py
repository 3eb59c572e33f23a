"""Which records people may comment on, watch, attach files to, and mention others in: each app declares its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.core.registry import Registry


@dataclass(frozen=True)
class RecordKind:
    """One kind: its name (`hurdles.hurdle`), its word, and the rows of it that a person may see.

    `may_write` says whether a person who sees a record may comment on it and attach files to it.
    """

    name: str
    label: Any
    visible_to: Callable[[Any], QuerySet[Any]]
    may_write: Callable[[Any, Any], bool]


record_kinds: Registry[RecordKind] = Registry()


def kind_of(record: Any) -> RecordKind:
    """The kind of a record; KeyError where its app declares none."""
    return record_kinds[f"{record._meta.app_label}.{record._meta.model_name}"]


def find_record(kind: str, uid: Any, user: Any) -> Any | None:
    """The record, if this person may see it."""
    return record_kinds[kind].visible_to(user).filter(uid=uid).first() if kind in record_kinds else None
