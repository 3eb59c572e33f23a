"""Which records people may comment on, watch, attach files to, and mention others in: each app declares its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from apps.core.registry import Registry


def nobody(_user: Any) -> bool:
    return False


def own_name(_record: Any, person: Any, _viewer: Any) -> str:
    return str(person)


@dataclass(frozen=True)
class RecordKind:
    """One kind: its name (`hurdles.hurdle`), its word, and the rows of it that a person may see.

    `may_write` says whether a person who sees a record may comment on it and attach files to it, `may_tidy` whether a
    person may take back what others wrote. `shown_name(record, person, viewer)` is what stands for a person's name.
    """

    name: str
    label: Any
    visible_to: Callable[[Any], QuerySet[Any]]
    may_write: Callable[[Any, Any], bool]
    may_tidy: Callable[[Any], bool] = nobody
    shown_name: Callable[[Any, Any, Any], str] = own_name


record_kinds: Registry[RecordKind] = Registry()


def kind_of(record: Any) -> RecordKind:
    """The kind of a record; KeyError where its app declares none."""
    return record_kinds[f"{record._meta.app_label}.{record._meta.model_name}"]


def find_record(kind: str, uid: Any, user: Any) -> Any | None:
    """The record, if this person may see it."""
    return record_kinds[kind].visible_to(user).filter(uid=uid).first() if kind in record_kinds else None


def find_records(kind: str, uids: Iterable[Any], user: Any) -> dict[Any, Any]:
    """Of these records, those that this person may see, by uid; one query."""
    if kind not in record_kinds:
        return {}
    return {record.uid: record for record in record_kinds[kind].visible_to(user).filter(uid__in=uids)}


def title_of(record: Any) -> str:
    """A record in a sentence: its number, where it has one, and its title."""
    number = getattr(record, "number", None)
    return f"{number} {record}" if number else str(record)
