"""Finding people by name, kana or employee number, however it was typed."""

import unicodedata
from typing import Any

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Concat, Lower

from apps.organization.models import User

_HIRAGANA = "".join(map(chr, range(0x3041, 0x3097)))
_KATAKANA = "".join(chr(ord(each) + 0x60) for each in _HIRAGANA)
# So that no hit crosses from one into the other.
_BESIDE = Value("\t")
# Nobody types more words to find a person.
MOST_WORDS = 5
_AS_KATAKANA = str.maketrans(_HIRAGANA, _KATAKANA)


class _Folded(Func):
    """NFKC, hiragana as katakana, without spaces: what `_fold` makes of the words that are looked for."""

    template = f"translate(normalize(%(expressions)s, NFKC), '{_HIRAGANA} ', '{_KATAKANA}')"
    output_field = TextField()


def people_found(people: QuerySet[User], query: str) -> QuerySet[User]:
    """Those in whose name, kana or number every word of the query occurs; one sequential read of the people."""
    words = [folded for word in query.split()[:MOST_WORDS] if (folded := _fold(word))]
    if not words:
        return people
    kept: QuerySet[Any] = people.alias(
        folded=_Folded(Lower(Concat("name", _BESIDE, "kana", _BESIDE, "employee_number", output_field=TextField())))
    )
    for word in words:
        kept = kept.filter(folded__contains=word)
    return kept


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word.lower()).translate(_AS_KATAKANA).replace(" ", "")
