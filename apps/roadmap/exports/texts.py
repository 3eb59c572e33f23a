"""Japanese text in a drawing: how wide it is, and where it is broken, so that nothing is cut and nothing runs over."""

import unicodedata
from functools import lru_cache

# Of the height of a letter; full-width ones take all of it.
THIN, NARROW, CAPITAL, BOLD = 0.38, 0.58, 0.72, 1.03
NOT_FIRST = frozenset(
    "、。，．・：；？！）」』】］｝〉》〕ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々,.:;?!)]}％%～"
)
NOT_LAST = frozenset("（「『【［｛〈《〔([{")


@lru_cache(maxsize=8192)
def _em(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:  # variation selectors take no room of their own
        return 0.0
    if unicodedata.east_asian_width(character) in "FWA":
        return 1.0
    if character in "-.,:;'|!I()[] ilj":
        return THIN
    return CAPITAL if character.isupper() or character in "mwMW%@" else NARROW


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how many pixels a line takes, rather more than less."""
    return sum(map(_em, text)) * size * (BOLD if bold else 1.0)


@lru_cache(maxsize=8192)
def lines(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines that fit; every character of it stands in one of them."""
    found: list[str] = []
    for paragraph in text.splitlines() or [""]:
        words = " ".join(paragraph.split(" "))
        while words and width(words, size, bold=bold) > room:
            at = _break(words, size, room, bold=bold)
            found.append(words[:at].rstrip(" "))
            words = words[at:].lstrip(" ")
        if words:
            found.append(words)
    return tuple(found)


def _break(text: str, size: float, room: float, *, bold: bool) -> int:
    """Before which character the next line begins: at a space, or where Japanese may be broken."""
    scale = size * (BOLD if bold else 1.0)
    taken, fits = 0.0, 0
    for character in text:
        taken += _em(character) * scale
        if taken > room:
            break
        fits += 1
    fits = max(fits, 1)
    while fits < len(text) and _em(text[fits]) == 0.0:  # what belongs to the letter before
        fits += 1
    at = fits
    while at > max(1, fits - 12) and not _may_break(text, at):
        at -= 1
    return at if _may_break(text, at) else fits


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _em(after) == 0.0 or after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (_is_word(before) and _is_word(after))


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_./'")
