"""Saved searches: conditions of a list under a name, which say what is new since their owner last looked."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from apps.core import clock
from apps.core.models import SavedSearch

MOST_SEARCHES = 20


class NotSaved(Exception):
    """The search cannot be kept; the message says why to a person."""


def searches_of(person: Any, list_name: str = "") -> QuerySet[SavedSearch]:
    """What this person has saved, of one list or of all, in the person's own order."""
    own = SavedSearch.objects.filter(person=person)
    return own.filter(list_name=list_name) if list_name else own.order_by("list_name", "order", "pk")


def find_search(uid: UUID, person: Any) -> SavedSearch | None:
    """The search, if it is this person's."""
    return searches_of(person).filter(uid=uid).first()


def save_search(*, list_name: str, title: str, query: str, by: Any) -> SavedSearch:
    """Keeps the conditions. The same name with the same conditions is the search that is there already."""
    own = searches_of(by, list_name)
    if there := own.filter(title=title).first():
        return _same(there, query)
    if own.count() >= MOST_SEARCHES:
        raise NotSaved(_("You can save %(count)d searches a list. Delete one first.") % {"count": MOST_SEARCHES})
    order = (own.aggregate(last=Max("order"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(
                person=by, list_name=list_name, title=title, query=query, order=order, looked_at=clock.now()
            )
    except IntegrityError:
        return _same(own.get(title=title), query)


def _same(there: SavedSearch, query: str) -> SavedSearch:
    if there.query != query:
        raise NotSaved(_("You already have a search of this name."))
    return there


def rename_search(*, search: SavedSearch, title: str, by: Any) -> None:
    """Another name; raises NotSaved where this person has one of that name already."""
    if searches_of(by, search.list_name).filter(title=title).exclude(pk=search.pk).exists():
        raise NotSaved(_("You already have a search of this name."))
    searches_of(by).filter(pk=search.pk).update(title=title)


def move_search(*, search: SavedSearch, up: bool, by: Any) -> None:
    """One place up or down among the searches of its list."""
    with transaction.atomic():
        rows = list(searches_of(by, search.list_name).select_for_update())
        here = next((at for at, row in enumerate(rows) if row.pk == search.pk), 0)
        there = here - 1 if up else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
        for order, row in enumerate(rows, start=1):
            row.order = order
        SavedSearch.objects.bulk_update(rows, ["order"])


def delete_search(*, search: SavedSearch, by: Any) -> None:
    """Away; the records that it found are untouched."""
    searches_of(by).filter(pk=search.pk).delete()


def look(*, search: SavedSearch, by: Any) -> None:
    """From now on, new is what changes after this moment."""
    searches_of(by).filter(pk=search.pk).update(looked_at=clock.now())
