"""Telling people what happened to a record: one sentence to each, kept until it is read.

A notice is written in the transaction of the act that it tells of, and only to those who may see the record.
"""

from collections.abc import Iterable
from typing import Any

from apps.core import clock
from apps.core.models import Notice, Watch
from apps.core.record_kinds import kind_of
from apps.core.registry import Event


def tell(record: Any, *, people: Iterable[Any], event: Event, text: str, by: Any) -> None:
    """One notice to each of `people` who sees the record; nobody is told of what they did themselves.

    `text` is a whole sentence in Japanese that names no person whose name the reader may not see.
    """
    kind = kind_of(record)
    here = {"kind": kind.name, "record": record.uid}
    told = {person.pk: person for person in people if person.is_active and person != by}
    notices = [
        Notice(**here, person=person, event=event.name, text=text, told_at=clock.now())
        for person in told.values()
        if kind.visible_to(person).filter(pk=record.pk).exists()
    ]
    Notice.objects.bulk_create(notices)


def watchers(record: Any) -> list[Any]:
    """The people who watch a record."""
    rows = Watch.objects.filter(kind=kind_of(record).name, record=record.uid).select_related("person")
    return [row.person for row in rows]


def tell_watchers(record: Any, *, event: Event, text: str, by: Any, also: Iterable[Any] = ()) -> None:
    """One notice to each who watches the record, and to `also`; who is both is told once."""
    tell(record, people=[*also, *watchers(record)], event=event, text=text, by=by)
