"""Search in Japanese text: one key for all ways to write the same, and hits shown where they stand.

A text is read in clusters (a character with the marks that belong to it), and its key is the clusters' keys
in a row: NFKC, case folded, hiragana as katakana, no white space. So the key of a part is a part of the
key, and searching by key finds whatever a plain substring search finds.

One rule looks further than its cluster. Long-vowel marks and hyphens of every kind, which keyboards mix up,
become one sign, and a run of it is kept only between two katakana or two hiragana: サーバーの is サーバの and
H-2022-0001 is H20220001, but ビール stays apart from ビル. A part of a text that begins or ends at such a run
loses that run and no other, so what is left is still a part of the text's key, and the property above holds.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

MAX_TERMS = 10
_SIGNS = str.maketrans(dict.fromkeys("ー‐‑‒–—―−─", "-") | dict.fromkeys("〜∼∿", "~"))
_TO_KATAKANA = str.maketrans({code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)})
_MARKS = {"゛": "\u3099", "゜": "\u309a"}
_KATAKANA, _HIRAGANA = "[ァ-ヺヽヾㇰ-ㇿ]", "[ぁ-ゖゝゞ]"
_RUN = re.compile(f"(?<={_KATAKANA})-+(?={_KATAKANA})|(?<={_HIRAGANA})-+(?={_HIRAGANA})|(?P<dropped>-+)")
_LONG_VOWELS = "ーｰ"


def search_key(text: str) -> str:
    """What is compared in place of the text. It never holds \\n, which can join keys of several fields."""
    folded = "".join(_fold(text[start:end]) for start, end in _clusters(text))
    return _RUN.sub(lambda run: "" if run["dropped"] else run[0], folded).translate(_TO_KATAKANA)


def terms(query: str) -> list[str]:
    """The keys of the words of a query, each once, at most ten; words of signs alone count for nothing."""
    keys = dict.fromkeys(search_key(word) for word in query.split())
    return [key for key in keys if key][:MAX_TERMS]


def matches(query: str, text: str) -> bool:
    """Whether every word of the query stands in the text; a query without words matches everything."""
    key = search_key(text)
    return all(term in key for term in terms(query))


def mark(text: str, query: str) -> SafeString:
    """The text as HTML, escaped, with `<mark>` around every hit."""
    pieces: list[SafeString] = []
    position = 0
    for start, end in _hits(text, terms(query)):
        pieces += [escape(text[position:start]), format_html("<mark>{}</mark>", text[start:end])]
        position = end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, escape(text[position:])]))


def excerpt(text: str, query: str, width: int = 60) -> str:
    """About `width` characters of the text on one line, around the first hit, with … where it was cut."""
    line = " ".join(text.split())
    hit_start, hit_end = next(iter(_hits(line, terms(query))), (0, 0))
    start = max(0, min(hit_start - max(0, width - (hit_end - hit_start)) // 2, len(line) - width))
    start, end = _at_clusters(line, start, start + width)
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each character with the marks that belong to it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not _belongs_to_previous(text[position]):
            yield start, position
            start = position


@lru_cache(maxsize=16384)
def _belongs_to_previous(character: str) -> bool:
    """Combining marks (ﾞ and ゛ too), variation selectors and the joiner of emoji."""
    if character == "\u200d" or character in _MARKS or _is_selector(character):
        return True
    return unicodedata.combining(unicodedata.normalize("NFKC", character)[0]) != 0


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@lru_cache(maxsize=65536)
def _fold(cluster: str) -> str:
    """The key of one cluster, still in its own kana; empty for white space and what has no shape."""
    shaped = "".join(_MARKS.get(c, c) for c in cluster if not _is_shapeless(c))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shaped).casefold())
    return "".join(folded.translate(_SIGNS).split())


def _is_shapeless(character: str) -> bool:
    """Controls, formats, lone surrogates, noncharacters, variation selectors; white space goes after NFKC."""
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in "\ufffe\uffff" or _is_selector(character)
    )


@dataclass(frozen=True)
class _Mapped:
    """A key, and for each of its characters the cluster of the text that it comes from."""

    key: str
    spans: list[tuple[int, int]]


def _map(text: str) -> _Mapped:
    pieces = [(_fold(text[start:end]), (start, end)) for start, end in _clusters(text)]
    folded = "".join(piece for piece, _span in pieces)
    spans = [span for piece, span in pieces for _character in piece]
    dropped = {i for run in _RUN.finditer(folded) for i in range(*run.span("dropped"))}
    kept = [i for i in range(len(folded)) if i not in dropped]
    return _Mapped("".join(folded[i] for i in kept).translate(_TO_KATAKANA), [spans[i] for i in kept])


def _hits(text: str, keys: list[str]) -> list[tuple[int, int]]:
    """Where the keys stand in the text, in order, overlaps joined, with the long-vowel marks that follow."""
    mapped = _map(text)
    found = sorted(
        (mapped.spans[at][0], _with_long_vowels(text, mapped.spans[at + len(key) - 1][1]))
        for key in keys
        for at in _positions(mapped.key, key)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _positions(haystack: str, needle: str) -> Iterator[int]:
    at = haystack.find(needle)
    while at >= 0:
        yield at
        at = haystack.find(needle, at + 1)


def _with_long_vowels(text: str, end: int) -> int:
    while end < len(text) and text[end] in _LONG_VOWELS:
        end += 1
    return end


def _at_clusters(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch, widened so that no cluster is cut."""
    while 0 < start < len(text) and _belongs_to_previous(text[start]):
        start -= 1
    while end < len(text) and _belongs_to_previous(text[end]):
        end += 1
    return start, min(end, len(text))
