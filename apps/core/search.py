"""Search in Japanese text: one key for all ways to write the same, and hits shown where they stand.

A text is read in clusters (a character with the marks that belong to it), and its key is the clusters' keys
in a row: NFKC, case folded, hiragana as katakana, no white space. So the key of a part is a part of the
key, and searching by key finds whatever a plain substring search finds.

One rule looks further than its cluster. Long-vowel marks and hyphens of every kind, which keyboards mix up,
become one sign, and a run of it is kept only between two katakana or two hiragana: サーバーの is サーバの and
H-2022-0001 is H20220001, but ビール stays apart from ビル. A part of a text that begins or ends at such a run
loses that run and no other, so what is left is still a part of the text's key, and the property above holds.

Years are the one thing that has several names: R4, Ｒ４, 令和4, 令和四, and R1, 令和元. To write one name over the
others would break the property (和4 is a part of 令和4, and 元年 of 令和元年). So nothing is replaced: a text in which
a year of an era stands has a second key beside the first, with every such year as 令和4, and a word that is searched
is looked for as it is written, and with its years named so (`era_key`, `spellings`). A year is 令和, 平成 or 昭和
before a number of one or two digits, 元 or a Japanese number; or R, H or S before one or two digits or 元, where
neither a letter nor a digit stands on the other side. So H-2022-0001, SR4 and R400 are no years; R40 is 令和40.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
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
_ERAS = {"r": "令和", "h": "平成", "s": "昭和"}
_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_YEAR = re.compile(
    "(?:(?P<name>令和|平成|昭和) *|(?<![a-z0-9])(?P<sign>[rhs]))"
    "(?:0?(?P<number>[1-9][0-9]?)(?![0-9])(?(sign)(?![a-z]))|(?P<first>元)"
    "|(?(name)(?P<written>[一二三四五六七八九十]{1,3})|(?!)))"
)
_PERHAPS_A_YEAR = re.compile("(?:令和|平成|昭和|[rhs])[0-9元一二三四五六七八九十]")
# Parts a text's key from its second one; no key holds it.
_BESIDE = "\t"


def search_key(text: str) -> str:
    """What is compared in place of the text. It never holds \\n, which can join keys of several fields."""
    folded = "".join(_fold(text[start:end]) for start, end in _clusters(text))
    return _RUN.sub(lambda run: "" if run["dropped"] else run[0], folded).translate(_TO_KATAKANA)


def era_key(text: str) -> str:
    """The key with every year of an era as 令和4; the same as `search_key` where there is none written otherwise."""
    key = search_key(text)
    return _map(text, eras=True).key if _PERHAPS_A_YEAR.search(key) else key


def stored_key(text: str) -> str:
    """What a record keeps of a text to be found by: its key, and beside it the second one, where that differs."""
    key, by_era = search_key(text), era_key(text)
    return key if key == by_era else f"{key}{_BESIDE}{by_era}"


def terms(query: str) -> list[str]:
    """The keys of the words of a query, each once, at most ten; words of signs alone count for nothing."""
    keys = dict.fromkeys(search_key(word) for word in query.split())
    return [key for key in keys if key][:MAX_TERMS]


def spellings(query: str) -> list[tuple[str, ...]]:
    """For each word of the query the keys of which one has to occur: its own, and that with its years as 令和4."""
    words = {search_key(word): era_key(word) for word in query.split()}
    pairs = [(key, by_era) for key, by_era in words.items() if key][:MAX_TERMS]
    return [(key,) if key == by_era else (key, by_era) for key, by_era in pairs]


def matches(query: str, text: str) -> bool:
    """Whether every word of the query stands in the text; a query without words matches everything."""
    stored = stored_key(text)
    return all(any(key in stored for key in keys) for keys in spellings(query))


def mark(text: str, query: str) -> SafeString:
    """The text as HTML, escaped, with `<mark>` around every hit."""
    pieces: list[SafeString] = []
    position = 0
    for start, end in _hits(text, query):
        pieces += [escape(text[position:start]), format_html("<mark>{}</mark>", text[start:end])]
        position = end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, escape(text[position:])]))


def excerpt(text: str, query: str, width: int = 60) -> str:
    """About `width` characters of the text on one line, around the first hit, with … where it was cut."""
    line = " ".join(text.split())
    hit_start, hit_end = next(iter(_hits(line, query)), (0, 0))
    start = max(0, min(hit_start - max(0, width - (hit_end - hit_start)) // 2, len(line) - width))
    start, end = _at_clusters(line, start, start + width)
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def first_elsewhere(query: str, texts: Sequence[str], titles: int) -> str:
    """The first text after the first `titles` that holds a word which those do not; "" where they hold them all."""
    named = [stored_key(text) for text in texts[:titles]]
    missing = [keys for keys in spellings(query) if not any(key in name for key in keys for name in named)]
    others = ((text, stored_key(text)) for text in texts[titles:]) if missing else ()
    return next((text for text, stored in others if any(key in stored for keys in missing for key in keys)), "")


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


def _map(text: str, *, eras: bool = False) -> _Mapped:
    places = [(sign, span) for span in _clusters(text) for sign in _signs(text[slice(*span)])]
    if eras:
        places = list(_with_years_named(places))
    places = [place for place in places if place[0] != " "]
    folded = "".join(sign for sign, _span in places)
    dropped = {i for run in _RUN.finditer(folded) for i in range(*run.span("dropped"))}
    kept = [i for i in range(len(folded)) if i not in dropped]
    return _Mapped("".join(folded[i] for i in kept).translate(_TO_KATAKANA), [places[i][1] for i in kept])


def _signs(cluster: str) -> str:
    """The key of one cluster; a blank stands for white space, so that one sees where a word begins."""
    return _fold(cluster) or (" " if cluster.isspace() else "")


def _with_years_named(places: list[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every year of an era as 令和4, each sign of it standing for the whole year."""
    at = 0
    for year in _YEAR.finditer("".join(sign for sign, _span in places)):
        yield from places[at : year.start()]
        span = places[year.start()][1][0], places[year.end() - 1][1][1]
        yield from ((sign, span) for sign in _year_named(year))
        at = year.end()
    yield from places[at:]


def _year_named(year: re.Match[str]) -> str:
    era = year["name"] or _ERAS[year["sign"]]
    if year["written"]:
        return f"{era}{_japanese_number(year['written'])}"
    return f"{era}{year['number'] or 1}"


def _japanese_number(written: str) -> int:
    """四 is 4, 十 is 10, 二十一 is 21."""
    tens, ten, ones = written.rpartition("十")
    value = _DIGITS.get(ones[:1], 0)
    return value + 10 * _DIGITS.get(tens[:1], 1) if ten else value


def _hits(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, in order, overlaps joined, with the long-vowel marks that follow."""
    keys = {key for word in spellings(query) for key in word}
    maps = [_map(text)] if not _PERHAPS_A_YEAR.search(search_key(text)) else [_map(text), _map(text, eras=True)]
    found = sorted(
        (mapped.spans[at][0], _with_long_vowels(text, mapped.spans[at + len(key) - 1][1]))
        for mapped in maps
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
