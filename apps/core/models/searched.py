"""Records that a text search looks through, and the search itself."""

from functools import cache, reduce
from operator import add, or_
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayContains  # type: ignore[attr-defined]
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Least, NullIf, StrIndex
from django.db.models.lookups import GreaterThan

from apps.core.models.grams import Grams, grams_of
from apps.core.search import spellings, stored_key

FIRST_LINES = r"array_to_string((string_to_array(%(expressions)s, E'\n'))[1:%(count)s], E'\n')"


class Searched(models.Model):
    """Keeps the search key of its words. A subclass says with `searched_texts` which words these are.

    No key holds a line break, so no hit crosses two fields. The first `title_texts` of them, number and title, name
    the record: a hit there counts for more than one in the rest.
    """

    title_texts: ClassVar[int] = 2

    search_key = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def searched_texts(self) -> tuple[str, ...]:
        raise NotImplementedError

    def make_search_key(self) -> str:
        return "\n".join(map(stored_key, self.searched_texts()))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = self.make_search_key()
        super().save(*args, **kwargs)


def found(queryset: models.QuerySet[Any], query: str) -> models.QuerySet[Any]:
    """The rows in which every word of the query occurs, whatever its width, kana or case, and its way to name a year.

    A table with a bigram index is asked for the pairs of characters first; that the word itself stands there is
    checked on what is left.
    """
    by_index = has_gram_index(queryset.model)  # type: ignore[arg-type]
    for keys in spellings(query):
        queryset = queryset.filter(reduce(or_, (_holds(key, by_index) for key in keys)))
    return queryset


def _holds(key: str, by_index: bool) -> Q:
    exact = Q(search_key__contains=key)
    if not by_index:
        return exact
    wanted = Value(grams_of(key), output_field=ArrayField(TextField()))
    return Q(ArrayContains(Grams("search_key"), wanted)) & exact


@cache
def has_gram_index(model: type[models.Model]) -> bool:
    """Whether the table of this model has the bigram index (apps/core/models/grams.py)."""
    indexes = (index for index in model._meta.indexes if isinstance(index, GinIndex))
    return any(isinstance(each, Grams) for index in indexes for each in index.expressions)


def by_rank(queryset: models.QuerySet[Any], query: str) -> models.QuerySet[Any]:
    """Adds to the rows that `found` gives how many words stand in the title, and the place of the earliest hit."""
    words = [[Value(key) for key in keys] for keys in spellings(query)]
    if not words:
        return queryset.annotate(hits_in_title=Value(0), first_hit=Value(0))
    title = Func(F("search_key"), template=FIRST_LINES, count=queryset.model.title_texts, output_field=TextField())
    return queryset.annotate(
        hits_in_title=reduce(add, (_stands(title, keys) for keys in words)),
        first_hit=_earliest([StrIndex(F("search_key"), key) for keys in words for key in keys]),
    )


def _stands(text: Any, keys: list[Value]) -> Case:
    """1 where one of the keys stands in the text, else 0."""
    places = reduce(add, (StrIndex(text, key) for key in keys))
    return Case(When(GreaterThan(places, 0), then=Value(1)), default=Value(0))


def _earliest(places: list[Any]) -> Any:
    """The smallest place that is not 0, which would say that the key stands nowhere."""
    known = [NullIf(place, Value(0)) for place in places]
    return Coalesce(known[0] if len(known) == 1 else Least(*known), Value(0))
