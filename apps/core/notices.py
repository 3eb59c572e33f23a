"""Telling people what happened to a record: one sentence to each, kept until it is read.

A notice is written in the transaction of the act that it tells of, and only to those who may see the record.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, IntegerField, QuerySet, Value

from apps.core import clock
from apps.core.models import Notice, Watch
from apps.core.record_kinds import find_records, kind_of
from apps.core.registry import Event

# So many people's sights stand in one query.
AT_ONCE = 50


def tell(record: Any, *, people: Iterable[Any], event: Event, text: str, by: Any) -> None:
    """One notice to each of `people` who sees the record; nobody is told of what they did themselves.

    `text` is a whole sentence in Japanese that names no person whose name the reader may not see.
    """
    others = {person.pk: person for person in people if person.is_active and person != by}
    here = {"kind": kind_of(record).name, "record": record.uid, "event": event.name, "text": text}
    now = clock.now()
    Notice.objects.bulk_create(
        Notice(**here, person=person, told_at=now) for person in who_see(record, list(others.values()))
    )


def tell_each(told: Iterable[tuple[Any, Any, str]], *, event: Event, by: Any) -> None:
    """A notice of their own to each person: (person, record, text). The records are the people's own, so they see them.

    Nobody is told of what they did themselves.
    """
    now = clock.now()
    Notice.objects.bulk_create(
        Notice(kind=kind_of(record).name, record=record.uid, event=event.name, text=text, person=person, told_at=now)
        for person, record, text in told
        if person.is_active and person != by
    )


def who_see(record: Any, people: Sequence[Any]) -> list[Any]:
    """Those of these people who may see the record, in one query for the roles and one for each fifty people."""
    if not people:
        return []
    manager: Any = get_user_model()._default_manager
    manager.know_roles(people)
    seeing = {key for some in _batches(people) for key in _seeing(record, some)}
    return [person for person in people if person.pk in seeing]


def _batches(people: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (people[at : at + AT_ONCE] for at in range(0, len(people), AT_ONCE))


def _seeing(record: Any, people: Sequence[Any]) -> QuerySet[Any, Any]:
    """The keys of the people: each one's sight of this one record, all of them in one query."""
    visible_to = kind_of(record).visible_to
    sights = [
        visible_to(person).filter(pk=record.pk).order_by().values_list(Value(person.pk, IntegerField()), flat=True)
        for person in people
    ]
    return sights[0].union(*sights[1:], all=True)


def watchers(record: Any) -> list[Any]:
    """The people who watch a record."""
    rows = Watch.objects.filter(kind=kind_of(record).name, record=record.uid).select_related("person")
    return [row.person for row in rows]


def tell_watchers(record: Any, *, event: Event, text: str, by: Any, also: Iterable[Any] = ()) -> None:
    """One notice to each who watches the record, and to `also`; who is both is told once."""
    tell(record, people=[*also, *watchers(record)], event=event, text=text, by=by)


def unread_count(user: Any) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(person=user, read_at__isnull=True).count()


def notices_to(user: Any) -> QuerySet[Notice]:
    """The person's notices: those not read come first, then the newest."""
    return Notice.objects.filter(person=user).order_by(F("read_at").desc(nulls_first=True), "-told_at", "-pk")


def with_records(rows: Iterable[Any], user: Any) -> list[tuple[Any, Any | None]]:
    """Rows that name a record, each with its record where this person may see it: one query for each kind."""
    given = list(rows)
    uids: dict[str, set[Any]] = {}
    for row in given:
        uids.setdefault(row.kind, set()).add(row.record)
    found = {kind: find_records(kind, wanted, user) for kind, wanted in uids.items()}
    return [(row, found[row.kind].get(row.record)) for row in given]


def latest_notices(user: Any, limit: int = 5) -> list[tuple[Notice, Any]]:
    """The newest unread notices with their records, of those that the person still sees."""
    rows = with_records(notices_to(user).filter(read_at__isnull=True)[:limit], user)
    return [(notice, record) for notice, record in rows if record]


def read_notice(*, notice: Notice, by: Any) -> None:
    """The person has read it."""
    Notice.objects.filter(pk=notice.pk, person=by, read_at__isnull=True).update(read_at=clock.now())


def read_notices(*, until: int, by: Any) -> int:
    """The person has read all that were there when the page was shown; what came since stays unread."""
    return Notice.objects.filter(person=by, read_at__isnull=True, pk__lte=until).update(read_at=clock.now())
