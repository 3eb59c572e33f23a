"""The name of a file: of one that was sent, which is only ever shown, and of one that the browser keeps."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from apps.core.text import clean

MOST_CHARACTERS = 200
NAMELESS = "file"
# What no system takes in a name, and the marks that turn the direction of reading ("exe.pdf" for "fdp.exe").
_UNWANTED = re.compile('[\x00-\x1f\x7f-\x9f"*:<>?|\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
# What Windows takes in no name, as the full-width sign that reads the same.
_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？”＜＞｜")
_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
MOST_BYTES = 240  # of 255 that a Linux server takes; Windows counts characters and takes more


def plain_name(name: str) -> str:
    """The last part of the name without what no name holds; characters such as 髙 and 𠮷 stay as they are."""
    last = re.split(r"[/\\]", clean(name))[-1]
    kept = _UNWANTED.sub("", last).strip(" .")
    if len(kept) > MOST_CHARACTERS:
        ending = PurePosixPath(kept).suffix[:12]
        kept = kept[: MOST_CHARACTERS - len(ending)].rstrip(" .") + ending
    return kept or NAMELESS


def kept_name(name: str) -> str:
    """The name under which every system keeps a file: the signs that Windows refuses are full-width, the rest stays."""
    path = PurePosixPath(_DEVICES.sub(r"\1_", plain_name(name.translate(_FULL_WIDTH))))
    room = MOST_BYTES - len(path.suffix.encode())
    return path.stem.encode()[:room].decode(errors="ignore").rstrip(" .") + path.suffix


def disposition(name: str, *, plain: str) -> str:
    """The header Content-Disposition of a file to be kept as `name`.

    `plain` is a name in ASCII with the same ending, for programs that do not know RFC 5987.
    """
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept_name(name), safe='')}"


def extension_of(name: str) -> str:
    """The ending of a name in small letters, without its point; full-width letters count as the others."""
    return unicodedata.normalize("NFKC", PurePosixPath(name).suffix).lower().removeprefix(".")
