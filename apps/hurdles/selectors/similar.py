"""What is like the words that somebody is typing: hurdles that may say the same already.

The first query finds candidates by the bigram index, few for each term, so that a common word costs no more than a
rare one; the second reads those that the person sees. Which of them are the nearest is then weighed on their texts.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString

from apps.core.models.grams import grams_of
from apps.core.permissions import permitted
from apps.core.search import excerpt, mark, search_key
from apps.hurdles.choices import HurdleStatus
from apps.hurdles.models import Endorsement, Hurdle
from apps.hurdles.selectors.hurdles import submitted_hurdles
from apps.hurdles.selectors.voices import counting_endorsements

MOST_TERMS = 24
MOST_PAIRS = 24
MOST_ROWS_OF_A_TERM = 300
MOST_CANDIDATES = 60
MOST_MARKS = 10
# A word of the title says more of what a hurdle is about than one of its explanation.
TITLE_COUNTS = 2.5
# A hurdle that shares nothing but one word of two characters is no likeness.
LEAST_CHARACTERS = 3

_KANJI = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆]{2,}"
_RUN = re.compile(f"{_KANJI}|[ァ-ヺー]{{2,}}|[A-Za-z][A-Za-z0-9]+")

CANDIDATES = """
    WITH hit AS (
        SELECT hurdle.id, term.place, term.length, count(*) OVER (PARTITION BY term.place) AS spread
        FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS term(grams, length, place),
        LATERAL (
            SELECT id FROM hurdles_hurdle
            WHERE search_grams(search_key) @> string_to_array(term.grams, E'\\n') AND archived_at IS NULL
            LIMIT %s
        ) AS hurdle
    )
    SELECT id, array_agg(place), array_agg(spread) FROM hit
    GROUP BY id ORDER BY sum(length / sqrt(spread)) DESC, id LIMIT %s
"""


@dataclass(frozen=True)
class Similar:
    """One hurdle that is like what was typed: how near, and why."""

    hurdle: Any
    score: float
    title: SafeString
    excerpt: SafeString
    sections: int
    own: int | None
    may_endorse: bool


def typed_terms(text: str) -> list[str]:
    """The keys of the words in a text: runs of kanji, katakana or Latin letters, and the pairs within long kanji.

    Longer ones first; each once, at most MOST_TERMS. Hiragana, which binds them, is left out.
    """
    found: dict[str, None] = {}
    for run in _RUN.findall(unicodedata.normalize("NFKC", text)):
        for word in (run, *_parts(run)):
            key = search_key(word)
            if len(key) > 1:
                found.setdefault(key)
    return sorted(list(found)[:MOST_TERMS], key=len, reverse=True)


def _parts(run: str) -> list[str]:
    """The pairs of neighbours within a long run of kanji; words of other letters have no parts of their own."""
    is_long = len(run) > 2 and not run[0].isascii() and not "ァ" <= run[0] <= "ー"
    return [run[at : at + 2] for at in range(len(run) - 1)] if is_long else []


def similar_hurdles(user: Any, text: str, limit: int = 5) -> list[Similar]:
    """The submitted hurdles that `user` sees and that share the most and rarest words with `text`, best first."""
    terms = typed_terms(text)
    if not terms:
        return []
    spreads, candidates = _candidates(terms)
    weights = {term: len(term) / sqrt(spreads.get(term, MOST_ROWS_OF_A_TERM)) for term in terms}
    rows = _rows(user, candidates) if candidates else []
    ranked = [_weighed(hurdle, weights, user) for hurdle in rows]
    near = [each for each in ranked if each is not None]
    return sorted(near, key=lambda each: (-each.score, each.hurdle.number or ""))[:limit]


def similar_card(user: Any, hurdle: Hurdle, text: str) -> Similar:
    """One hurdle as the list of similar ones shows it, whatever it shares with `text`."""
    (row,) = _with_voices(Hurdle.objects.filter(pk=hurdle.pk), user)
    shared = [term for term in typed_terms(text) if term in row.search_key]
    return _shown(row, 0, _widest(shared), user)


def _candidates(terms: Sequence[str]) -> tuple[dict[str, int], list[int]]:
    """In how many hurdles each term stands (up to MOST_ROWS_OF_A_TERM), and the hurdles that hold the most."""
    short = [term for term in terms if len(term) < 4][:8]
    pairs = list(combinations(short, 2))[:MOST_PAIRS]
    searched = [[term] for term in terms] + [list(pair) for pair in pairs]
    grams = ["\n".join(sorted({gram for term in each for gram in grams_of(term)})) for each in searched]
    lengths = [sum(map(len, each)) for each in searched]
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, [grams, lengths, MOST_ROWS_OF_A_TERM, MOST_CANDIDATES])
        found = cursor.fetchall()
    spreads = {
        terms[place - 1]: spread
        for _pk, places, counts in found
        for place, spread in zip(places, counts, strict=True)
        if place <= len(terms)
    }
    return spreads, [pk for pk, _places, _counts in found]


def _rows(user: Any, candidates: Sequence[int]) -> list[Any]:
    """Those of the candidates that the person sees; what was merged leads on and is not shown twice."""
    seen = submitted_hurdles(user).exclude(status=HurdleStatus.MERGED).filter(pk__in=candidates)
    return list(_with_voices(seen, user))


def _with_voices(hurdles: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Adds how many sections say "ours too", and the row of the person's own section."""
    own = Endorsement.objects.filter(hurdle=OuterRef("pk"), unit=user.unit_id)
    rows = hurdles.select_related("owning_unit", "reporting_unit")
    return counting_endorsements(rows).annotate(own_voice=Subquery(own.values("pk")[:1]))


def _weighed(hurdle: Any, weights: dict[str, float], user: Any) -> Similar | None:
    """The hurdle with its score and the words that it shares; None where it shares next to nothing."""
    title = search_key(hurdle.title)
    shared = [term for term in weights if term in hurdle.search_key]
    if sum(len(term) for term in _widest(shared)) < LEAST_CHARACTERS:
        return None
    score = sum(weights[term] * (TITLE_COUNTS if term in title else 1) for term in shared)
    return _shown(hurdle, score, _widest(shared), user)


def _widest(terms: Sequence[str]) -> list[str]:
    """The terms that are no part of a longer one."""
    return [term for term in terms if not any(term != other and term in other for other in terms)]


def _shown(hurdle: Any, score: float, shared: Sequence[str], user: Any) -> Similar:
    query = " ".join(shared[:MOST_MARKS])
    text, around = _telling(hurdle, shared)
    return Similar(
        hurdle=hurdle,
        score=score,
        title=mark(hurdle.title, query),
        excerpt=mark(excerpt(text, around), query),
        sections=hurdle.endorsements_count,
        own=hurdle.own_voice,
        may_endorse=permitted(user, "hurdles.endorse_hurdle", hurdle),
    )


def _telling(hurdle: Any, shared: Sequence[str]) -> tuple[str, str]:
    """The text that says why besides the title, and the word there around which to cut it."""
    title = search_key(hurdle.title)
    for wanted in ([term for term in shared if term not in title], shared):
        for text in (hurdle.obstacle, hurdle.current_practice, hurdle.desired_state, hurdle.countermeasure):
            key = search_key(text)
            if hits := [term for term in wanted if term in key]:
                return text, hits[0]
    return hurdle.obstacle, ""
