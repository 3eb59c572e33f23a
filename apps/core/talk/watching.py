"""Watching a record: whoever does is told what happens to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from apps.core import clock
from apps.core.models import Watch
from apps.core.permissions import require
from apps.core.record_kinds import kind_of


def watch_record(*, record: Any, by: Any) -> None:
    """From now on `by` is told what happens to the record; a second time changes nothing."""
    require(by, "core.watch_record", record)
    begin_to_watch(record, [by])


def unwatch_record(*, record: Any, by: Any) -> None:
    """No more."""
    Watch.objects.filter(kind=kind_of(record).name, record=record.uid, person=by).delete()


def begin_to_watch(record: Any, people: Iterable[Any]) -> None:
    """Who is called, and who takes part, watches; they can stop. Call it within an act."""
    here = {"kind": kind_of(record).name, "record": record.uid, "since": clock.now()}
    Watch.objects.bulk_create([Watch(**here, person=person) for person in people], ignore_conflicts=True)


def watched_by(user: Any) -> QuerySet[Watch]:
    """What the person watches, the newest first."""
    return Watch.objects.filter(person=user).order_by("-since", "-pk")


def stop_watching(*, watch: Watch, by: Any) -> None:
    """No more, also where the record is no longer to be seen."""
    Watch.objects.filter(pk=watch.pk, person=by).delete()
