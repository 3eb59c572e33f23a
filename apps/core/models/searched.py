"""Records that a text search looks through."""

from typing import Any

from django.db import models

from apps.core.search import search_key, terms


class Searched(models.Model):
    """Keeps the search key of its words. A subclass says with `searched_texts` which words these are.

    No key holds a line break, so no hit crosses two fields.
    """

    search_key = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def searched_texts(self) -> tuple[str, ...]:
        raise NotImplementedError

    def make_search_key(self) -> str:
        return "\n".join(map(search_key, self.searched_texts()))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = self.make_search_key()
        super().save(*args, **kwargs)


def found(queryset: models.QuerySet[Any], query: str) -> models.QuerySet[Any]:
    """The rows in which every word of the query occurs, whatever its width, kana or case."""
    for term in terms(query):
        queryset = queryset.filter(search_key__contains=term)
    return queryset
