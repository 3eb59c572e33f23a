"""What a person or a unit holds: each app declares it in its `holdings.py`.

The handover lists what a leaver holds and moves it to the successor; the preview of a reorganisation counts what a
unit holds. A source asks the database a constant number of times, however many people it is asked about.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from apps.core.models import Notice, Watch
from apps.core.record_kinds import find_record, record_kinds
from apps.core.registry import Registry


@dataclass(frozen=True)
class Holding:
    """One thing that a person holds. `key` is its own within the source; `unit` is where the post is, if it has one."""

    person: int
    key: str
    title: str
    note: str = ""
    url: str = ""
    unit: int | None = None


@dataclass(frozen=True)
class HoldingSource:
    """One kind of thing that people hold.

    `held(people, day, viewer)` says what they hold on the eve of the day on which others take over, as far as the
    viewer sees it. `pass_on` moves one thing within the act of the handover; without it the thing follows the post or
    the unit by itself and is only listed.
    """

    name: str
    label: Any
    held: Callable[[Collection[Any], date, Any], Iterable[Holding]]
    pass_on: Callable[..., None] | None = None


@dataclass(frozen=True)
class UnitHoldings:
    """How many of one kind of thing the units of these ids hold, for `user` to see."""

    name: str
    label: Any
    count: Callable[[Collection[int], Any], int]


holding_sources: Registry[HoldingSource] = Registry()
unit_holdings: Registry[UnitHoldings] = Registry()


def _about(rows: Iterable[Any], viewer: Any) -> Iterable[Holding]:
    """Rows that belong to records, under the titles of those records that the viewer sees."""
    wanted: dict[str, list[Any]] = {}
    for row in rows:
        wanted.setdefault(row.kind, []).append(row)
    for kind, here in wanted.items():
        if kind not in record_kinds:
            continue
        seen = record_kinds[kind].visible_to(viewer).filter(uid__in=[row.record for row in here])
        records: dict[Any, Any] = {record.uid: record for record in seen}
        for row in here:
            if record := records.get(row.record):
                yield _holding(row, record)


def _holding(row: Any, record: Any) -> Holding:
    title = " ".join(filter(None, (getattr(record, "number", ""), str(record))))
    note = row.text if isinstance(row, Notice) else ""
    return Holding(row.person_id, str(row.pk), title, note, record.get_absolute_url())


def _watches(people: Collection[Any], _day: date, viewer: Any) -> Iterable[Holding]:
    return _about(Watch.objects.filter(person__in=people), viewer)


def _notices(people: Collection[Any], _day: date, viewer: Any) -> Iterable[Holding]:
    return _about(Notice.objects.filter(person__in=people, read_at__isnull=True), viewer)


def _pass_on(model: type[Model]) -> Callable[..., None]:
    """Moves a watch or an unread notice, where the successor sees the record and has it not yet."""

    def move(*, key: str, person: Any, to: Any, day: date) -> None:
        manager: Any = model._default_manager
        row = manager.select_for_update().filter(pk=key, person=person).first()
        if row is None or find_record(row.kind, row.record, to) is None:
            return
        if model is Watch and manager.filter(kind=row.kind, record=row.record, person=to).exists():
            row.delete()
            return
        row.person = to
        row.save(update_fields=["person"])

    return move


holding_sources.add(HoldingSource("core.watches", _("Watched records"), _watches, _pass_on(Watch)))
holding_sources.add(HoldingSource("core.notices", _("Notices not yet read"), _notices, _pass_on(Notice)))
