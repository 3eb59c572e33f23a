"""The name of a file as its sender knows it; it is only ever shown, never used as a place."""

import re
import unicodedata
from pathlib import PurePosixPath

from apps.core.text import clean

MOST_CHARACTERS = 200
NAMELESS = "file"
# What no system takes in a name, and the marks that turn the direction of reading ("exe.pdf" for "fdp.exe").
_UNWANTED = re.compile('[\x00-\x1f\x7f-\x9f"*:<>?|\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]')


def plain_name(name: str) -> str:
    """The last part of the name without what no name holds; characters such as 髙 and 𠮷 stay as they are."""
    last = re.split(r"[/\\]", clean(name))[-1]
    kept = _UNWANTED.sub("", last).strip(" .")
    if len(kept) > MOST_CHARACTERS:
        ending = PurePosixPath(kept).suffix[:12]
        kept = kept[: MOST_CHARACTERS - len(ending)].rstrip(" .") + ending
    return kept or NAMELESS


def extension_of(name: str) -> str:
    """The ending of a name in small letters, without its point; full-width letters count as the others."""
    return unicodedata.normalize("NFKC", PurePosixPath(name).suffix).lower().removeprefix(".")
