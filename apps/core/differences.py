"""What differs between two texts, in pieces that a person can read.

Japanese has no spaces: compared character by character, two sentences fall apart into confetti. So sentences are
compared first; where they differ, words are, as far as the change of script shows them; and what stands alone between
two changes, such as a particle, is told with them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

SENTENCE = re.compile(r"[^。\n]*(?:。|\n)|[^。\n]+")
# Kanji, katakana, hiragana, letters and figures each in a row; all else by itself.
WORD = re.compile(
    r"[々〆㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff]+|[ァ-ヿｦ-ﾟ]+|[ぁ-ゟ]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|.", re.DOTALL
)
# What is not longer than this between two changes is no thread to hold on to.
ISLAND = 2
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stands in both (`same`), only in the old one (`gone`) or only in the new one (`new`)."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; `same` and `gone` together are the old text, `same` and `new` the new one."""
    return _joined(_compared(SENTENCE.findall(old), SENTENCE.findall(new), further=True))


def _compared(old: Sequence[str], new: Sequence[str], *, further: bool) -> Iterator[Piece]:
    """Pieces of the two rows of words; where both differ, `further` looks into them."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, from_, to in matcher.get_opcodes():
        before, after = "".join(old[first:last]), "".join(new[from_:to])
        if kind == "equal":
            yield Piece(SAME, before)
        elif before and after and further:
            yield from _without_islands(_compared(WORD.findall(before), WORD.findall(after), further=False))
        else:
            yield from _changed(before, after)


def _changed(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece(GONE, before)
    if after:
        yield Piece(NEW, after)


def _without_islands(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Tells a short common piece between two changes as a part of both."""
    given = list(pieces)
    inner = range(1, len(given) - 1)
    islands = {at for at in inner if given[at].kind == SAME and len(given[at].text) <= ISLAND}
    for is_change, group in groupby(enumerate(given), key=lambda each: each[1].kind != SAME or each[0] in islands):
        run = [piece for _at, piece in group]
        if is_change:
            yield from _changed(_text(run, GONE), _text(run, NEW))
        else:
            yield from run


def _text(pieces: Iterable[Piece], side: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in {SAME, side})


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece."""
    return [Piece(kind, "".join(each.text for each in group)) for kind, group in groupby(pieces, key=lambda p: p.kind)]
