"""The bigram index of a search key: two Japanese characters must find by index, and trigrams cannot do that.

The index stands on an expression, so no write can forget it, and no column holds the key a second time.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db.models import Func, TextField

# The single characters of a key and its pairs of neighbours; the index keeps each once (migration core 0005).
FUNCTION = "search_grams"


class Grams(Func):
    """`search_grams(search_key)`: what the index holds of a row."""

    function = FUNCTION
    output_field = ArrayField(TextField())


def gram_index(name: str) -> GinIndex:
    """The index of a searched table."""
    return GinIndex(Grams("search_key"), name=name)


def grams_of(term: str) -> list[str]:
    """The grams that a row must hold so that `term` (a search key) can be a part of its key."""
    return [term] if len(term) == 1 else sorted({term[at : at + 2] for at in range(len(term) - 1)})
