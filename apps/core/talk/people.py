"""Finding colleagues by name: whom an @ in a comment calls, and whom to offer while it is typed."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from apps.core.text import clean
from apps.core.transitions import Unmet

MOST_CALLS = 20
OFFERED = 8
LONGEST = 100
# An @ within an address (a@example.lg.jp) calls nobody.
_CALL = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠](?=[^\s@＠])([^\n@＠]{1,100})")
_NUMBER = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_BLANKS = re.compile("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_TO_KATAKANA = {code - 0x60: code for code in range(0x30A1, 0x30F7)}


class NameKey(Func):
    """A name as it is compared: one width, without blanks, and whichever variant of a character was typed."""

    template = (
        "regexp_replace(normalize(%(expressions)s, NFKC),"
        r" '[[:space:]\uFE00-\uFE0F\U000E0100-\U000E01EF]', '', 'g')"
    )
    output_field = TextField()


def name_key(text: str) -> str:
    """What NameKey makes of a name in the database."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True)
class Called:
    """Whom a text calls, and what follows an @ but is nobody's name."""

    people: list[Any]
    unknown: list[str]


def called_in(text: str) -> Called:
    """The people whom the text calls by employee number or full name; the longest name counts.

    Raises Unmet where a name is that of several people.
    """
    tails = list(dict.fromkeys(match[1] for match in _CALL.finditer(text)))
    if len(tails) > MOST_CALLS:
        raise Unmet(_("A comment calls at most %(most)d people.") % {"most": MOST_CALLS})
    if not tails:
        return Called([], [])
    candidates = list(_candidates(tails))
    people: dict[int, Any] = {}
    unknown = []
    for tail in tails:
        if person := _person(tail, candidates):
            people[person.pk] = person
        else:
            unknown.append(tail.split()[0][:20])
    return Called(list(people.values()), unknown)


def _candidates(tails: list[str]) -> QuerySet[Any]:
    """All whose number or name may stand at the beginning of one of the tails."""
    numbers = {found[0].lower() for tail in tails if (found := _number(tail))}
    names = (
        Q(Func(Value(name_key(tail)), F("key"), function="starts_with", output_field=BooleanField())) for tail in tails
    )
    people = _introduced().annotate(key=NameKey("name"), number_key=Lower("employee_number"))
    return people.exclude(key="").filter(reduce(or_, names) | Q(number_key__in=numbers))


def _introduced() -> QuerySet[Any]:
    manager: Any = get_user_model()._default_manager
    return manager.introduced()


def _number(tail: str) -> re.Match[str] | None:
    return _NUMBER.match(unicodedata.normalize("NFKC", tail))


def _person(tail: str, candidates: list[Any]) -> Any | None:
    number, key = _number(tail), name_key(tail)
    for person in candidates:
        if number and person.number_key == number[0].lower():
            return person
    fitting = [person for person in candidates if key.startswith(person.key)]
    longest = max((len(person.key) for person in fitting), default=0)
    best = [person for person in fitting if len(person.key) == longest]
    if len(best) > 1:
        raise Unmet(
            _("“%(name)s” is the name of several people. Write the employee number after the @: %(people)s.")
            % {"name": best[0].name, "people": "、".join(person.introduction for person in best)}
        )
    return best[0] if best else None


def people_offered(query: str) -> list[dict[str, str]]:
    """Colleagues whose name, kana or number begins like this: what to show, and the word that calls just them."""
    key = name_key(clean(query))[:LONGEST]
    if not key:
        return []
    kana = Q(kana_key__startswith=key.translate(_TO_HIRAGANA)) | Q(kana_key__startswith=key.translate(_TO_KATAKANA))
    people = _introduced().annotate(key=NameKey("name"), kana_key=NameKey("kana"))
    found = list(people.filter(Q(key__startswith=key) | kana | Q(employee_number__istartswith=key))[:OFFERED])
    namesakes = Counter(people.filter(key__in={person.key for person in found}).values_list("key", flat=True))
    return [
        {
            "label": person.introduction,
            "word": person.employee_number if namesakes[person.key] > 1 else person.name,
        }
        for person in found
    ]
