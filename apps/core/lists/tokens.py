"""The tokens above a list: what each is asked for most, and what a person has saved, with how many rows there are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from apps.core.lists.searches import searches_of

# These say how a list is shown, not what is in it.
SHOWN_ONLY = frozenset({"page", "sort", "format", "size", "columns", "seen"})


@dataclass(frozen=True)
class StandardSearch:
    """A search that a list brings along: its name, its label, and its conditions."""

    name: str
    label: Any
    conditions: Mapping[str, str]


@dataclass(frozen=True)
class Token:
    """One token: a link with its counts; `new` counts what has changed since this person last looked."""

    label: Any
    url: str
    count: int | None
    new: int
    current: bool


def conditions_of(query: QueryDict) -> dict[str, list[str]]:
    """What the address asks of the rows; how they are shown is left out."""
    return {name: values for name, values in query.lists() if name not in SHOWN_ONLY and any(values)}


def standard_tokens(
    path: str, searches: Iterable[StandardSearch], counts: Mapping[str, int], present: QueryDict
) -> list[Token]:
    here = conditions_of(present)
    return [
        Token(
            label=search.label,
            url=f"{path}?{urlencode(search.conditions)}",
            count=counts.get(search.name),
            new=0,
            current=here == {name: [value] for name, value in search.conditions.items()},
        )
        for search in searches
    ]


def saved_tokens(
    person: Any, list_name: str, present: QueryDict, rows: Callable[[QueryDict], QuerySet[Any] | None]
) -> list[Token]:
    """`rows` gives what a query finds, or None where the list no longer understands it."""
    here = conditions_of(present)
    tokens = []
    for search in searches_of(person, list_name):
        query = QueryDict(search.query)
        count, new = _counted(rows(query), search.looked_at)
        url = reverse("lists:search-open", args=[search.uid])
        tokens.append(Token(search.title, url, count, new, bool(here) and here == conditions_of(query)))
    return tokens


def _counted(found: QuerySet[Any] | None, looked_at: Any) -> tuple[int | None, int]:
    if found is None:
        return None, 0
    counts = {"every": Count("pk")}
    if knows_changes(found.model):
        counts["new"] = Count("pk", filter=Q(updated_at__gt=looked_at))
    row = found.order_by().aggregate(**counts)
    return row["every"], row.get("new", 0)


def knows_changes(model: Any) -> bool:
    """Whether rows of this model say when they last changed."""
    return any(field.name == "updated_at" for field in model._meta.concrete_fields)
